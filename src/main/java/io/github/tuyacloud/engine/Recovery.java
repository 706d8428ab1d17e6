package io.github.tuyacloud.engine;

/** What the client can do about a failed attempt. */
enum Recovery {
    /** Nothing: the same request would fail again, or might do something twice. */
    NONE,
    /** Get another access token and send again, once. */
    RENEW_TOKEN,
    /** Correct the clock and send again, once. */
    SYNC_CLOCK,
    /** Wait and send again. A command, too: it definitely had no effect. */
    RETRY,
    /** Wait and send again if the request is a read: a command may have had its effect. */
    RETRY_IF_IDEMPOTENT
}

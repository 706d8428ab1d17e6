package io.github.tuyacloud.engine;

/** What the client can do about one failed attempt. */
enum Recovery {
    /** Nothing: the same again would fail the same way, or might do something twice. */
    NONE,
    /** Get another access token and send again, once. */
    RENEW_TOKEN,
    /** Take over the cloud's time and send again, once. */
    SYNC_CLOCK,
    /** Wait and send again, also a command: it surely had no effect. */
    RETRY,
    /** Wait and send again, but only a read: a command may have had its effect. */
    RETRY_IF_IDEMPOTENT
}

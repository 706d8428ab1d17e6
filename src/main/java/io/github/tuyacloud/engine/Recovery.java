package io.github.tuyacloud.engine;

/** How the client can recover from a failed attempt. */
enum Recovery {
    /** No recovery: a retry would fail as well, or the request might be carried out twice. */
    NONE,
    /** Get another access token and retry once. */
    RENEW_TOKEN,
    /** No recovery, but the next call gets another access token. */
    DROP_TOKEN,
    /** Correct the clock and retry once. */
    SYNC_CLOCK,
    /** Wait and retry, even a command: it definitely had no effect. */
    RETRY,
    /** Wait and retry if the request is a read; a command may have had its effect. */
    RETRY_IF_IDEMPOTENT
}

package io.github.tuyacloud.engine;

/** How the client can recover from a failed attempt. */
enum Recovery {
    /** No recovery: the request would fail again, or might be carried out twice. */
    NONE,
    /** Get another access token and retry once. */
    RENEW_TOKEN,
    /** No recovery of this call, but the next one gets another access token. */
    DROP_TOKEN,
    /** Correct the clock and retry once. */
    SYNC_CLOCK,
    /** Wait and retry, even a command: it definitely had no effect. */
    RETRY,
    /** Wait and retry if the request is a read; a command may have had its effect. */
    RETRY_IF_IDEMPOTENT
}

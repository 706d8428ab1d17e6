package io.github.tuyacloud.engine;

/** What the client can do about one failed attempt. */
enum Remedy {
    /** Nothing: the same again would fail the same way, or might do something twice. */
    NONE,
    /** Get another access token and send again, once. */
    FRESH_TOKEN,
    /** Take over the cloud's time and send again, once. */
    RIGHT_CLOCK,
    /** Wait and send again, also a command: it surely had no effect. */
    WAIT,
    /** Wait and send again, but only a read: a command may have had its effect. */
    WAIT_IF_READ
}

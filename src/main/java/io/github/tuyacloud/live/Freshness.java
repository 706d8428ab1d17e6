package io.github.tuyacloud.live;

import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether a living picture is current, since when, and why.
 *
 * @param state the state
 * @param since when this state was first observed
 * @param reason the reason in one sentence
 */
public record Freshness(State state, Instant since, String reason) {

    /** How current a living picture is. */
    public enum State {
        /** The picture is verified; changes arrive as they happen. */
        LIVE,
        /** It is being updated: devices are being read, or waiting messages are being handled. */
        CATCHING_UP,
        /** It may be out of date: there is no connection, the devices could not be read, or messages do not arrive. */
        STALE,
        /** It is no longer updated: it was closed, or the message service refused the credentials. */
        ENDED
    }

    /** Checks that all parts are present. */
    public Freshness {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Returns whether the picture is verified and current.
     *
     * @return true for {@link State#LIVE}
     */
    public boolean isLive() {
        return state == State.LIVE;
    }

    @Override
    public String toString() {
        return LogSafe.line("Freshness[state={}, since={}, reason={}]", state, since, reason);
    }
}

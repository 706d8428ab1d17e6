package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.Freshness;
import io.github.tuyacloud.live.Freshness.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Determines whether a picture is current. It is live only if every check succeeds; thread-safe. */
final class FreshnessJudge {

    static final String MESSAGING_RULE =
            "Check in the Tuya console that the project's message service is enabled, that a messaging rule for this"
                    + " environment is released and enabled, and that no other program uses the same subscription.";

    /** The tolerated delay of a verification. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final Clock clock;
    private final PictureContext context;
    private final Keeper keeper;
    private final ConnectionMonitor monitor;
    private final CallAllowance calls;
    private final LiveOptions options;
    private final Supplier<@Nullable TuyaException> refusal;
    private final Supplier<@Nullable TuyaException> lastRefusal;
    private final Instant started;
    private @Nullable Freshness last;

    private record Verdict(State state, String reason) {}

    FreshnessJudge(
            Clock clock,
            PictureContext context,
            Keeper keeper,
            ConnectionMonitor monitor,
            CallAllowance calls,
            LiveOptions options,
            Supplier<@Nullable TuyaException> refusal,
            Supplier<@Nullable TuyaException> lastRefusal) {
        this.clock = clock;
        this.context = context;
        this.keeper = keeper;
        this.monitor = monitor;
        this.calls = calls;
        this.options = options;
        this.refusal = refusal;
        this.lastRefusal = lastRefusal;
        this.started = clock.instant();
    }

    /** Returns the current freshness. */
    synchronized Freshness freshness(boolean closed) {
        Verdict verdict = judge(closed);
        Freshness before = last;
        Instant since = before == null ? started : clock.instant();
        if (before != null && before.state() == verdict.state()) {
            since = before.since();
        }
        Freshness now = new Freshness(verdict.state(), since, verdict.reason());
        last = now;
        return now;
    }

    private Verdict judge(boolean closed) {
        TuyaException refused = refusal.get();
        if (closed) {
            return new Verdict(State.ENDED, "the picture was closed");
        }
        if (refused != null) {
            return new Verdict(
                    State.ENDED,
                    "the message service refused the subscription: " + refused.getMessage()
                            + " To poll without the message service, use every(interval).");
        }
        TuyaException failure = keeper.failure();
        if (!keeper.isSeeded()) {
            return failure == null
                    ? new Verdict(State.CATCHING_UP, "the devices are being read for the first time")
                    : new Verdict(State.STALE, "the devices could not be read: " + failure.getMessage());
        }
        return options.every() != null ? judgePolling(failure, options.every()) : judgeMessages(failure);
    }

    private Verdict judgePolling(@Nullable TuyaException failure, Duration every) {
        if (failure != null) {
            return new Verdict(State.STALE, "the devices could not be read: " + failure.getMessage());
        }
        return isOlder(every.multipliedBy(2).plus(SLACK))
                ? new Verdict(State.STALE, "the devices have not been read for more than two intervals")
                : new Verdict(State.LIVE, "the devices are read every " + LogSafe.duration(every));
    }

    private Verdict judgeMessages(@Nullable TuyaException failure) {
        if (!monitor.isConnected()) {
            TuyaException refused = lastRefusal.get();
            return new Verdict(
                    State.STALE,
                    "there is no connection to the message service"
                            + (refused == null ? "" : ": " + refused.getMessage()));
        }
        if (!monitor.isVerified()) {
            return new Verdict(State.CATCHING_UP, "the program was suspended; the connection is being checked");
        }
        Keeper.Wanted wanted = keeper.wanted();
        int doubts = context.doubts().size();
        if ((wanted != null || doubts > 0) && !calls.hasRemaining()) {
            return new Verdict(State.STALE, "the devices must be read again, but maxCallsPerDay is used up");
        }
        if (wanted != null && failure != null) {
            return new Verdict(State.STALE, "the devices could not be read again: " + failure.getMessage());
        }
        if (wanted != null) {
            return new Verdict(State.CATCHING_UP, "the devices are being read again: " + wanted.reason());
        }
        if (!monitor.isDrained()) {
            return new Verdict(State.CATCHING_UP, "messages that were waiting are being handled");
        }
        if (doubts > 0) {
            return new Verdict(State.CATCHING_UP, doubts + " devices are being read again: messages contradict lists");
        }
        if (keeper.missingMessages() > 0) {
            return new Verdict(
                    State.STALE,
                    "messages do not arrive: " + keeper.missingMessages() + " changes came without one. "
                            + MESSAGING_RULE);
        }
        if (isOlder(options.verifyEvery().plus(SLACK))) {
            return new Verdict(
                    State.STALE,
                    "the devices could not be read to verify the picture"
                            + (failure == null ? "" : ": " + failure.getMessage()));
        }
        return new Verdict(State.LIVE, "connected and verified");
    }

    private boolean isOlder(Duration age) {
        ServerTime.Moment read = keeper.lastRead();
        return read == null || context.time().since(read).compareTo(age) > 0;
    }
}

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
final class FreshnessEvaluator {

    static final String MESSAGING_RULE =
            "Check in the Tuya console that the project's message service is enabled, that a messaging rule for this"
                    + " environment is released and enabled, and that no other program uses the same subscription.";

    /** The tolerated delay of a verification. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final Clock clock;
    private final PictureContext context;
    private final PictureSynchronizer synchronizer;
    private final ConnectionMonitor monitor;
    private final CallAllowance calls;
    private final LiveOptions options;
    private final Supplier<@Nullable TuyaException> refusal;
    private final Supplier<@Nullable TuyaException> lastRefusal;
    private final Instant started;
    private @Nullable Freshness last;

    private record Assessment(State state, String reason) {}

    FreshnessEvaluator(
            Clock clock,
            PictureContext context,
            PictureSynchronizer synchronizer,
            ConnectionMonitor monitor,
            CallAllowance calls,
            LiveOptions options,
            Supplier<@Nullable TuyaException> refusal,
            Supplier<@Nullable TuyaException> lastRefusal) {
        this.clock = clock;
        this.context = context;
        this.synchronizer = synchronizer;
        this.monitor = monitor;
        this.calls = calls;
        this.options = options;
        this.refusal = refusal;
        this.lastRefusal = lastRefusal;
        this.started = clock.instant();
    }

    /** Returns the current freshness. */
    synchronized Freshness freshness(boolean closed) {
        Assessment assessment = evaluate(closed);
        Freshness before = last;
        Instant since = before == null ? started : clock.instant();
        if (before != null && before.state() == assessment.state()) {
            since = before.since();
        }
        Freshness now = new Freshness(assessment.state(), since, assessment.reason());
        last = now;
        return now;
    }

    private Assessment evaluate(boolean closed) {
        TuyaException refused = refusal.get();
        if (closed) {
            return new Assessment(State.ENDED, "the picture was closed");
        }
        if (refused != null) {
            return new Assessment(
                    State.ENDED,
                    "the message service refused the subscription: " + refused.getMessage()
                            + " To poll without the message service, use every(interval).");
        }
        TuyaException failure = synchronizer.failure();
        if (!synchronizer.isSeeded()) {
            return failure == null
                    ? new Assessment(State.CATCHING_UP, "the devices are being read for the first time")
                    : new Assessment(State.STALE, "the devices could not be read: " + failure.getMessage());
        }
        return options.every() != null ? evaluatePolling(failure, options.every()) : evaluateMessages(failure);
    }

    private Assessment evaluatePolling(@Nullable TuyaException failure, Duration every) {
        if (failure != null) {
            return new Assessment(State.STALE, "the devices could not be read: " + failure.getMessage());
        }
        return isOlder(every.multipliedBy(2).plus(SLACK))
                ? new Assessment(State.STALE, "the devices have not been read for more than two intervals")
                : new Assessment(State.LIVE, "the devices are read every " + LogSafe.duration(every));
    }

    private Assessment evaluateMessages(@Nullable TuyaException failure) {
        if (!monitor.isConnected()) {
            TuyaException refused = lastRefusal.get();
            return new Assessment(
                    State.STALE,
                    "there is no connection to the message service"
                            + (refused == null ? "" : ": " + refused.getMessage()));
        }
        if (!monitor.isVerified()) {
            return new Assessment(State.CATCHING_UP, "the program was suspended; the connection is being checked");
        }
        PictureSynchronizer.ScheduledRead pending = synchronizer.pendingRead();
        int doubts = context.doubts().size();
        if ((pending != null || doubts > 0) && !calls.hasRemaining()) {
            return new Assessment(State.STALE, "the devices must be read again, but maxCallsPerDay is used up");
        }
        if (pending != null && failure != null) {
            return new Assessment(State.STALE, "the devices could not be read again: " + failure.getMessage());
        }
        if (pending != null) {
            return new Assessment(State.CATCHING_UP, "the devices are being read again: " + pending.reason());
        }
        if (!monitor.isDrained()) {
            return new Assessment(State.CATCHING_UP, "messages that were waiting are being handled");
        }
        if (doubts > 0) {
            return new Assessment(
                    State.CATCHING_UP, doubts + " devices are being read again: messages contradict lists");
        }
        if (synchronizer.missingMessages() > 0) {
            return new Assessment(
                    State.STALE,
                    "messages do not arrive: " + synchronizer.missingMessages() + " changes came without one. "
                            + MESSAGING_RULE);
        }
        if (isOlder(options.verifyEvery().plus(SLACK))) {
            return new Assessment(
                    State.STALE,
                    "the devices could not be read to verify the picture"
                            + (failure == null ? "" : ": " + failure.getMessage()));
        }
        return new Assessment(State.LIVE, "connected and verified");
    }

    private boolean isOlder(Duration age) {
        ServerTime.Moment read = synchronizer.lastRead();
        return read == null || context.time().since(read).compareTo(age) > 0;
    }
}

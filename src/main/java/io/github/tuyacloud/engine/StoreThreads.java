package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call of a user's token store on a daemon thread of its own, because a store may hang and ignore interrupts. The
 * caller waits for a part of its call timeout; then the thread is interrupted, and the store is not called again before that
 * thread has ended.
 */
final class StoreThreads {

    /** The part of the remaining call timeout that a store may take. */
    private static final int PART = 4;

    /** Longer than any working store takes. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String name;
    private final ThreadLocal<@Nullable String> userCode;
    private volatile @Nullable Thread abandoned;

    /** A call of the store. */
    @FunctionalInterface
    interface Step {
        Optional<AccessToken> run();
    }

    /** One run of a step, and how it ended. */
    final class Attempt implements Runnable {

        private final Step step;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Optional<AccessToken> result = Optional.empty();
        private volatile @Nullable Throwable failure;
        private boolean timedOut;

        private Attempt(Step step) {
            this.step = step;
        }

        @Override
        public void run() {
            try {
                userCode.set(name);
                result = Objects.requireNonNull(step.run());
            } catch (Throwable e) {
                failure = e;
            } finally {
                done.countDown();
            }
        }

        /** Returns the thread; null if there are too many. */
        private @Nullable Thread start() {
            Thread thread = new Thread(this, "tuya-cloud-token-store");
            thread.setDaemon(true);
            try {
                thread.start();
                return thread;
            } catch (OutOfMemoryError e) {
                failure = e;
                done.countDown();
                return null;
            }
        }

        /** Returns what the store returned in time; otherwise nothing. */
        Optional<AccessToken> result() {
            return isDone() && failure == null ? result : Optional.empty();
        }

        @Nullable
        Throwable failure() {
            return failure;
        }

        boolean isDone() {
            return done.getCount() == 0;
        }

        /** Returns whether the caller's patience ended; false if the wait was interrupted. */
        boolean isTimedOut() {
            return timedOut;
        }

        private void await(Duration patience, Deadline deadline) {
            try {
                timedOut = !deadline.await(done, patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    StoreThreads(TokenStore store, RetryLoop.Parts parts) {
        this.name = "The token store " + store.getClass().getName();
        this.userCode = parts.userCode();
    }

    /** Returns how long a call with this deadline waits for the store. */
    static Duration patience(Deadline deadline) {
        Duration part = deadline.remaining().dividedBy(PART);
        return part.compareTo(LONGEST) < 0 ? part : LONGEST;
    }

    /** Runs a step and waits for it; returns null without running it while an earlier one hangs. */
    @Nullable
    Attempt run(Step step, Duration patience, Deadline deadline) {
        Thread earlier = abandoned;
        if (earlier != null && earlier.isAlive()) {
            return null;
        }
        abandoned = null;
        Attempt attempt = new Attempt(step);
        Thread thread = attempt.start();
        try {
            attempt.await(patience, deadline);
            return attempt;
        } finally {
            if (thread != null && !attempt.isDone()) {
                abandoned = thread;
                thread.interrupt();
            }
        }
    }

    /** Runs a step without waiting for it, even while an earlier one hangs. */
    void start(Step step) {
        if (new Attempt(step).start() == null) {
            step.run();
        }
    }
}

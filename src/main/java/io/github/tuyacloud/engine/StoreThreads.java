package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call of a user's token store on a separate daemon thread, because a store may hang and ignore interrupts.
 * After part of its call timeout, the caller stops waiting and interrupts the thread. The store is not called again
 * until that thread has ended.
 */
final class StoreThreads {

    /** A store may take one in this many parts of the remaining call timeout. */
    private static final int FRACTION = 4;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final ThreadLocal<@Nullable String> userCode;
    private volatile @Nullable Thread abandoned;

    /** A call to the store. */
    @FunctionalInterface
    interface Step {
        Optional<AccessToken> run();
    }

    /** One run of a step and its result. */
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

        /** Returns the started thread; null if no thread can be created. */
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

        /** Returns the store's result; empty if the store failed or has not returned yet. */
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

        /** Returns whether the wait timed out; false if it was interrupted. */
        boolean isTimedOut() {
            return timedOut;
        }

        private void await(Duration timeout, Deadline deadline) {
            try {
                timedOut = !deadline.await(done, timeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    StoreThreads(TokenStore store, RetryLoop.Parts parts) {
        this.name = "The token store " + store.getClass().getName();
        this.userCode = parts.userCode();
    }

    /** Returns the maximum wait for the store. */
    static Duration timeout(Deadline deadline) {
        Duration part = deadline.remaining().dividedBy(FRACTION);
        return part.compareTo(MAX_WAIT) < 0 ? part : MAX_WAIT;
    }

    /** Runs a step and waits for it. Returns null without running it while an earlier step hangs. */
    @Nullable
    Attempt run(Step step, Duration timeout, Deadline deadline) {
        Thread earlier = abandoned;
        if (earlier != null && earlier.isAlive()) {
            return null;
        }
        abandoned = null;
        Attempt attempt = new Attempt(step);
        Thread thread = attempt.start();
        try {
            attempt.await(timeout, deadline);
            return attempt;
        } finally {
            if (thread != null && !attempt.isDone()) {
                abandoned = thread;
                thread.interrupt();
            }
        }
    }

    /** Runs a step without waiting for it, even while an earlier step hangs. */
    void start(Step step) {
        if (new Attempt(step).start() == null) {
            step.run();
        }
    }
}

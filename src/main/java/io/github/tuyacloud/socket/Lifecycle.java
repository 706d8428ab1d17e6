package io.github.tuyacloud.socket;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.messages.SubscriptionState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The observable state of a subscription; thread-safe. */
final class Lifecycle {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile SubscriptionState state = SubscriptionState.CONNECTING;
    private volatile @Nullable TuyaException failure;

    SubscriptionState state() {
        return state;
    }

    @Nullable
    TuyaException failure() {
        return failure;
    }

    /** Returns whether the subscription is neither closing nor ended. */
    boolean running() {
        return state != SubscriptionState.CLOSING && !state.ended();
    }

    /** Changes the state; returns false without a change if the subscription is closing or has ended. */
    boolean advance(SubscriptionState next) {
        lock.lock();
        try {
            boolean advances = running();
            if (advances) {
                state = next;
                changed.signalAll();
            }
            return advances;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the subscription; the reason is null if the program closed it. */
    void end(@Nullable TuyaException reason) {
        lock.lock();
        try {
            if (!state.ended()) {
                failure = reason;
                state = reason == null ? SubscriptionState.CLOSED : SubscriptionState.FAILED;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a state. Returns false on timeout. */
    boolean await(Predicate<SubscriptionState> condition, Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout); // saturates instead of overflowing
        lock.lockInterruptibly();
        try {
            while (!condition.test(state) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.test(state);
        } finally {
            lock.unlock();
        }
    }
}

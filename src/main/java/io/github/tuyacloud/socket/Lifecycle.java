package io.github.tuyacloud.socket;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.messages.SubscriptionState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The state of one subscription, for those who ask and those who wait for another; thread-safe. */
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

    /** Whether messages are wanted: neither closing nor over. */
    boolean running() {
        return state != SubscriptionState.CLOSING && !state.ended();
    }

    /** Goes to a state; false when it is closing or over, and stays so. */
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

    /** Ends it, with a reason when it ends by itself. */
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

    /** Waits for a state that is wanted; false after the time-out. */
    boolean await(Predicate<SubscriptionState> wanted, Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout); // which a wait of a thousand years does not overflow
        lock.lockInterruptibly();
        try {
            while (!wanted.test(state) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wanted.test(state);
        } finally {
            lock.unlock();
        }
    }
}

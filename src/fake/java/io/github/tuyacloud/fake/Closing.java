package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Delays responses without delaying the close of the fake cloud: closing ends every wait immediately. */
final class Closing {
    private final CountDownLatch closed = new CountDownLatch(1);

    void begin() {
        closed.countDown();
    }

    /** Waits; returns false if the fake cloud was closed in the meantime. */
    boolean waitFor(Duration duration) throws InterruptedException {
        if (duration.isZero() || duration.isNegative()) {
            return closed.getCount() > 0;
        }
        return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    void waitForever() throws InterruptedException {
        closed.await();
    }
}

package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets answers wait without keeping the fake cloud from closing: every wait ends at once when it closes. */
final class Closing {
    private final CountDownLatch closed = new CountDownLatch(1);

    void begin() {
        closed.countDown();
    }

    /** Waits that long; false when the fake cloud was closed meanwhile. */
    boolean waitFor(Duration duration) throws InterruptedException {
        if (duration.isZero() || duration.isNegative()) {
            return closed.getCount() > 0;
        }
        return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    void waitForEver() throws InterruptedException {
        closed.await();
    }
}

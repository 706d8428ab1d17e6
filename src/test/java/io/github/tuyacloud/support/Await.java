package io.github.tuyacloud.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until another thread has met a condition. */
public final class Await {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long INTERVAL_NANOS = 200_000;

    private Await() {}

    /** Waits until a condition is met, for at most 30 s. */
    public static void until(BooleanSupplier condition, String what) {
        until(condition, () -> what);
    }

    public static void until(BooleanSupplier condition, Supplier<String> what) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .as(() -> "waiting for " + what.get())
                    .isLessThan(LIMIT_NANOS);
            LockSupport.parkNanos(INTERVAL_NANOS); // spinning would take CPU time from the other thread
        }
    }
}

package io.github.tuyacloud;

import io.github.tuyacloud.engine.Sleeper;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Opens what the builder keeps for tests to those in other packages. */
public final class RobustnessHooks {

    private RobustnessHooks() {}

    /** Waits as the sleeper does. */
    public static TuyaCloudBuilder sleeper(TuyaCloudBuilder builder, Sleeper sleeper) {
        return builder.sleeper(sleeper);
    }

    /** Waits for nothing: every back-off is over at once. */
    public static TuyaCloudBuilder withoutWaits(TuyaCloudBuilder builder) {
        return builder.sleeper(wait -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        });
    }

    /** Runs its deadlines on another monotonic clock. */
    public static TuyaCloudBuilder nanoTime(TuyaCloudBuilder builder, LongSupplier source) {
        return builder.nanoTime(source);
    }

    /** Jitters by other numbers. */
    public static TuyaCloudBuilder random(TuyaCloudBuilder builder, DoubleSupplier source) {
        return builder.random(source);
    }
}

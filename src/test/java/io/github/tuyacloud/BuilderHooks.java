package io.github.tuyacloud;

import io.github.tuyacloud.engine.Sleeper;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Opens the builder's package-private options to tests in other packages. */
public final class BuilderHooks {

    private BuilderHooks() {}

    /** Lets the client wait by the given sleeper. */
    public static TuyaCloudBuilder sleeper(TuyaCloudBuilder builder, Sleeper sleeper) {
        return builder.sleeper(sleeper);
    }

    /** Skips every wait of the client; only an interrupt is noticed. */
    public static TuyaCloudBuilder withoutWaits(TuyaCloudBuilder builder) {
        return builder.sleeper(wait -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        });
    }

    /** Measures the client's deadlines with another monotonic clock. */
    public static TuyaCloudBuilder nanoTime(TuyaCloudBuilder builder, LongSupplier source) {
        return builder.nanoTime(source);
    }

    /** Takes the jitter of the client's waits from the given numbers. */
    public static TuyaCloudBuilder random(TuyaCloudBuilder builder, DoubleSupplier source) {
        return builder.random(source);
    }

    /** Returns the number of concurrent requests that a client with these options issues on its own. */
    public static int maxConcurrency(TuyaCloudBuilder builder) {
        return builder.assemble().operations().workers().maxConcurrency();
    }
}

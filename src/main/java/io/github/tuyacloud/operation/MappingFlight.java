package io.github.tuyacloud.operation;

import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One fetch of a product's DP map that is under way: whoever waits for it gets what it brings. */
final class MappingFlight {

    private final String deviceId;

    /** Done with a map, with an error, or with null when its leader gave up and another must take over. */
    private final CompletableFuture<@Nullable DpMapping> outcome = new CompletableFuture<>();

    MappingFlight(String deviceId) {
        this.deviceId = deviceId;
    }

    void succeed(DpMapping mapping) {
        outcome.complete(mapping);
    }

    void fail(Throwable error) {
        outcome.completeExceptionally(error);
    }

    void abandon() {
        outcome.complete(null);
    }

    /**
     * Waits; throws the leader's own exception when it failed. Null when the flight was abandoned, or failed by another
     * device than the waiter's: what the cloud says about that one need not be so for his.
     */
    @Nullable
    DpMapping await(String waitersDeviceId, Duration time) throws InterruptedException, TimeoutException {
        try {
            return outcome.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (!deviceId.equals(waitersDeviceId)) {
                return null;
            }
            throw WorkerPool.causeOf(e);
        }
    }
}

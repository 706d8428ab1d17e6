package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which of the cloud's two log calls the project may use. Their responses are alike. The older call requires
 * a service that Tuya has deprecated; the newer one belongs to the thing model. Safe for use by multiple threads.
 */
public final class LogService {

    /** The two log calls. */
    enum Call {
        DEPRECATED("/v1.0/devices/{id}/logs"),
        THING("/v2.0/cloud/thing/{id}/logs");

        private final String template;

        Call(String template) {
            this.template = template;
        }

        String template() {
            return template;
        }

        private Call other() {
            return this == DEPRECATED ? THING : DEPRECATED;
        }
    }

    /** The result of one of the calls. */
    record Result<T>(Call call, T value) {}

    private final Supplier<Region> region;
    private volatile @Nullable Region thingRegion;

    /** Creates an instance; the region matters because the project may have other services in another region. */
    public LogService(Supplier<Region> region) {
        this.region = region;
    }

    /** Returns whether only the thing model's call is known to work. */
    boolean isKnown() {
        return region.get().equals(thingRegion);
    }

    /**
     * Uses the call that is known to work; otherwise tries the deprecated call, then the other if its service is not
     * subscribed.
     */
    <T> Result<T> read(Function<Call, T> reader) {
        Region current = region.get();
        Call preferred = isKnown() ? Call.THING : Call.DEPRECATED;
        Result<T> result = ServiceFallback.call(() -> read(reader, preferred), () -> read(reader, preferred.other()));
        thingRegion = result.call() == Call.THING ? current : null;
        return result;
    }

    /** Forgets which call works, because the region has changed. */
    public void forget() {
        thingRegion = null;
    }

    private static <T> Result<T> read(Function<Call, T> reader, Call call) {
        return new Result<>(call, reader.apply(call));
    }
}

package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.live.LiveDevicesBuilder;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects and checks the options of a picture, and starts it. */
final class PictureBuilder implements LiveDevicesBuilder {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MAX_INTERVAL = Duration.ofDays(1);
    private static final Duration MIN_VERIFY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration MAX_VERIFY_INTERVAL = Duration.ofDays(7);

    private final Pictures pictures;
    private final List<LiveChangeListener> listeners = new ArrayList<>();
    private final Map<String, DpMapping> mappings = new LinkedHashMap<>();
    private Predicate<Device> filter = device -> true;
    private SubscriptionOptions messages = SubscriptionOptions.builder().build();
    private @Nullable Duration every;
    private boolean includeMap;
    private Duration verifyEvery = Duration.ofHours(12);
    private int maxCallsPerDay = 500;

    PictureBuilder(Pictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public LiveDevicesBuilder devices(Collection<String> deviceIds) {
        Set<String> ids = Set.copyOf(deviceIds);
        return devices(device -> ids.contains(device.id()));
    }

    @Override
    public LiveDevicesBuilder devices(Predicate<Device> condition) {
        filter = filter.and(Objects.requireNonNull(condition, "condition"));
        return this;
    }

    @Override
    public LiveDevicesBuilder onChange(LiveChangeListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public LiveDevicesBuilder messages(SubscriptionOptions options) {
        messages = Objects.requireNonNull(options, "options");
        return this;
    }

    @Override
    public LiveDevicesBuilder every(Duration interval) {
        every = inRange("every", interval, MIN_INTERVAL, MAX_INTERVAL);
        return this;
    }

    @Override
    public LiveDevicesBuilder mapping(String productId, DpMapping mapping) {
        mappings.put(Objects.requireNonNull(productId, "productId"), Objects.requireNonNull(mapping, "mapping"));
        return this;
    }

    @Override
    public LiveDevicesBuilder includeMap(boolean include) {
        includeMap = include;
        return this;
    }

    @Override
    public LiveDevicesBuilder verifyEvery(Duration interval) {
        verifyEvery = inRange("verifyEvery", interval, MIN_VERIFY_INTERVAL, MAX_VERIFY_INTERVAL);
        return this;
    }

    @Override
    public LiveDevicesBuilder maxCallsPerDay(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("maxCallsPerDay must be at least 1, not " + calls);
        }
        maxCallsPerDay = calls;
        return this;
    }

    @Override
    public LiveDevices start() {
        return pictures.start(new LiveOptions(
                filter,
                List.copyOf(listeners),
                messages,
                every,
                Map.copyOf(mappings),
                includeMap,
                verifyEvery,
                maxCallsPerDay));
    }

    private static Duration inRange(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(LogSafe.line("{} must be {} to {}, not {}", name, min, max, value));
        }
        return value;
    }
}

package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a builder has collected for a new picture.
 *
 * @param filter which devices
 * @param listeners listeners for all devices
 * @param messages how to subscribe
 * @param every the interval of readings without the message service; null with it
 * @param mappings what data points mean, by product
 * @param includeMap whether to fetch the mappings of all products
 * @param verifyEvery how often to prove that messages arrive
 * @param maxCallsPerDay the maximum number of calls of its own in 24 hours
 */
record LiveOptions(
        Predicate<Device> filter,
        List<LiveChangeListener> listeners,
        SubscriptionOptions messages,
        @Nullable Duration every,
        Map<String, DpMapping> mappings,
        boolean includeMap,
        Duration verifyEvery,
        int maxCallsPerDay) {}

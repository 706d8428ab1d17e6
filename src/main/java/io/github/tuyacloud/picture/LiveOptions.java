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
 * The options of a new picture.
 *
 * @param filter selects the devices
 * @param listeners listeners for all devices
 * @param messages the options of the subscription
 * @param every the polling interval without the message service; null with it
 * @param mappings the known mappings by product
 * @param includeMap whether to fetch the mappings of all products
 * @param verifyEvery the interval of verifications that messages arrive
 * @param maxCallsPerDay the maximum number of calls that the picture makes on its own within 24 hours
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

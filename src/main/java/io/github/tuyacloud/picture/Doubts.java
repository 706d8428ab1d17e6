package io.github.tuyacloud.picture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values about which a late message or a list contradicts the picture; thread-safe. A status that is read a little
 * later settles them. A newer report settles them without a call.
 */
final class Doubts {

    /** Reads may lag behind messages, so a status read immediately would not settle anything. */
    private static final Duration DELAY = Duration.ofSeconds(30);

    private static final int MAX_DOUBLINGS = 5;

    private final ServerTime time;
    private final Runnable onAdded;
    private final Map<DevicePicture, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        final ServerTime.Moment since;
        final Duration delay;
        final Map<String, Doubt> byCode = new HashMap<>();

        Entry(ServerTime.Moment since, Duration delay) {
            this.since = since;
            this.delay = delay;
        }
    }

    /**
     * One value in doubt.
     *
     * @param isReport true if a late report contradicts the picture; false if a read does
     * @param value the contradicting value
     * @param expectation whether messages should have reported the value
     */
    record Doubt(boolean isReport, @Nullable Object value, Expectation expectation) {

        static Doubt ofReport(@Nullable Object value) {
            return new Doubt(true, value, Expectation.NONE);
        }

        static Doubt ofRead(@Nullable Object value, Expectation expectation) {
            return new Doubt(false, value, expectation);
        }
    }

    Doubts(ServerTime time, Runnable onAdded) {
        this.time = time;
        this.onAdded = onAdded;
    }

    /** Records a contradiction. The delay doubles each time a device's late reports turn out to be outdated. */
    void add(DevicePicture device, String code, Doubt doubt) {
        synchronized (this) {
            Entry entry = entries.computeIfAbsent(device, key -> new Entry(time.moment(), delayOf(device)));
            entry.byCode.put(code, doubt);
        }
        onAdded.run();
    }

    private static Duration delayOf(DevicePicture device) {
        return DELAY.multipliedBy(1L << Math.min(MAX_DOUBLINGS, device.outdatedReports()));
    }

    /** Removes a value because a newer one is known. Returns whether a late report had contradicted it. */
    synchronized boolean settled(DevicePicture device, String code) {
        Entry entry = entries.get(device);
        Doubt doubt = entry == null ? null : entry.byCode.remove(code);
        if (entry != null && entry.byCode.isEmpty()) {
            entries.remove(device);
        }
        return doubt != null && doubt.isReport();
    }

    /** Removes a device. */
    synchronized void settled(DevicePicture device) {
        entries.remove(device);
    }

    synchronized int size() {
        return entries.size();
    }

    /** Returns the time until the next device can be settled; null if there are no doubts. */
    synchronized @Nullable Duration untilDue() {
        return entries.values().stream()
                .map(entry -> entry.delay.minus(time.since(entry.since)))
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** Returns at most {@code max} devices to read now. */
    synchronized List<DevicePicture> due(int max) {
        List<DevicePicture> due = new ArrayList<>();
        for (Map.Entry<DevicePicture, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            if (due.size() < max && time.since(entry.since).compareTo(entry.delay) >= 0) {
                due.add(each.getKey());
            }
        }
        return due;
    }

    /** Returns a device's values in doubt. */
    synchronized Map<String, Doubt> of(DevicePicture device) {
        Entry entry = entries.get(device);
        return entry == null ? Map.of() : new HashMap<>(entry.byCode);
    }
}

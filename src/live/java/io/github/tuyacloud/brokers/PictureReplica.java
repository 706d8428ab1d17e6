package io.github.tuyacloud.brokers;

import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevice;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** A listener that builds a second picture only from the changes it receives, and fails at random; thread-safe. */
final class PictureReplica implements LiveChangeListener {
    private static final int ONE_FAILS_IN = 200;

    private final Random random;
    private final Map<String, String> values = new TreeMap<>();
    private int gaps;
    private boolean started;

    PictureReplica(long seed) {
        random = new Random(seed);
    }

    synchronized void startFrom(Collection<LiveDevice> devices) {
        values.putAll(valuesOf(devices));
        started = true;
    }

    @Override
    public synchronized void changed(LiveChange change) {
        if (!started || !(change instanceof LiveChange.ValueUpdate update)) {
            return;
        }
        if (random.nextInt(ONE_FAILS_IN) == 0) {
            throw new IllegalStateException("fails on purpose");
        }
        String value = String.valueOf(update.after().value());
        String before = values.put(update.device().id() + " " + update.code(), value);
        if (update.before() != null
                && !Objects.equals(before, String.valueOf(update.before().value()))) {
            gaps++;
        }
    }

    /** Returns the number of changes that did not start from the value of the previous change. */
    synchronized int gaps() {
        return gaps;
    }

    synchronized Map<String, String> values() {
        return new TreeMap<>(values);
    }

    /** Returns the values of a picture, by device and data point. */
    static Map<String, String> valuesOf(Collection<LiveDevice> devices) {
        Map<String, String> values = new TreeMap<>();
        devices.forEach(device -> device.status()
                .dataPoints()
                .forEach(point -> values.put(device.id() + " " + point.code(), String.valueOf(point.value()))));
        return values;
    }
}

package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Builds a second picture only from the changes that a listener receives, to check that none is missing. */
final class ListenerReplica implements LiveChangeListener {

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, LiveValue> latest = new ConcurrentHashMap<>();
    private final AtomicInteger gaps = new AtomicInteger();
    private final AtomicInteger backwards = new AtomicInteger();
    private volatile boolean started;

    void startFrom(Collection<LiveDevice> devices) {
        devices.forEach(device -> device.status()
                .dataPoints()
                .forEach(point -> values.put(device.id() + " " + point.code(), String.valueOf(point.value()))));
        started = true;
    }

    @Override
    public void changed(LiveChange change) {
        if (!(change instanceof LiveChange.ValueUpdate update) || !started) {
            return;
        }
        String key = update.device().id() + " " + update.code();
        LiveValue before = update.before();
        String expected = values.put(key, String.valueOf(update.after().value()));
        if (before != null && !Objects.equals(expected, String.valueOf(before.value()))) {
            gaps.incrementAndGet();
        }
        LiveValue last = latest.put(key, update.after());
        if (last != null
                && last.origin() == LiveValue.Origin.REPORTED
                && update.after().origin() == LiveValue.Origin.REPORTED
                && last.time() != null
                && update.after().time() != null
                && last.time().isAfter(update.after().time())) {
            backwards.incrementAndGet();
        }
    }

    /** Fails unless this picture equals the given one. */
    void check(Collection<LiveDevice> devices) {
        assertThat(gaps.get())
                .as("changes whose value before was not the one of the change before")
                .isZero();
        for (LiveDevice device : devices) {
            device.status().dataPoints().forEach(point -> assertThat(values)
                    .containsEntry(device.id() + " " + point.code(), String.valueOf(point.value())));
        }
    }

    /** Returns how often a report was older than the one before it. */
    int backwards() {
        return backwards.get();
    }
}

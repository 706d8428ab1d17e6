package io.github.tuyacloud.picture;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a read found and a message should report. The message may still be in transit, so it counts as
 * missing only after a while; thread-safe.
 */
final class ExpectedMessages {

    /** The maximum transit time of a message. */
    private static final Duration MAX_TRANSIT = Duration.ofMinutes(1);

    private static final int MAX_REMEMBERED = 10_000;

    private final ServerTime time;
    private final Runnable onSuspicion;
    private final Map<String, ServerTime.Moment> expected = new LinkedHashMap<>();

    /** The values that commands changed without a message. Each causes one suspicion until a message reports it. */
    private final Set<String> suspected = new LinkedHashSet<>();

    /**
     * Creates an instance that expects no messages.
     *
     * @param time the time
     * @param onSuspicion called when a command has changed a value that no message has reported
     */
    ExpectedMessages(ServerTime time, Runnable onSuspicion) {
        this.time = time;
        this.onSuspicion = onSuspicion;
    }

    /** Expects a message about a value of a device. */
    synchronized void expect(String deviceId, String what) {
        if (expected.size() < MAX_REMEMBERED) {
            expected.put(key(deviceId, what), time.moment());
        }
    }

    /**
     * Expects a message about a value that a command has changed. Some values are never reported; therefore, a missing
     * message is not expected again until one arrives.
     */
    void expectAfterCommand(String deviceId, String what) {
        synchronized (this) {
            if (suspected.size() >= MAX_REMEMBERED || !suspected.add(key(deviceId, what))) {
                return;
            }
            expect(deviceId, what);
        }
        onSuspicion.run();
    }

    /** Records that a message about a value of a device has arrived. */
    synchronized void arrived(String deviceId, String what) {
        if (!expected.isEmpty() || !suspected.isEmpty()) {
            String key = key(deviceId, what);
            expected.remove(key);
            suspected.remove(key);
        }
    }

    /** Removes overdue messages and returns their number. */
    synchronized int removeOverdue() {
        int count = 0;
        Iterator<ServerTime.Moment> each = expected.values().iterator();
        while (each.hasNext()) {
            if (time.since(each.next()).compareTo(MAX_TRANSIT) >= 0) {
                each.remove();
                count++;
            }
        }
        return count;
    }

    /** Returns the time until the next message is overdue, or null if none is expected. */
    synchronized @Nullable Duration untilOverdue() {
        return expected.values().stream()
                .map(since -> MAX_TRANSIT.minus(time.since(since)))
                .min(Duration::compareTo)
                .orElse(null);
    }

    private static String key(String deviceId, String what) {
        return deviceId + ' ' + what;
    }
}

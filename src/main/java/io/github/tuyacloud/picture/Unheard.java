package io.github.tuyacloud.picture;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Differences that a read found although a message should have reported them. The message may still be in transit, so
 * they are judged a little later; thread-safe.
 */
final class Unheard {

    /** The time allowed for messages in transit. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final int MAX_REMEMBERED = 10_000;

    private final ServerTime time;
    private final Runnable onSuspicion;
    private final Map<String, ServerTime.Moment> expected = new LinkedHashMap<>();

    /** What commands changed without a message; each raises one suspicion, until a message about it is heard. */
    private final Set<String> suspected = new LinkedHashSet<>();

    /**
     * Expects nothing.
     *
     * @param time the time
     * @param onSuspicion called when a command has changed a value and no message has reported it yet
     */
    Unheard(ServerTime time, Runnable onSuspicion) {
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
     * Expects a message about a value that a command has changed. Some values are never reported, so a value that was
     * not heard of is not expected again until it is.
     */
    void expectOfCommand(String deviceId, String what) {
        synchronized (this) {
            if (suspected.size() >= MAX_REMEMBERED || !suspected.add(key(deviceId, what))) {
                return;
            }
            expect(deviceId, what);
        }
        onSuspicion.run();
    }

    /** Records that such a message has arrived. */
    synchronized void heard(String deviceId, String what) {
        if (!expected.isEmpty() || !suspected.isEmpty()) {
            String key = key(deviceId, what);
            expected.remove(key);
            suspected.remove(key);
        }
    }

    /** Removes the messages that should have arrived by now, and returns their number. */
    synchronized int takeOverdue() {
        int count = 0;
        Iterator<ServerTime.Moment> each = expected.values().iterator();
        while (each.hasNext()) {
            if (time.since(each.next()).compareTo(UNDER_WAY) >= 0) {
                each.remove();
                count++;
            }
        }
        return count;
    }

    /** Returns the time until the next message is overdue, or null if none is expected. */
    synchronized @Nullable Duration untilOverdue() {
        return expected.values().stream()
                .map(since -> UNDER_WAY.minus(time.since(since)))
                .min(Duration::compareTo)
                .orElse(null);
    }

    private static String key(String deviceId, String what) {
        return deviceId + ' ' + what;
    }
}

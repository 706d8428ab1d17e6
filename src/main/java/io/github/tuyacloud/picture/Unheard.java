package io.github.tuyacloud.picture;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Differences that a read found although a message should have reported them. The message may still be in transit, so
 * they are judged a little later; thread-safe.
 */
final class Unheard {

    private static final int MAX_REMEMBERED = 10_000;

    private final Set<String> expected = new LinkedHashSet<>();

    /** Expects a message about a value of a device. */
    synchronized void expect(String deviceId, String what) {
        if (expected.size() < MAX_REMEMBERED) {
            expected.add(key(deviceId, what));
        }
    }

    /** Records that such a message has arrived. */
    synchronized void heard(String deviceId, String what) {
        if (!expected.isEmpty()) {
            expected.remove(key(deviceId, what));
        }
    }

    /** Returns the number of messages that have not arrived, and starts over. */
    synchronized int takeCount() {
        int count = expected.size();
        expected.clear();
        return count;
    }

    synchronized boolean isEmpty() {
        return expected.isEmpty();
    }

    private static String key(String deviceId, String what) {
        return deviceId + ' ' + what;
    }
}

package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.BoundedId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Devices that send messages but are in no list, such as shared or asset-based ones: they trigger one read of the list,
 * then none for an hour; the pause doubles each time, up to a day; thread-safe.
 */
final class UnlistedDevices {

    private static final Duration FIRST_WAIT = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int MAX_REMEMBERED = 10_000;

    private final ServerTime time;
    private final Set<String> wanted = new HashSet<>();
    private volatile Set<String> listed = Set.of();
    private final Map<String, Unlisted> unlisted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Unlisted> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Unlisted(ServerTime.Moment since, Duration pause) {}

    UnlistedDevices(ServerTime time) {
        this.time = time;
    }

    /** Records a message of a device that is not in the picture; returns whether to read the list for it. */
    synchronized boolean heard(String deviceId, boolean isNew) {
        String id = BoundedId.of(deviceId);
        Unlisted entry = unlisted.get(id);
        if (!isNew && entry != null && time.since(entry.since()).compareTo(entry.pause()) < 0) {
            return false;
        }
        return wanted.size() < MAX_REMEMBERED && wanted.add(id);
    }

    /** Returns whether a device is listed but excluded from the picture. */
    boolean isLeftOut(String deviceId) {
        return listed.contains(BoundedId.of(deviceId));
    }

    /** Records the devices of a list. */
    synchronized void listed(Collection<String> deviceIds) {
        listed = deviceIds.stream().map(BoundedId::of).collect(Collectors.toUnmodifiableSet());
        wanted.removeAll(listed);
        for (String id : wanted) {
            Unlisted before = unlisted.get(id);
            Duration doubled = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
            unlisted.put(id, new Unlisted(time.moment(), doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled));
        }
        wanted.clear();
        unlisted.keySet().removeAll(listed);
    }

    synchronized int size() {
        return unlisted.size();
    }
}

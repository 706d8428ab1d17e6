package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.BoundedId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Devices that send messages but are not in any list, such as shared or asset-based devices; thread-safe. Each one
 * triggers a read of the list, then none for an hour; the pause doubles each time, up to a day. Because there can be
 * thousands of such devices, reads that find none of them also become less frequent.
 */
final class UnlistedDevices {

    private static final Duration FIRST_WAIT = Duration.ofHours(1);
    private static final Duration MAX_WAIT = Duration.ofDays(1);
    private static final int MAX_REMEMBERED = 10_000;

    /** The pause for all devices after a read that found none of them; doubles up to {@link #FIRST_WAIT}. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final ServerTime time;
    private ServerTime.@Nullable Moment lastFutileRead;
    private Duration pause = FIRST_PAUSE;
    private final Map<String, Boolean> requested = new HashMap<>();
    private volatile Set<String> listed = Set.of();
    private final Map<String, Unlisted> unlisted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Unlisted> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Unlisted(ServerTime.Moment since, Duration pause, boolean wasNew) {}

    UnlistedDevices(ServerTime time) {
        this.time = time;
    }

    /**
     * Records a message from a device that is not in the picture.
     *
     * @param deviceId the device
     * @param isNew whether the message reports that it was added; the first such message justifies an immediate read
     * @return whether to read the list
     */
    synchronized boolean receivedFrom(String deviceId, boolean isNew) {
        String id = BoundedId.of(deviceId);
        Unlisted entry = unlisted.get(id);
        boolean isWorthIt = isNew && (entry == null || !entry.wasNew());
        if (!isWorthIt
                && (isWithin(pause, lastFutileRead) || entry != null && isWithin(entry.pause(), entry.since()))) {
            return false;
        }
        if (requested.size() >= MAX_REMEMBERED || requested.putIfAbsent(id, isNew) != null) {
            return false;
        }
        return true;
    }

    private boolean isWithin(Duration limit, ServerTime.@Nullable Moment since) {
        return since != null && time.since(since).compareTo(limit) < 0;
    }

    /** Returns whether a device is listed but excluded by the filter. */
    boolean isFilteredOut(String deviceId) {
        return listed.contains(BoundedId.of(deviceId));
    }

    /** Records that a device was removed; further messages mean that it was added again. */
    synchronized void removed(String deviceId) {
        Set<String> rest = new HashSet<>(listed);
        rest.remove(BoundedId.of(deviceId));
        listed = Set.copyOf(rest);
    }

    /** Records the result of reading the list. */
    synchronized void listed(Collection<String> deviceIds) {
        listed = deviceIds.stream().map(BoundedId::of).collect(Collectors.toUnmodifiableSet());
        boolean isFutile = !requested.isEmpty();
        if (requested.keySet().removeAll(listed)) {
            isFutile = false;
            lastFutileRead = null;
            pause = FIRST_PAUSE;
        }
        requested.forEach((id, wasNew) -> {
            Unlisted before = unlisted.get(id);
            Duration doubled = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
            Duration next = doubled.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : doubled;
            unlisted.put(id, new Unlisted(time.moment(), next, wasNew));
        });
        if (isFutile) {
            pause = lastFutileRead == null ? FIRST_PAUSE : pause.multipliedBy(2);
            pause = pause.compareTo(FIRST_WAIT) > 0 ? FIRST_WAIT : pause;
            lastFutileRead = time.moment();
        }
        requested.clear();
        unlisted.keySet().removeAll(listed);
    }

    synchronized int size() {
        return unlisted.size();
    }
}

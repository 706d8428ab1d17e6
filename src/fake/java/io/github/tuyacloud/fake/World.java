package io.github.tuyacloud.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The contents of the fake cloud: users, products, devices and homes, in the order in which they were added. */
final class World {
    /** One page of devices, with the row key of the next one. */
    record Page(List<FakeDevice> devices, boolean hasMore, String lastRowKey, int total) {}

    private final Map<String, FakeUser> users = new LinkedHashMap<>();
    private final Map<String, FakeProduct> products = new LinkedHashMap<>();
    private final Map<Long, FakeHome> homes = new LinkedHashMap<>();
    private final Map<String, Long> places = new LinkedHashMap<>();
    private final NavigableMap<Long, FakeDevice> devices = new TreeMap<>();
    private final Map<String, NavigableMap<Long, FakeDevice>> devicesByUser = new LinkedHashMap<>();
    private long nextPlace = 0x629B_0406_6A0BL;

    synchronized void add(FakeUser user) {
        users.put(user.uid(), user);
    }

    synchronized void add(FakeProduct product) {
        products.put(product.id(), product);
    }

    /** Returns how many products were added before this one. */
    synchronized int place(FakeProduct product) {
        return List.copyOf(products.keySet()).indexOf(product.id());
    }

    synchronized void add(FakeHome home) {
        homes.put(home.homeId(), home);
        users.putIfAbsent(home.uid(), new FakeUser(home.uid(), home.uid()));
    }

    synchronized void add(FakeDevice device) {
        if (places.containsKey(device.id())) {
            throw new IllegalArgumentException("there is a device " + device.id() + " already");
        }
        long place = nextPlace++;
        users.putIfAbsent(device.uid(), new FakeUser(device.uid(), device.uid()));
        products.putIfAbsent(device.product().id(), device.product());
        places.put(device.id(), place);
        devices.put(place, device);
        devicesByUser.computeIfAbsent(device.uid(), uid -> new TreeMap<>()).put(place, device);
    }

    /** Removes a device; returns whether there was one. */
    synchronized boolean remove(String deviceId) {
        Long place = places.remove(deviceId);
        if (place == null) {
            return false;
        }
        FakeDevice device = devices.remove(place);
        if (device != null) {
            devicesOf(device.uid()).remove(place);
        }
        return true;
    }

    synchronized @Nullable FakeDevice find(String deviceId) {
        Long place = places.get(deviceId);
        return place == null ? null : devices.get(place);
    }

    /**
     * Returns a device; refuses one that does not exist in the same way as one of another project, as the cloud does.
     */
    FakeDevice require(String deviceId) {
        FakeDevice device = find(deviceId);
        if (device == null) {
            throw Refusal.permissionDenied();
        }
        return device;
    }

    synchronized List<FakeDevice> devices() {
        return List.copyOf(devices.values());
    }

    synchronized List<FakeDevice> devices(String uid) {
        return List.copyOf(devicesOf(uid).values());
    }

    /** Returns the devices of other users that are shared with this user. */
    synchronized List<FakeDevice> sharedWith(String uid) {
        return devices.values().stream()
                .filter(device -> device.sharedWith().contains(uid))
                .toList();
    }

    synchronized List<FakeUser> users() {
        return List.copyOf(users.values());
    }

    /** Returns a home; refuses one that does not exist in the same way as one of another project, as the cloud does. */
    synchronized FakeHome requireHome(String homeId) {
        return homes.values().stream()
                .filter(home -> Long.toString(home.homeId()).equals(homeId))
                .findFirst()
                .orElseThrow(Refusal::permissionDenied);
    }

    synchronized List<FakeHome> homes() {
        return List.copyOf(homes.values());
    }

    synchronized void requireUser(String uid) {
        if (!users.containsKey(uid)) {
            throw Refusal.permissionDenied();
        }
    }

    /** Returns a page of all devices or of one user's. */
    synchronized Page page(@Nullable String uid, @Nullable String rowKey, int size, Predicate<FakeDevice> filter) {
        NavigableMap<Long, FakeDevice> all = uid == null ? devices : devicesOf(uid);
        NavigableMap<Long, FakeDevice> rest = rowKey == null ? all : all.tailMap(parse(rowKey), false);
        List<FakeDevice> page = new ArrayList<>(size);
        boolean hasMore = false;
        String lastRowKey = "";
        for (Map.Entry<Long, FakeDevice> entry : rest.entrySet()) {
            if (filter.test(entry.getValue())) {
                if (page.size() == size) {
                    hasMore = true;
                    break;
                }
                page.add(entry.getValue());
                lastRowKey = Long.toHexString(entry.getKey());
            }
        }
        return new Page(page, hasMore, lastRowKey, all.size());
    }

    private NavigableMap<Long, FakeDevice> devicesOf(String uid) {
        return devicesByUser.computeIfAbsent(uid, owner -> new TreeMap<>());
    }

    private static long parse(String rowKey) {
        try {
            return Long.parseLong(rowKey, 16);
        } catch (NumberFormatException e) {
            throw Refusal.illegal("no such row key: " + rowKey);
        }
    }
}

package io.github.tuyacloud.live;

import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.LiveMessage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Notes which messages came, and whether any came for the first time before an earlier one of its device; thread-safe. */
final class Journal {
    private final Map<String, BitSet> byDevice = new HashMap<>();
    private long different;
    private long all;
    private long overtaking;

    /** Notes one delivery; true when that message came for the first time. */
    boolean add(LiveMessage message) {
        DataPointMessage report = (DataPointMessage) message;
        return add(report.deviceId(), ((Long) report.dataPoints().get(0).value()).intValue());
    }

    synchronized boolean add(String device, int sequence) {
        all++;
        BitSet seen = byDevice.computeIfAbsent(device, id -> new BitSet());
        if (seen.get(sequence)) {
            return false;
        }
        if (seen.nextClearBit(0) != sequence) {
            overtaking++;
        }
        seen.set(sequence);
        different++;
        notifyAll();
        return true;
    }

    /** How many different messages came. */
    synchronized long different() {
        return different;
    }

    /** How many deliveries came. */
    synchronized long all() {
        return all;
    }

    /** How many first deliveries overtook an earlier message of their device. */
    synchronized long overtaking() {
        return overtaking;
    }

    /** Waits until so many different messages have come; false when it takes longer. */
    synchronized boolean await(long messages, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (different < messages) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public synchronized String toString() {
        return different + " different messages in " + all + " deliveries, " + overtaking + " overtaking";
    }
}

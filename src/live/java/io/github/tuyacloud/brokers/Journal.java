package io.github.tuyacloud.brokers;

import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.LiveMessage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records which messages were handled and when, by this program and by others; thread-safe. */
final class Journal {
    private final Map<String, Map<Integer, Long>> firstTimes = new HashMap<>();
    private long distinct;
    private long all;

    static int sequence(LiveMessage message) {
        DataPointMessage report = (DataPointMessage) message;
        return ((Long) report.dataPoints().get(0).value()).intValue();
    }

    /** Records a message that was handled now; returns whether it is the first time. */
    boolean add(LiveMessage message) {
        return add(message.deviceId(), sequence(message), System.nanoTime());
    }

    /** Records a message that was handled at the given time of {@link System#nanoTime()}, on this or another JVM. */
    synchronized boolean add(String device, int sequence, long nanos) {
        all++;
        Map<Integer, Long> times = firstTimes.computeIfAbsent(device, id -> new HashMap<>());
        boolean first = !times.containsKey(sequence);
        times.merge(sequence, nanos, Math::min);
        if (first) {
            distinct++;
        }
        return first;
    }

    /** Returns how many distinct messages were handled. */
    synchronized long distinct() {
        return distinct;
    }

    /** Returns how many times a message was handled, duplicates included. */
    synchronized long all() {
        return all;
    }

    /** Returns how many messages of a device were handled. */
    synchronized int of(String device) {
        return firstTimes.getOrDefault(device, Map.of()).size();
    }

    /** Returns the number of messages that overtook an earlier message of the same device. */
    synchronized long overtaking() {
        long overtaking = 0;
        for (Map<Integer, Long> times : firstTimes.values()) {
            List<Integer> order = times.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .toList();
            BitSet seen = new BitSet();
            for (int sequence : order) {
                overtaking += seen.nextClearBit(0) == sequence ? 0 : 1;
                seen.set(sequence);
            }
        }
        return overtaking;
    }

    /** Waits until a number of distinct messages has been handled; returns false on timeout. */
    boolean await(long messages, long seconds) throws Exception {
        return Patience.await(seconds, () -> distinct() >= messages);
    }

    @Override
    public synchronized String toString() {
        return distinct + " distinct messages handled in " + all + " runs, " + overtaking() + " overtaking";
    }
}

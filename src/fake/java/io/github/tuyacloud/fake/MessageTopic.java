package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of one environment that are not acknowledged yet, and the clients that share them; for many threads. */
final class MessageTopic {
    /** A message on its way; {@code holder} is the client that has it, null while it waits. */
    private static final class Entry {
        final long number;
        final String id;
        final ObjectNode frame;
        final @Nullable String key;

        @Nullable
        MessageConsumer holder;

        int redeliveries;
        long dueNanos;

        Entry(long number, ObjectNode frame, @Nullable String key) {
            this.number = number;
            this.id = Base64.getEncoder().encodeToString(("fake:" + number).getBytes(StandardCharsets.US_ASCII));
            this.frame = frame;
            this.key = key;
            this.dueNanos = System.nanoTime();
        }
    }

    private final MessageTally tally;
    private final TreeMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<String, Entry> held = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final List<MessageConsumer> consumers = new ArrayList<>();
    private long published;
    private int turn;

    MessageTopic(MessageTally tally) {
        this.tally = tally;
    }

    synchronized void publish(ObjectNode frame, @Nullable String key) {
        Entry entry = new Entry(++published, frame, key);
        byId.put(entry.id, entry);
        waiting.put(entry.number, entry);
        dispatch();
    }

    synchronized int size() {
        return byId.size();
    }

    synchronized int connections() {
        return (int) consumers.stream().filter(MessageConsumer::isOpen).count();
    }

    /** Takes a client in; false when it cannot share the subscription with those that are there. */
    synchronized boolean reserve(MessageConsumer consumer) {
        String type = consumer.handshake().type();
        boolean alone = consumers.isEmpty();
        boolean alike =
                consumers.stream().allMatch(other -> other.handshake().type().equals(type));
        boolean admitted = alone || alike && !type.equals("Exclusive");
        if (admitted) {
            consumers.add(consumer);
        }
        return admitted;
    }

    synchronized void opened() {
        dispatch();
        tally.changed();
    }

    /** Gives what a client has not acknowledged to the others. */
    synchronized void leave(MessageConsumer consumer) {
        if (consumers.remove(consumer)) {
            for (Entry entry : List.copyOf(held.values())) {
                if (entry.holder == consumer) {
                    putBack(entry, 0);
                }
            }
            dispatch();
            tally.changed();
        }
    }

    synchronized void acknowledge(MessageConsumer consumer, String messageId) {
        consumer.answered();
        Entry entry = byId.remove(messageId);
        if (entry != null) {
            waiting.remove(entry.number);
            held.remove(entry.id);
            tally.countAcknowledgement();
        }
        dispatch();
    }

    synchronized void negativelyAcknowledge(MessageConsumer consumer, String messageId) {
        consumer.answered();
        tally.countNegativeAcknowledgement();
        Entry entry = byId.get(messageId);
        if (entry != null && entry.holder == consumer) {
            putBack(entry, consumer.handshake().redeliveryDelayMillis());
        }
        dispatch();
    }

    /** Does what the passing of time asks for. */
    synchronized void tick() {
        long now = System.nanoTime();
        for (Entry entry : List.copyOf(held.values())) {
            MessageConsumer holder = entry.holder;
            if (holder != null && holder.handshake().ackTimeoutMillis() > 0 && entry.dueNanos - now <= 0) {
                putBack(entry, 0);
            }
        }
        dispatch();
    }

    private void putBack(Entry entry, long delayMillis) {
        held.remove(entry.id);
        entry.holder = null;
        entry.redeliveries++;
        entry.dueNanos = System.nanoTime() + delayMillis * 1_000_000;
        waiting.put(entry.number, entry);
    }

    private void dispatch() {
        long now = System.nanoTime();
        for (Iterator<Entry> each = waiting.values().iterator(); each.hasNext() && anyHasRoom(); ) {
            Entry entry = each.next();
            MessageConsumer consumer = entry.dueNanos - now <= 0 ? choose(entry) : null;
            if (consumer != null) {
                each.remove();
                deliver(entry, consumer);
            }
        }
    }

    private boolean anyHasRoom() {
        return consumers.stream().anyMatch(MessageConsumer::hasRoom);
    }

    private @Nullable MessageConsumer choose(Entry entry) {
        MessageConsumer chosen =
                switch (consumers.get(0).handshake().type()) {
                    case "Shared" -> nextWithRoom();
                    case "Key_Shared" ->
                        consumers.get(Math.floorMod(String.valueOf(entry.key).hashCode(), consumers.size()));
                    default -> consumers.get(0);
                };
        return chosen != null && chosen.hasRoom() ? chosen : null;
    }

    private @Nullable MessageConsumer nextWithRoom() {
        for (int tries = 0; tries < consumers.size(); tries++) {
            MessageConsumer next = consumers.get(Math.floorMod(turn++, consumers.size()));
            if (next.hasRoom()) {
                return next;
            }
        }
        return null;
    }

    private void deliver(Entry entry, MessageConsumer consumer) {
        held.put(entry.id, entry);
        entry.holder = consumer;
        entry.dueNanos = System.nanoTime() + consumer.handshake().ackTimeoutMillis() * 1_000_000;
        // The real service counts deliveries under shared subscriptions only.
        boolean counts = consumer.handshake().type().endsWith("Shared");
        ObjectNode frame = entry.frame.deepCopy();
        frame.put("messageId", entry.id).put("redeliveryCount", counts ? entry.redeliveries : 0);
        tally.countDelivery(consumer.send(Json.text(frame)));
    }
}

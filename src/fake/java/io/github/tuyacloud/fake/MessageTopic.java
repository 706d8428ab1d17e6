package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The unacknowledged messages of one environment and the consumers that share them; thread-safe. */
final class MessageTopic {
    /** A message to deliver; {@code holder} is the consumer that received it, null while it waits. */
    private static final class Entry {
        final long number;
        final String id;
        final ObjectNode frame;
        final @Nullable String key;
        final List<Entry> batch;

        @Nullable
        MessageConsumer holder;

        int redeliveries;
        long dueNanos = System.nanoTime();

        /** Acknowledged, even if its batch is not or a redelivery is due. */
        boolean acknowledged;

        final Instant expiresAt;

        Entry(long number, String id, Outgoing outgoing, List<Entry> batch, Instant expiresAt) {
            this.expiresAt = expiresAt;
            this.number = number;
            this.id = id;
            this.frame = outgoing.frame();
            this.key = outgoing.key();
            this.batch = batch;
        }
    }

    /** A message to publish: its frame without id, and the key that decides its consumer. */
    record Outgoing(ObjectNode frame, @Nullable String key) {}

    /** The time that the real service keeps an unacknowledged message. */
    private static final Duration RETENTION = Duration.ofHours(2);

    private final MessageCounters counters;
    private final Clock clock;
    private final TreeMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<String, Entry> held = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final List<MessageConsumer> consumers = new ArrayList<>();
    private boolean oldGateway;
    private long published;
    private long entries;
    private int nextConsumer;

    MessageTopic(MessageCounters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Treats any frame as an acknowledgment from now on, and the acknowledgment of one message as that of its batch.
     */
    synchronized void becomeOld() {
        oldGateway = true;
    }

    synchronized boolean isOld() {
        return oldGateway;
    }

    synchronized void publish(Outgoing outgoing) {
        add(new Entry(
                published++, MessageIds.single(outgoing.key(), ++entries), outgoing, new ArrayList<>(), expiry()));
        dispatch();
    }

    synchronized void publishBatch(List<Outgoing> messages) {
        List<Entry> batch = new ArrayList<>();
        long entry = ++entries;
        String first = messages.isEmpty() ? null : messages.get(0).key();
        for (Outgoing outgoing : messages) {
            String id = MessageIds.batched(first, entry, batch.size(), oldGateway ? -1 : messages.size());
            add(new Entry(published++, id, outgoing, batch, expiry()));
        }
        dispatch();
    }

    private void add(Entry entry) {
        entry.batch.add(entry);
        byId.put(entry.id, entry);
        waiting.put(entry.number, entry);
    }

    synchronized int size() {
        return byId.size();
    }

    synchronized int connections() {
        return (int) consumers.stream().filter(MessageConsumer::isOpen).count();
    }

    synchronized int pending() {
        return consumers.stream().mapToInt(MessageConsumer::pending).sum();
    }

    /** Adds a consumer; returns false if it cannot share the subscription with the others. */
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
        counters.changed();
    }

    /** Removes a consumer and delivers its unacknowledged messages to the others. */
    synchronized void leave(MessageConsumer consumer) {
        if (consumers.remove(consumer)) {
            for (Entry entry : List.copyOf(held.values())) {
                if (entry.holder == consumer) {
                    putBack(entry, 0);
                }
            }
            // Messages that an old gateway kept only in its memory are lost.
            waiting.values().removeIf(entry -> !byId.containsKey(entry.id));
            dispatch();
            counters.changed();
        }
    }

    synchronized void acknowledge(MessageConsumer consumer, String messageId) {
        consumer.settled();
        Entry entry = byId.get(messageId);
        if (entry != null && !entry.acknowledged) {
            entry.acknowledged = true;
            counters.countAcknowledgment();
            if (oldGateway || entry.batch.stream().allMatch(sibling -> sibling.acknowledged)) {
                entry.batch.forEach(this::forget);
            }
        }
        held.remove(messageId);
        dispatch();
    }

    private void forget(Entry entry) {
        byId.remove(entry.id);
        held.remove(entry.id);
        if (entry.acknowledged) {
            waiting.remove(entry.number);
        }
    }

    synchronized void negativelyAcknowledge(MessageConsumer consumer, String messageId) {
        if (oldGateway) {
            acknowledge(consumer, messageId);
            return;
        }
        consumer.settled();
        counters.countNegativeAcknowledgment();
        Entry entry = byId.get(messageId);
        if (entry != null && entry.holder == consumer) {
            putBack(entry, consumer.handshake().redeliveryDelayMillis());
        }
        dispatch();
    }

    /** Redelivers messages whose acknowledgment timed out. */
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

    /** Redelivers unacknowledged messages on live connections. */
    synchronized void redeliver() {
        for (Entry entry : List.copyOf(held.values())) {
            if (entry.holder != null) {
                entry.redeliveries++;
                send(entry, entry.holder);
            }
        }
    }

    /** Sends any text to each consumer; it occupies a place in the receiver queue like a message. */
    synchronized void sendRaw(String frame) {
        consumers.forEach(consumer -> counters.countDelivery(consumer.send(frame)));
    }

    /** Schedules a redelivery; a partly acknowledged batch is redelivered as a whole. */
    private void putBack(Entry entry, long delayMillis) {
        held.remove(entry.id);
        for (Entry sibling : byId.containsKey(entry.id) ? entry.batch : List.<Entry>of()) {
            if (sibling == entry || sibling.acknowledged) {
                sibling.holder = null;
                sibling.acknowledged = false;
                sibling.redeliveries++;
                sibling.dueNanos = System.nanoTime() + delayMillis * 1_000_000;
                waiting.put(sibling.number, sibling);
            }
        }
    }

    private Instant expiry() {
        return clock.instant().plus(RETENTION);
    }

    /** Drops messages that waited too long for a consumer; delivered ones are kept. */
    synchronized void expire() {
        Instant now = clock.instant();
        while (!waiting.isEmpty() && !waiting.firstEntry().getValue().expiresAt.isAfter(now)) {
            Entry entry = waiting.pollFirstEntry().getValue();
            entry.acknowledged = true;
            byId.remove(entry.id);
        }
    }

    private void dispatch() {
        expire();
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
            MessageConsumer next = consumers.get(Math.floorMod(nextConsumer++, consumers.size()));
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
        send(entry, consumer);
    }

    private void send(Entry entry, MessageConsumer consumer) {
        // The real service counts deliveries under shared subscriptions only.
        boolean counts = consumer.handshake().type().endsWith("Shared");
        ObjectNode frame = entry.frame.deepCopy();
        frame.put("messageId", entry.id).put("redeliveryCount", counts ? entry.redeliveries : 0);
        counters.countDelivery(consumer.send(Json.text(frame)));
    }
}

package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The message service of a fake cloud: pushes live messages over a WebSocket of the kind that Apache Pulsar serves, encrypted
 * as the real ones are, again and again until they are acknowledged.
 *
 * <pre>{@code
 * SubscriptionOptions options = SubscriptionOptions.builder()
 *         .endpoint(fake.messages().endpoint())
 *         .build();
 * cloud.messages().subscribe(handler, options);
 * fake.messages().push(DemoWorld.PLUG, "switch_1", true);
 * fake.messages().awaitAcknowledged(1, Duration.ofSeconds(5));
 * }</pre>
 */
public final class FakeMessages {
    private final FakeServer server;
    private final World world;
    private final Clock clock;
    private final Quirks quirks;
    private final MessageSeal seal;
    private final MessageDoor door;
    private volatile boolean batching;

    FakeMessages(FakeServer server, World world, Clock clock, Quirks quirks, MessageSeal seal, MessageDoor door) {
        this.server = server;
        this.world = world;
        this.clock = clock;
        this.quirks = quirks;
        this.seal = seal;
        this.door = door;
        if (quirks.has(Quirk.BATCHED_MESSAGES)) {
            batching();
        }
        if (quirks.has(Quirk.OLD_MESSAGE_GATEWAY)) {
            oldGateway();
        }
    }

    /** What a subscription takes for the address of the message service, as in {@code ws://127.0.0.1:12345}. */
    public String endpoint() {
        return server.messageEndpoint();
    }

    /** Pushes a report of one value of a device, known or not, as the older message set has it. */
    public FakeMessages push(String deviceId, String code, Object value) {
        FakeDevice device = world.find(deviceId);
        JsonNode tree = Json.tree(value);
        ObjectNode item = Json.object().put("code", code).put("t", time());
        item.set("value", tree);
        ObjectNode content = Json.object()
                .put("dataId", "data-" + seal.nextNumber())
                .put("devId", deviceId)
                .put("productKey", device == null ? "unknown" : device.product().id());
        if (device != null) {
            device.product()
                    .dataPoint(code)
                    .filter(point -> point.dpId() > 0)
                    .ifPresent(point -> item.put(String.valueOf(point.dpId()), tree.asText()));
        }
        content.putArray("status").add(item);
        return push(FakeMessage.of(4, content).withKey(deviceId));
    }

    /** Pushes an event of a device, such as {@code online}, as the older message set has it. */
    public FakeMessages pushEvent(String deviceId, String bizCode, Map<String, ?> bizData) {
        FakeDevice device = world.find(deviceId);
        ObjectNode content = Json.object()
                .put("bizCode", bizCode)
                .put("devId", deviceId)
                .put("productKey", device == null ? "unknown" : device.product().id())
                .put("ts", time());
        JsonNode data = Json.tree(bizData);
        boolean timeInData = bizCode.equals("online") || bizCode.equals("offline");
        if (quirks.has(Quirk.ZERO_TIMES) && timeInData && data instanceof ObjectNode object && !object.has("time")) {
            object.put("time", clock.instant().getEpochSecond());
        }
        content.set("bizData", data);
        return push(FakeMessage.of(20, content).withKey(deviceId));
    }

    /** Pushes any message. */
    public FakeMessages push(FakeMessage message) {
        if (batching) {
            return pushBatch(List.of(message));
        }
        door.topic(message.test()).publish(sealed(message));
        return this;
    }

    /**
     * Pushes messages in one batch, as a producer does that sends much: their ids differ only in the place in the batch.
     * All go to the environment of the first.
     */
    public FakeMessages pushBatch(List<FakeMessage> messages) {
        if (!messages.isEmpty()) {
            door.topic(messages.get(0).test())
                    .publishBatch(messages.stream().map(this::sealed).toList());
        }
        return this;
    }

    private long time() {
        return quirks.has(Quirk.ZERO_TIMES) ? 0 : clock.millis();
    }

    private MessageTopic.Sealed sealed(FakeMessage message) {
        return new MessageTopic.Sealed(seal.seal(message), message.key());
    }

    /** Pushes each message in a batch of its own from now on. */
    public FakeMessages batching() {
        batching = true;
        return this;
    }

    /**
     * Behaves from now on as a gateway before version 2.8 does: takes every frame for an acknowledgement, and the
     * acknowledgement of one message for that of its whole batch.
     */
    public FakeMessages oldGateway() {
        door.topic(false).becomeOld();
        door.topic(true).becomeOld();
        return this;
    }

    /** Delivers everything unacknowledged again on the connections that have it. */
    public FakeMessages redeliver() {
        door.topic(false).redeliver();
        door.topic(true).redeliver();
        return this;
    }

    /** Sends a text that is not a message to all clients; it takes a place of their queues. */
    public FakeMessages sendRaw(String frame) {
        door.topic(false).sendRaw(frame);
        door.topic(true).sendRaw(frame);
        return this;
    }

    /**
     * Cuts all connections off, those of calls too, as a broken network does; messages that are not acknowledged come again.
     */
    public FakeMessages dropConnections() {
        server.cutConnections();
        return this;
    }

    /** Answers the next handshakes with an HTTP status of its own, such as 401 or 503. */
    public FakeMessages refuseConnections(int httpStatus, int times) {
        door.refuse(httpStatus, times);
        return this;
    }

    /** How many connections there are now. */
    public int connections() {
        return door.connections();
    }

    /** How many handshakes were tried so far, refused ones too. */
    public long handshakes() {
        return door.handshakes();
    }

    /** How many deliveries were made, repeated ones included. */
    public long delivered() {
        return door.tally().delivered();
    }

    /** How many messages were acknowledged. */
    public long acknowledged() {
        return door.tally().acknowledged();
    }

    /** How many deliveries were answered with a negative acknowledgement. */
    public long negativelyAcknowledged() {
        return door.tally().negativelyAcknowledged();
    }

    /**
     * Returns the number of messages that are not acknowledged yet, in both environments. A message that no client has is
     * forgotten two hours after it was pushed, by the fake cloud's clock.
     */
    public int unacknowledged() {
        door.topic(false).expire();
        door.topic(true).expire();
        return door.topic(false).size() + door.topic(true).size();
    }

    /** How many deliveries on the present connections have no answer yet. */
    public int pending() {
        return door.topic(false).pending() + door.topic(true).pending();
    }

    /** The most deliveries to one connection that were not answered at the same time. */
    public int mostPending() {
        return door.tally().mostPending();
    }

    /** Waits until so many messages have been acknowledged in all; false when they have not been in that time. */
    public boolean awaitAcknowledged(long messages, Duration timeout) throws InterruptedException {
        return door.tally().await(() -> acknowledged() >= messages, timeout);
    }

    /** Waits until so many deliveries have been made in all; false when they have not been in that time. */
    public boolean awaitDelivered(long deliveries, Duration timeout) throws InterruptedException {
        return door.tally().await(() -> delivered() >= deliveries, timeout);
    }

    /** Waits until there are so many connections; false when that has not been so in that time. */
    public boolean awaitConnections(int wanted, Duration timeout) throws InterruptedException {
        return door.tally().await(() -> connections() == wanted, timeout);
    }
}

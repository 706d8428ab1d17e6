package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The message service of a fake cloud. It pushes live messages, encrypted like the real ones, over a WebSocket like
 * Apache Pulsar's, and redelivers them until they are acknowledged.
 *
 * <pre>{@code
 * cloud.messages().subscribe(handler);
 * fake.messages().push(DemoWorld.PLUG, "switch_1", true);
 * fake.messages().awaitAcknowledged(1, Duration.ofSeconds(5));
 * }</pre>
 */
public final class FakeMessages {
    private final FakeServer server;
    private final World world;
    private final Clock clock;
    private final Quirks quirks;
    private final MessageEncoder encoder;
    private final MessageGateway gateway;
    private volatile boolean batching;

    FakeMessages(
            FakeServer server,
            World world,
            Clock clock,
            Quirks quirks,
            MessageEncoder encoder,
            MessageGateway gateway) {
        this.server = server;
        this.world = world;
        this.clock = clock;
        this.quirks = quirks;
        this.encoder = encoder;
        this.gateway = gateway;
        if (quirks.has(Quirk.BATCHED_MESSAGES)) {
            batching();
        }
        if (quirks.has(Quirk.OLD_MESSAGE_GATEWAY)) {
            oldGateway();
        }
    }

    /**
     * Returns the address of the message service, such as {@code ws://127.0.0.1:12345}. A client with the fake's
     * {@code endpoint()} uses it automatically.
     */
    public String endpoint() {
        return server.messageEndpoint();
    }

    /** Pushes a report of one value, in the older message set. The device need not exist. */
    public FakeMessages push(String deviceId, String code, Object value) {
        FakeDevice device = world.find(deviceId);
        JsonNode tree = Json.tree(value);
        ObjectNode item = Json.object().put("code", code).put("t", time());
        item.set("value", tree);
        ObjectNode content = Json.object()
                .put("dataId", "data-" + encoder.nextNumber())
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

    /** Pushes an event of a device, such as {@code online}, in the older message set. */
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
        gateway.topic(message.test()).publish(encoded(message));
        return this;
    }

    /**
     * Pushes messages as one batch, like a busy producer: their ids differ only in the index within the batch. All of
     * them go to the environment of the first message.
     */
    public FakeMessages pushBatch(List<FakeMessage> messages) {
        if (!messages.isEmpty()) {
            gateway.topic(messages.get(0).test())
                    .publishBatch(messages.stream().map(this::encoded).toList());
        }
        return this;
    }

    private long time() {
        return quirks.has(Quirk.ZERO_TIMES) ? 0 : clock.millis();
    }

    private MessageTopic.Outgoing encoded(FakeMessage message) {
        return new MessageTopic.Outgoing(encoder.encode(message), message.key());
    }

    /** Sets that each message is pushed as a batch of one from now on. */
    public FakeMessages batching() {
        batching = true;
        return this;
    }

    /**
     * Sets that the service behaves like a gateway before version 2.8 from now on: it treats every frame as an
     * acknowledgment, and the acknowledgment of one message as that of its whole batch.
     */
    public FakeMessages oldGateway() {
        gateway.topic(false).becomeOld();
        gateway.topic(true).becomeOld();
        return this;
    }

    /** Delivers all unacknowledged messages again, each on the connection that already received it. */
    public FakeMessages redeliver() {
        gateway.topic(false).redeliver();
        gateway.topic(true).redeliver();
        return this;
    }

    /** Sends a text that is not a message to all clients. It takes up a place in their receiver queues. */
    public FakeMessages sendRaw(String frame) {
        gateway.topic(false).sendRaw(frame);
        gateway.topic(true).sendRaw(frame);
        return this;
    }

    /**
     * Cuts all connections, including those of calls, like a network failure. Unacknowledged messages are redelivered.
     */
    public FakeMessages dropConnections() {
        server.cutConnections();
        return this;
    }

    /** Sets the HTTP status with which the next handshakes are refused, such as 401 or 503. */
    public FakeMessages refuseConnections(int httpStatus, int times) {
        gateway.refuse(httpStatus, times);
        return this;
    }

    /** Returns the number of open connections. */
    public int connections() {
        return gateway.connections();
    }

    /** Returns the number of handshakes so far, including refused ones. */
    public long handshakes() {
        return gateway.handshakes();
    }

    /** Returns the number of deliveries so far, including redeliveries. */
    public long delivered() {
        return gateway.counters().delivered();
    }

    /** Returns the number of acknowledged messages. */
    public long acknowledged() {
        return gateway.counters().acknowledged();
    }

    /** Returns the number of negatively acknowledged deliveries. */
    public long negativelyAcknowledged() {
        return gateway.counters().negativelyAcknowledged();
    }

    /**
     * Returns the number of unacknowledged messages in both environments. A message that no client has received is
     * dropped two hours after it was pushed, by the fake cloud's clock.
     */
    public int unacknowledged() {
        gateway.topic(false).expire();
        gateway.topic(true).expire();
        return gateway.topic(false).size() + gateway.topic(true).size();
    }

    /** Returns the number of outstanding deliveries on the open connections. */
    public int pending() {
        return gateway.topic(false).pending() + gateway.topic(true).pending();
    }

    /** Returns the largest number of simultaneously outstanding deliveries on one connection. */
    public int mostPending() {
        return gateway.counters().mostPending();
    }

    /** Waits until the given number of messages has been acknowledged in total; returns false on timeout. */
    public boolean awaitAcknowledged(long messages, Duration timeout) throws InterruptedException {
        return gateway.counters().await(() -> acknowledged() >= messages, timeout);
    }

    /** Waits until the given number of deliveries has been made in total; returns false on timeout. */
    public boolean awaitDelivered(long deliveries, Duration timeout) throws InterruptedException {
        return gateway.counters().await(() -> delivered() >= deliveries, timeout);
    }

    /** Waits until the given number of connections is open; returns false on timeout. */
    public boolean awaitConnections(int wanted, Duration timeout) throws InterruptedException {
        return gateway.counters().await(() -> connections() == wanted, timeout);
    }
}

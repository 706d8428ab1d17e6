package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A device in the fake cloud; tests may look at it and change it while requests come in. */
public final class FakeDevice {
    private static final int REMEMBERED_COMMANDS = 10_000;

    /** The value of a data point and when it was last set. */
    record Property(JsonNode value, Instant since) {}

    private final FakeDeviceBuilder made;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final LogBook log = new LogBook();
    private final Ring<FakeCommand> commands = new Ring<>(REMEMBERED_COMMANDS);
    private volatile String name;
    private volatile boolean online;
    private volatile String localKey;
    private volatile Instant updatedAt;

    FakeDevice(FakeDeviceBuilder made) {
        this.made = made;
        this.name = made.name;
        this.online = made.online;
        this.localKey = made.localKey;
        this.updatedAt = made.createdAt;
        for (FakeDataPoint point : made.product.dataPoints()) {
            setStatus(point.code(), point.initialValue());
        }
        made.status.forEach(this::setStatus);
    }

    /** A device with this id, everything else made up but always the same. */
    public static FakeDeviceBuilder builder(String id, FakeProduct product) {
        return new FakeDeviceBuilder(id, product);
    }

    public String id() {
        return made.id;
    }

    public FakeProduct product() {
        return made.product;
    }

    /** The account that owns it. */
    public String uid() {
        return made.uid;
    }

    public String name() {
        return name;
    }

    public boolean online() {
        return online;
    }

    public String localKey() {
        return localKey;
    }

    /** Twelve hex digits, sixteen for a sub-device; no colons. */
    public String mac() {
        return made.mac;
    }

    public String uuid() {
        return made.uuid;
    }

    /** The serial number, null when the cloud knows none. */
    public @Nullable String serialNumber() {
        return made.serialNumber;
    }

    /** The gateway that a sub-device hangs on, null for other devices. */
    public @Nullable String gatewayId() {
        return made.gatewayId;
    }

    /** The home that it is in. */
    public long homeId() {
        return made.homeId;
    }

    /** What the cloud takes for its address: the public one, never that on the local network. */
    public String publicIp() {
        return made.publicIp;
    }

    /** The values of all data points by code, custom ones too, as plain Java. */
    public Map<String, @Nullable Object> status() {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        properties().forEach((code, property) -> status.put(code, Json.plain(property.value())));
        return Collections.unmodifiableMap(status);
    }

    /** The value of one data point, null when it has none. */
    public @Nullable Object status(String code) {
        return status().get(code);
    }

    /** What was carried out so far, oldest first; the last 10,000 commands are remembered. */
    public List<FakeCommand> commands() {
        return commands.list();
    }

    /** Sets a value as if the device had it all the time: nothing is logged. */
    public FakeDevice setStatus(String code, Object value) {
        set(code, Json.tree(value), updatedAt);
        return this;
    }

    public FakeDevice setOnline(boolean isOnline) {
        online = isOnline;
        return this;
    }

    public FakeDevice setName(String newName) {
        name = newName;
        return this;
    }

    /** Gives it another key, as pairing it again does. */
    public FakeDevice setLocalKey(String newLocalKey) {
        localKey = newLocalKey;
        return this;
    }

    @Override
    public String toString() {
        return "FakeDevice[" + id() + " \"" + name + "\"]";
    }

    /** A command that passed the checks is carried out: value, log and list of commands change. */
    void carryOut(String code, JsonNode value, Instant now) {
        set(code, value, now);
        commands.add(new FakeCommand(code, Json.plain(value), now));
        log.add(new FakeLogEntry(now, 7, code, value.asText(), "3"));
    }

    /** The device itself reports a value. */
    void report(String code, Object value, Instant now) {
        JsonNode tree = Json.tree(value);
        set(code, tree, now);
        log.add(FakeLogEntry.report(now, code, tree.isValueNode() ? tree.asText() : Json.text(tree)));
    }

    Map<String, Property> properties() {
        synchronized (properties) {
            return new LinkedHashMap<>(properties);
        }
    }

    /** What the instruction set shows of its values: the wire form of a status. */
    ArrayNode standardStatus() {
        ArrayNode status = Json.array();
        properties().forEach((code, property) -> {
            if (product().dataPoint(code).map(FakeDataPoint::standard).orElse(true)) {
                status.addObject().put("code", code).set("value", property.value());
            }
        });
        return status;
    }

    LogBook log() {
        return log;
    }

    Instant createdAt() {
        return made.createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    private void set(String code, JsonNode value, Instant now) {
        synchronized (properties) {
            properties.put(code, new Property(value, now));
        }
        updatedAt = now;
    }
}

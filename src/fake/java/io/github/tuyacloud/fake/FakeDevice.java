package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device in the fake cloud. A test may inspect and change it while requests arrive. */
public final class FakeDevice {
    private static final int REMEMBERED_COMMANDS = 10_000;

    private static final int REMEMBERED_VALUES = 16;

    /**
     * The value of a data point.
     *
     * @param since when it was set
     * @param neverSet whether it is still the initial value of the product
     * @param before the value that it replaced
     */
    record Property(
            JsonNode value,
            Instant since,
            boolean neverSet,
            @Nullable Property before) {
        /** Returns the value at the given time, or the oldest one that is still known. */
        Property asOf(Instant time) {
            Property then = this;
            while (then.since.isAfter(time) && then.before != null) {
                then = then.before;
            }
            return then;
        }

        JsonNode shown(boolean emptyIfNeverSet) {
            boolean canBeEmpty = value.isBoolean() || value.isTextual();
            return neverSet && emptyIfNeverSet && canBeEmpty ? Json.tree("") : value;
        }

        /** Returns a copy without values so old that they are no longer needed. */
        private @Nullable Property limited(int depth) {
            return depth == 0
                    ? null
                    : new Property(value, since, neverSet, before == null ? null : before.limited(depth - 1));
        }
    }

    private final String id;
    private final FakeProduct product;
    private final String uid;
    private final String uuid;
    private final String mac;
    private final @Nullable String serialNumber;
    private final @Nullable String gatewayId;
    private final long homeId;
    private final Set<String> sharedWith;
    private final String publicIp;
    private final Instant createdAt;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final EventLog log = new EventLog();
    private final Ring<FakeCommand> commands = new Ring<>(REMEMBERED_COMMANDS);
    private volatile String name;
    private volatile boolean online;
    private volatile String localKey;
    private volatile Instant updatedAt;
    private volatile Temper temper;

    FakeDevice(FakeDeviceBuilder builder) {
        this.id = builder.id;
        this.product = builder.product;
        this.uid = builder.uid;
        this.uuid = builder.uuid;
        this.mac = builder.mac();
        this.serialNumber = builder.serialNumber;
        this.gatewayId = builder.gatewayId;
        this.homeId = builder.homeId;
        this.sharedWith = builder.sharedWith;
        this.publicIp = builder.publicIp;
        this.createdAt = builder.createdAt;
        this.name = builder.name;
        this.online = builder.online;
        this.localKey = builder.localKey;
        this.updatedAt = builder.createdAt;
        this.temper = builder.temper;
        for (FakeDataPoint point : product.dataPoints()) {
            properties.put(point.code(), new Property(Json.tree(point.initialValue()), builder.createdAt, true, null));
        }
        builder.status.forEach(this::setStatus);
    }

    /**
     * Returns a builder for a device. Properties that are not set are derived from the id and are therefore the same
     * in every run.
     *
     * @param id the device id
     * @param product the product
     * @return a new builder
     */
    public static FakeDeviceBuilder builder(String id, FakeProduct product) {
        return new FakeDeviceBuilder(id, product);
    }

    /** {@return the device id, which begins with {@code bf} on newer devices} */
    public String id() {
        return id;
    }

    /** {@return its product} */
    public FakeProduct product() {
        return product;
    }

    /** {@return the uid of the account that owns it} */
    public String uid() {
        return uid;
    }

    /** {@return the name given by its owner} */
    public String name() {
        return name;
    }

    /** {@return whether the cloud can reach it; commands are refused if not} */
    public boolean online() {
        return online;
    }

    /** {@return the key to its local protocol; empty if it has none} */
    public String localKey() {
        return localKey;
    }

    /** {@return the MAC address: twelve hex digits, sixteen for a sub-device, without colons} */
    public String mac() {
        return mac;
    }

    /** {@return the UUID of its hardware, which is also the node id of a sub-device} */
    public String uuid() {
        return uuid;
    }

    /** {@return the serial number, or null if the cloud does not know it} */
    public @Nullable String serialNumber() {
        return serialNumber;
    }

    /** {@return the id of the gateway that it belongs to, or null if it is not a sub-device} */
    public @Nullable String gatewayId() {
        return gatewayId;
    }

    /** {@return the number of the home that it is in} */
    public long homeId() {
        return homeId;
    }

    /** {@return the public IP address, as the cloud sees it} */
    public String publicIp() {
        return publicIp;
    }

    /** {@return a snapshot of the values of all data points, including custom ones, by code, as plain Java} */
    public Map<String, @Nullable Object> status() {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        properties().forEach((code, property) -> status.put(code, Json.plain(property.value())));
        return Collections.unmodifiableMap(status);
    }

    /**
     * Returns the value of one data point.
     *
     * @param code the data point
     * @return the value as plain Java, or null if it has none
     */
    public @Nullable Object status(String code) {
        return status().get(code);
    }

    /** {@return a snapshot of the commands that it has carried out, oldest first; the last 10,000 are recorded} */
    public List<FakeCommand> commands() {
        return commands.list();
    }

    /**
     * Sets a value as if the device had always had it: nothing is logged or pushed.
     *
     * @param code the data point
     * @param value the value as plain Java
     * @return this device
     */
    public FakeDevice setStatus(String code, Object value) {
        set(code, Json.tree(value), updatedAt);
        return this;
    }

    /**
     * Sets whether the cloud can reach it. Nothing is logged or pushed.
     *
     * @param isOnline whether it is online
     * @return this device
     */
    public FakeDevice setOnline(boolean isOnline) {
        online = isOnline;
        return this;
    }

    /**
     * Sets its name, as its owner does in the app.
     *
     * @param newName the name
     * @return this device
     */
    public FakeDevice setName(String newName) {
        name = newName;
        return this;
    }

    /**
     * Sets a new local key, as if the device was paired again.
     *
     * @param newLocalKey the local key
     * @return this device
     */
    public FakeDevice setLocalKey(String newLocalKey) {
        localKey = newLocalKey;
        return this;
    }

    /**
     * Sets how it handles commands from now on.
     *
     * @param newTemper how it behaves
     * @return this device
     */
    public FakeDevice setTemper(Temper newTemper) {
        temper = Objects.requireNonNull(newTemper, "newTemper");
        return this;
    }

    Temper temper() {
        return temper;
    }

    @Override
    public String toString() {
        return "FakeDevice[" + id + " \"" + name + "\"]";
    }

    /** Carries out a command that passed the checks: value, log and list of commands change. */
    void carryOut(String code, JsonNode value, Instant now) {
        set(code, value, now);
        commands.add(new FakeCommand(code, Json.plain(value), now));
        log.add(new FakeLogEntry(now, 7, code, value.asText(), "3"));
    }

    /** Changes a value and logs it, as if the device had reported it. */
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

    /** Returns the values of the standard instruction set at the given time, in the wire format of a status. */
    ArrayNode standardStatus(Instant asOf, boolean emptyIfNeverSet) {
        ArrayNode status = Json.array();
        properties().forEach((code, property) -> {
            if (product.dataPoint(code).map(FakeDataPoint::standard).orElse(true)) {
                status.addObject()
                        .put("code", code)
                        .set("value", property.asOf(asOf).shown(emptyIfNeverSet));
            }
        });
        return status;
    }

    Set<String> sharedWith() {
        return sharedWith;
    }

    EventLog log() {
        return log;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    private void set(String code, JsonNode value, Instant now) {
        synchronized (properties) {
            Property before = properties.get(code);
            properties.put(
                    code, new Property(value, now, false, before == null ? null : before.limited(REMEMBERED_VALUES)));
        }
        updatedAt = now;
    }
}

package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A device, as listed by the cloud or stored in a {@code devices.json}.
 *
 * <p>A device keeps all members of the cloud's response, which the accessors read. An accessor whose member is absent
 * returns null.
 *
 * <p>{@link #asMap()} returns everything, including the local key. Jackson, and therefore most web frameworks, write
 * only {@link #asPublicMap()}.
 */
public final class Device {

    /** The members that have an accessor, with the cloud's names; only {@code local_ip} is this library's name. */
    private enum Field {
        ID("id"),
        NAME("name"),
        LOCAL_KEY("local_key"),
        MAC("mac"),
        UUID("uuid"),
        SN("sn"),
        CATEGORY("category"),
        CATEGORY_NAME("category_name"),
        PRODUCT_ID("product_id"),
        PRODUCT_NAME("product_name"),
        MODEL("model"),
        ICON("icon"),
        SUB("sub"),
        GATEWAY_ID("gateway_id"),
        PARENT("parent"),
        NODE_ID("node_id"),
        UID("uid"),
        OWNER_ID("owner_id"),
        ASSET_ID("asset_id"),
        BIZ_TYPE("biz_type"),
        ONLINE("online"),
        PUBLIC_IP("ip"),
        LOCAL_IP("local_ip"),
        LAST_IP("last_ip"),
        VERSION("version"),
        LAT("lat"),
        LON("lon"),
        TIME_ZONE("time_zone"),
        ACTIVE_TIME("active_time"),
        CREATE_TIME("create_time"),
        UPDATE_TIME("update_time"),
        STATUS("status"),
        MAPPING("mapping");

        private static final Set<String> NAMES =
                Arrays.stream(values()).map(Field::key).collect(Collectors.toUnmodifiableSet());

        /** The private members: who owns the device, where it is, and how to control it. */
        private static final Set<String> PRIVATE =
                EnumSet.of(LOCAL_KEY, UID, LAT, LON, PUBLIC_IP, LOCAL_IP, LAST_IP).stream()
                        .map(Field::key)
                        .collect(Collectors.toUnmodifiableSet());

        private final String key;

        Field(String key) {
            this.key = key;
        }

        private String key() {
            return key;
        }
    }

    /** Other names of members: those of the thing model's list of devices. */
    private static final Map<String, Field> OTHER_NAMES = Map.ofEntries(
            Map.entry("localKey", Field.LOCAL_KEY),
            Map.entry("productId", Field.PRODUCT_ID),
            Map.entry("productName", Field.PRODUCT_NAME),
            Map.entry("categoryName", Field.CATEGORY_NAME),
            Map.entry("isOnline", Field.ONLINE),
            Map.entry("gatewayId", Field.GATEWAY_ID),
            Map.entry("nodeId", Field.NODE_ID),
            Map.entry("timeZone", Field.TIME_ZONE),
            Map.entry("activeTime", Field.ACTIVE_TIME),
            Map.entry("createTime", Field.CREATE_TIME),
            Map.entry("updateTime", Field.UPDATE_TIME));

    /** All members; the mapping is a {@link DpMapping} unless it was given as JSON. */
    private final JsonObject fields;

    /** Status and mapping, parsed on first use. Both are immutable, so a race merely parses them twice. */
    private @Nullable List<DataPoint> status;

    private @Nullable DpMapping mapping;

    private Device(JsonObject json) {
        String id = JsonValues.text(json.get(Field.ID.key));
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a device has no id");
        }
        this.fields = json;
    }

    /**
     * Creates a device from its members.
     *
     * @param json the members by the cloud's names ({@code local_key}, {@code product_id} and so on), with
     *     {@code local_ip} for the address on the local network; {@code id} is required. {@code mapping} is a
     *     {@link DpMapping}, which devices can share, or its JSON form. The names that
     *     {@code GET /v2.0/cloud/thing/device} uses instead, such as {@code localKey}, are replaced
     * @return the device
     * @throws IllegalArgumentException if there is no {@code id}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Device fromMap(Map<String, ? extends @Nullable Object> json) {
        Map<String, @Nullable Object> fields = Objects.requireNonNull(JsonValues.object(json), "json");
        boolean hasOtherNames = fields.containsKey("localKey") || fields.containsKey("productId");
        return new Device(JsonObject.copyOf(hasOtherNames ? withOwnNames(fields) : fields));
    }

    private static Map<String, @Nullable Object> withOwnNames(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> renamed = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Field field = OTHER_NAMES.get(name);
            renamed.put(field == null || fields.containsKey(field.key) ? name : field.key, value);
        });
        return renamed;
    }

    /**
     * Returns all members of the device, including the local key and other secrets.
     *
     * @return an unmodifiable map of plain Java values, by the cloud's names; its {@code toString} hides the local key
     */
    public Map<String, @Nullable Object> asMap() {
        return fields.get(Field.MAPPING.key) instanceof DpMapping shared
                ? fields.with(Field.MAPPING.key, shared.asMap())
                : fields;
    }

    /**
     * Returns the members that may be published: all but {@code local_key}, {@code uid}, {@code lat}, {@code lon},
     * {@code ip}, {@code local_ip} and {@code last_ip}. This is what Jackson serializes.
     *
     * @return an unmodifiable map of plain Java values, by the cloud's names
     */
    @JsonValue
    public Map<String, @Nullable Object> asPublicMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(asMap());
        json.keySet().removeAll(Field.PRIVATE);
        return JsonObject.copyOf(json);
    }

    /** {@return the device id, which identifies the device in all calls; never blank} */
    public String id() {
        return Objects.requireNonNull(text(Field.ID));
    }

    /** {@return the name given by the owner, or null} */
    public @Nullable String name() {
        return text(Field.NAME);
    }

    /** {@return the local key, a secret that encrypts the traffic with the device on the local network, or null} */
    public @Nullable String key() {
        return text(Field.LOCAL_KEY);
    }

    /** {@return the hardware (MAC) address as the cloud sent it, or null} */
    public @Nullable String mac() {
        return text(Field.MAC);
    }

    /** {@return the UUID of the hardware, or null} */
    public @Nullable String uuid() {
        return text(Field.UUID);
    }

    /** {@return the serial number, or null} */
    public @Nullable String sn() {
        return text(Field.SN);
    }

    /** {@return the product category, such as {@code cz} for a socket, or null} */
    public @Nullable String category() {
        return text(Field.CATEGORY);
    }

    /** {@return the name of the category, or null} */
    public @Nullable String categoryName() {
        return text(Field.CATEGORY_NAME);
    }

    /** {@return the product id, which all devices of a product share, or null} */
    public @Nullable String productId() {
        return text(Field.PRODUCT_ID);
    }

    /** {@return the name of the product, or null} */
    public @Nullable String productName() {
        return text(Field.PRODUCT_NAME);
    }

    /** {@return the manufacturer's model name, or null} */
    public @Nullable String model() {
        return text(Field.MODEL);
    }

    /** {@return the URL of an icon, which {@code getDevices} and {@code filterDevices} make absolute, or null} */
    public @Nullable String icon() {
        return text(Field.ICON);
    }

    /** {@return whether the device is connected through a gateway; false if unknown} */
    public boolean sub() {
        return flag(Field.SUB);
    }

    /**
     * {@return the device id of the gateway ({@code parent} in a {@code devices.json}); null or empty if it has no
     * gateway}
     */
    public @Nullable String gatewayId() {
        String gateway = text(Field.GATEWAY_ID);
        return gateway != null && !gateway.isEmpty() || text(Field.PARENT) == null ? gateway : text(Field.PARENT);
    }

    /** {@return the device's address behind the gateway, or null} */
    public @Nullable String nodeId() {
        return text(Field.NODE_ID);
    }

    /** {@return the id of the app user who owns the device, or null} */
    public @Nullable String uid() {
        return text(Field.UID);
    }

    /** {@return the id of the home that the device is in, as text, or null} */
    public @Nullable String ownerId() {
        return text(Field.OWNER_ID);
    }

    /** {@return the id of the asset that the device belongs to, in projects with assets, or null} */
    public @Nullable String assetId() {
        return text(Field.ASSET_ID);
    }

    /** {@return the cloud's business type, or null} */
    public @Nullable Long bizType() {
        return JsonValues.wholeNumber(fields.get(Field.BIZ_TYPE.key));
    }

    /** {@return whether the device is connected to the cloud; false if unknown} */
    public boolean online() {
        return flag(Field.ONLINE);
    }

    /** {@return the public address, as the cloud sees it; empty or null if unknown} */
    public @Nullable String publicIp() {
        return text(Field.PUBLIC_IP);
    }

    /**
     * {@return the address on the local network, or null. The cloud does not know it: it comes from the map passed to
     * {@code filterDevices} or from a {@code devices.json}}
     */
    public @Nullable String ip() {
        return text(Field.LOCAL_IP);
    }

    /**
     * {@return the address on the local network at which tinytuya last found the device, or null; only a
     * {@code devices.json} has it}
     */
    public @Nullable String lastIp() {
        return text(Field.LAST_IP);
    }

    /** {@return the version of the local protocol, such as {@code 3.3}, or null; only a {@code devices.json} has it} */
    public @Nullable String version() {
        return text(Field.VERSION);
    }

    /** {@return the latitude in degrees, as text, or null} */
    public @Nullable String lat() {
        return text(Field.LAT);
    }

    /** {@return the longitude in degrees, as text, or null} */
    public @Nullable String lon() {
        return text(Field.LON);
    }

    /** {@return the offset of the time zone, such as {@code +01:00}, or null} */
    public @Nullable String timeZone() {
        return text(Field.TIME_ZONE);
    }

    /** {@return when the device was last paired, or null} */
    public @Nullable Instant activeTime() {
        return time(Field.ACTIVE_TIME);
    }

    /** {@return when the device was first paired, or null} */
    public @Nullable Instant createTime() {
        return time(Field.CREATE_TIME);
    }

    /** {@return when the cloud's record of the device last changed, or null} */
    public @Nullable Instant updateTime() {
        return time(Field.UPDATE_TIME);
    }

    /** {@return the values of the data points; empty if the device list did not include them} */
    public List<DataPoint> status() {
        List<DataPoint> parsed = status;
        if (parsed == null) {
            parsed = readStatus(fields.get(Field.STATUS.key));
            status = parsed;
        }
        return parsed;
    }

    /**
     * {@return the meaning of the data points, which devices of one product share; null if it was not requested and is
     * not in the {@code devices.json}}
     */
    public @Nullable DpMapping mapping() {
        DpMapping parsed = mapping;
        if (parsed == null && fields.get(Field.MAPPING.key) != null) {
            parsed = readMapping(fields.get(Field.MAPPING.key));
            mapping = parsed;
        }
        return parsed;
    }

    /** {@return the members of the cloud's response that have no accessor, by the cloud's names; usually empty} */
    public Map<String, @Nullable Object> extra() {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(fields);
        extra.keySet().removeAll(Field.NAMES);
        return JsonObject.copyOf(extra);
    }

    /** Compares all members. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Device device && asMap().equals(device.asMap());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    /** Returns the id and a few other members, never the local key. */
    @Override
    public String toString() {
        return LogSafe.line(
                "Device[id={}, name={}, productId={}, category={}, online={}]",
                id(),
                name(),
                productId(),
                category(),
                online());
    }

    private static @Nullable DpMapping readMapping(@Nullable Object json) {
        if (json instanceof DpMapping shared) {
            return shared;
        }
        Map<String, @Nullable Object> object = JsonValues.object(json);
        return object == null ? null : DpMapping.fromMap(object);
    }

    private static List<DataPoint> readStatus(@Nullable Object json) {
        List<DataPoint> dataPoints = new ArrayList<>();
        if (json instanceof List<?> items) {
            for (Object item : items) {
                Map<String, @Nullable Object> object = JsonValues.object(item);
                if (object != null) {
                    dataPoints.add(DataPoint.fromMap(object));
                }
            }
        }
        return List.copyOf(dataPoints);
    }

    private @Nullable String text(Field field) {
        return JsonValues.text(fields.get(field.key));
    }

    private boolean flag(Field field) {
        return Boolean.TRUE.equals(JsonValues.flag(fields.get(field.key)));
    }

    private @Nullable Instant time(Field field) {
        return JsonValues.instant(JsonValues.wholeNumber(fields.get(field.key)));
    }
}

package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device as the cloud lists it, or as a {@code devices.json} keeps it.
 *
 * <p>It holds all that was said about the device under the cloud's own names; the accessors read it. A text that the cloud
 * left out is null.
 *
 * @param fields everything known, by the cloud's names ({@code local_key}, {@code product_id} ...), and {@code local_ip}
 *     for the address on the local network; its {@code toString} hides the local key
 */
public record Device(@JsonValue Map<String, @Nullable Object> fields) {

    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "local_key",
            "mac",
            "uuid",
            "sn",
            "category",
            "category_name",
            "product_id",
            "product_name",
            "model",
            "icon",
            "sub",
            "gateway_id",
            "node_id",
            "uid",
            "owner_id",
            "asset_id",
            "biz_type",
            "online",
            "ip",
            "local_ip",
            "last_ip",
            "version",
            "parent",
            "lat",
            "lon",
            "time_zone",
            "active_time",
            "create_time",
            "update_time",
            "status",
            "mapping");

    /**
     * Copies the fields.
     *
     * @throws IllegalArgumentException if there is no {@code id}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Device {
        fields = Objects.requireNonNull(JsonValues.object(fields), "fields");
        String id = JsonValues.text(fields.get("id"));
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a device has no id");
        }
    }

    /**
     * Makes a device of what is known about it.
     *
     * @param fields by the cloud's names; {@code id} must be there
     * @return the device
     * @throws IllegalArgumentException if there is no {@code id}
     */
    public static Device of(Map<String, ? extends @Nullable Object> fields) {
        return new Device(new LinkedHashMap<>(fields));
    }

    /**
     * Gives the device id, by which all calls name the device.
     *
     * @return never blank
     */
    public String id() {
        return Objects.requireNonNull(text("id"));
    }

    /**
     * Gives the name that its owner gave it.
     *
     * @return the name, or null
     */
    public @Nullable String name() {
        return text("name");
    }

    /**
     * Gives the local key, with which the device is spoken to on the local network; a secret.
     *
     * @return the key, or null
     */
    public @Nullable String key() {
        return text("local_key");
    }

    /**
     * Gives the hardware address.
     *
     * @return the MAC address as the cloud writes it, or null
     */
    public @Nullable String mac() {
        return text("mac");
    }

    /**
     * Gives the uuid of the hardware.
     *
     * @return the uuid, or null
     */
    public @Nullable String uuid() {
        return text("uuid");
    }

    /**
     * Gives the serial number.
     *
     * @return the serial number, or null
     */
    public @Nullable String sn() {
        return text("sn");
    }

    /**
     * Gives the product category, such as {@code cz} for a socket.
     *
     * @return the category, or null
     */
    public @Nullable String category() {
        return text("category");
    }

    /**
     * Gives the name of the category.
     *
     * @return the name, or null
     */
    public @Nullable String categoryName() {
        return text("category_name");
    }

    /**
     * Gives the product id, which devices of the same make share.
     *
     * @return the product id, or null
     */
    public @Nullable String productId() {
        return text("product_id");
    }

    /**
     * Gives the name of the product.
     *
     * @return the name, or null
     */
    public @Nullable String productName() {
        return text("product_name");
    }

    /**
     * Gives the maker's model name.
     *
     * @return the model, or null
     */
    public @Nullable String model() {
        return text("model");
    }

    /**
     * Gives the address of an icon: absolute after {@code getDevices} and {@code filterDevices}, else as the cloud says.
     *
     * @return the icon, or null
     */
    public @Nullable String icon() {
        return text("icon");
    }

    /**
     * Says whether it hangs behind a gateway.
     *
     * @return false also when nobody says
     */
    public boolean sub() {
        return flag("sub");
    }

    /**
     * Gives the device id of its gateway ({@code parent} in a {@code devices.json}).
     *
     * @return the gateway's id; null or empty when it has none
     */
    public @Nullable String gatewayId() {
        String gateway = text("gateway_id");
        return gateway != null && !gateway.isEmpty() || text("parent") == null ? gateway : text("parent");
    }

    /**
     * Gives its address behind the gateway.
     *
     * @return the node id, or null
     */
    public @Nullable String nodeId() {
        return text("node_id");
    }

    /**
     * Gives the app user that owns it.
     *
     * @return the uid, or null
     */
    public @Nullable String uid() {
        return text("uid");
    }

    /**
     * Gives the id of its home.
     *
     * @return the home id as text, or null
     */
    public @Nullable String ownerId() {
        return text("owner_id");
    }

    /**
     * Gives the id of its asset, in projects that have assets.
     *
     * @return the asset id, or null
     */
    public @Nullable String assetId() {
        return text("asset_id");
    }

    /**
     * Gives the cloud's business type.
     *
     * @return the number, or null
     */
    public @Nullable Long bizType() {
        return JsonValues.wholeNumber(fields.get("biz_type"));
    }

    /**
     * Says whether the cloud is in touch with it.
     *
     * @return false also when nobody says
     */
    public boolean online() {
        return flag("online");
    }

    /**
     * Gives its public address, as the cloud sees it.
     *
     * @return the address, empty or null when it is not known
     */
    public @Nullable String publicIp() {
        return text("ip");
    }

    /**
     * Gives its address on the local network, which the cloud does not know: from {@code filterDevices}' map or a
     * {@code devices.json}.
     *
     * @return the address, or null
     */
    public @Nullable String ip() {
        return text("local_ip");
    }

    /**
     * Gives the version of its local protocol, which only a {@code devices.json} knows.
     *
     * @return such as {@code 3.3}, or null
     */
    public @Nullable String version() {
        return text("version");
    }

    /**
     * Gives the latitude.
     *
     * @return degrees as text, or null
     */
    public @Nullable String lat() {
        return text("lat");
    }

    /**
     * Gives the longitude.
     *
     * @return degrees as text, or null
     */
    public @Nullable String lon() {
        return text("lon");
    }

    /**
     * Gives the offset of its time zone.
     *
     * @return such as {@code +01:00}, or null
     */
    public @Nullable String timeZone() {
        return text("time_zone");
    }

    /**
     * Says when it was last paired.
     *
     * @return the moment, or null
     */
    public @Nullable Instant activeTime() {
        return time("active_time");
    }

    /**
     * Says when it was first paired.
     *
     * @return the moment, or null
     */
    public @Nullable Instant createTime() {
        return time("create_time");
    }

    /**
     * Says when the cloud's record of it last changed.
     *
     * @return the moment, or null
     */
    public @Nullable Instant updateTime() {
        return time("update_time");
    }

    /**
     * Gives the values of its data points, where the list carries them.
     *
     * @return the data points; empty when the list does not carry them
     */
    public List<DataPoint> status() {
        return fields.get("status") instanceof List<?> list
                ? list.stream()
                        .map(JsonValues::object)
                        .filter(Objects::nonNull)
                        .map(DataPoint::fromMap)
                        .toList()
                : List.of();
    }

    /**
     * Gives what its data points mean.
     *
     * @return the mapping when one was asked for or is in the {@code devices.json}; else null
     */
    public @Nullable DpMapping mapping() {
        Map<String, @Nullable Object> mapping = JsonValues.object(fields.get("mapping"));
        return mapping == null ? null : DpMapping.fromMap(mapping);
    }

    /**
     * Gives what the cloud says beyond the accessors of this type.
     *
     * @return by the cloud's names; mostly empty
     */
    public Map<String, @Nullable Object> extra() {
        JsonReader rest = new JsonReader(fields);
        KNOWN.forEach(rest::any);
        return rest.extra();
    }

    /** Shows what tells devices apart, and never the local key. */
    @Override
    public String toString() {
        return "Device[id=" + id() + ", name=" + name() + ", productId=" + productId() + ", category=" + category()
                + ", online=" + online() + "]";
    }

    private @Nullable String text(String name) {
        return JsonValues.text(fields.get(name));
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(JsonValues.flag(fields.get(name)));
    }

    private @Nullable Instant time(String name) {
        return Values.instant(JsonValues.wholeNumber(fields.get(name)));
    }
}

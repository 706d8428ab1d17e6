package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads lists in results. The cloud may omit an empty list or send null instead. */
public final class Results {

    /** The possible names of a device list within an object. */
    private static final List<String> DEVICES = List.of("devices", "list");

    private static final List<String> STATUS = List.of("status");

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private Results() {}

    /**
     * Reads a list of devices, which is the result of a response or a member of it.
     *
     * @param response the response
     * @return the devices; devices without an id are skipped
     * @throws IllegalArgumentException if there is no list of devices
     */
    public static List<Device> devices(Envelope response) {
        return deviceRecords(response).stream().map(Device::fromMap).toList();
    }

    /** Like {@link #devices}, but returns the JSON objects. */
    static List<Map<String, @Nullable Object>> deviceRecords(Envelope response) {
        return DeviceIndex.devicesIn(ResultReader.listIn(response, DEVICES));
    }

    /**
     * Returns a list in an object; empty if it is missing or null.
     *
     * @throws IllegalArgumentException if the member is not a list
     */
    static List<?> list(Map<String, ? extends @Nullable Object> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a list");
        }
        return list;
    }

    /**
     * Returns a list of objects in an object; empty if it is missing or null.
     *
     * @param object the object
     * @param name the name of the list
     * @return the objects in the list
     * @throws IllegalArgumentException if the member is not a list, or an item is not an object
     */
    public static List<Map<String, @Nullable Object>> objects(
            Map<String, ? extends @Nullable Object> object, String name) {
        return JsonValues.objects(list(object, name));
    }

    /**
     * Reads a list, which is the result of a response or a member of it. Items that cannot be read, such as those
     * without an id, are skipped with a warning.
     *
     * @param response the response
     * @param name the name of the list in an object; {@code list} is accepted as well
     * @param reader reads an item
     * @param <T> the type of an item
     * @return the items
     * @throws IllegalArgumentException if there is no list of objects, or no item can be read
     */
    public static <T> List<T> items(
            Envelope response, String name, Function<Map<String, @Nullable Object>, ? extends T> reader) {
        return readable(ResultReader.listIn(response, List.of(name, "list")), name, reader);
    }

    /**
     * Like {@link #items}, but for a list in an object; empty if it is missing or null.
     *
     * @param object the object
     * @param name the name of the list
     * @param reader reads an item
     * @param <T> the type of an item
     * @return the items
     * @throws IllegalArgumentException if the member is not a list of objects, or no item can be read
     */
    public static <T> List<T> items(
            Map<String, ? extends @Nullable Object> object,
            String name,
            Function<Map<String, @Nullable Object>, ? extends T> reader) {
        return readable(list(object, name), name, reader);
    }

    private static <T> List<T> readable(
            List<?> list, String name, Function<Map<String, @Nullable Object>, ? extends T> reader) {
        List<T> items = new ArrayList<>(list.size());
        IllegalArgumentException reason = null;
        for (Map<String, @Nullable Object> object : JsonValues.objects(list)) {
            try {
                items.add(reader.apply(object));
            } catch (IllegalArgumentException e) {
                reason = e;
            }
        }
        if (reason != null) {
            if (items.isEmpty()) {
                throw reason;
            }
            LogSafe.warn(
                    LOG,
                    "Skipped {} in the cloud's list that cannot be read ({}); remaining: {}",
                    name,
                    reason.getMessage(),
                    items.size());
        }
        return List.copyOf(items);
    }

    /**
     * Reads whether a device is online.
     *
     * @param device the cloud's JSON object of a device
     * @return whether the device is online
     * @throws IllegalArgumentException if the state is missing
     */
    public static boolean online(Map<String, @Nullable Object> device) {
        Boolean online = JsonValues.flag(device.get("online"));
        if (online == null) {
            throw new IllegalArgumentException("\"online\" is missing");
        }
        return online;
    }

    /**
     * Reads the status of a device, which is the result of a response or a member of it.
     *
     * @param response the response
     * @return the status
     * @throws IllegalArgumentException if there is no list of objects
     */
    public static DeviceStatus status(Envelope response) {
        return status(ResultReader.listIn(response, STATUS));
    }

    /**
     * Reads the status of a device from its JSON list.
     *
     * @param list {@code [{"code":"switch_1","value":true}]}
     * @return the status
     * @throws IllegalArgumentException if an item is not an object
     */
    static DeviceStatus status(List<?> list) {
        List<DataPoint> dataPoints = new ArrayList<>(list.size());
        for (Map<String, @Nullable Object> item : JsonValues.objects(list)) {
            dataPoints.add(DataPoint.fromMap(item));
        }
        return new DeviceStatus(dataPoints);
    }
}

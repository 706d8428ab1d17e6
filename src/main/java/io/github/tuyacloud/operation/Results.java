package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lists that are results or inside results, which the cloud may omit or send as null if they are empty. */
public final class Results {

    /** The names that a list of devices has inside an object. */
    private static final List<String> DEVICES = List.of("devices", "list");

    private static final List<String> STATUS = List.of("status");

    private Results() {}

    /**
     * Reads a list of devices from an answer whose result it is, or whose result contains it.
     *
     * @param answer the answer
     * @return the devices, without those that have no id
     * @throws IllegalArgumentException if there is no list of devices
     */
    public static List<Device> devices(Envelope answer) {
        return deviceRecords(answer).stream().map(Device::fromMap).toList();
    }

    /** Like {@link #devices}, but returns the records as the cloud sent them. */
    static List<Map<String, @Nullable Object>> deviceRecords(Envelope answer) {
        return DeviceIndex.devicesIn(ResultReader.listIn(answer, DEVICES));
    }

    /**
     * Returns a list inside an object; empty if it is missing or null.
     *
     * @throws IllegalArgumentException if it is of another type
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
     * Returns a list of objects inside an object; empty if it is missing or null.
     *
     * @param object the object
     * @param name the name of the list
     * @return its objects
     * @throws IllegalArgumentException if it is of another type, or an item of it is not an object
     */
    public static List<Map<String, @Nullable Object>> objects(
            Map<String, ? extends @Nullable Object> object, String name) {
        return ResultReader.objects(list(object, name));
    }

    /**
     * Reads whether a device is online.
     *
     * @param device a device as the cloud describes it
     * @return whether the cloud is connected to it
     * @throws IllegalArgumentException if it does not say
     */
    public static boolean online(Map<String, @Nullable Object> device) {
        Boolean online = JsonValues.flag(device.get("online"));
        if (online == null) {
            throw new IllegalArgumentException("\"online\" is missing");
        }
        return online;
    }

    /**
     * Reads the status of a device from an answer whose result it is, or whose result contains it.
     *
     * @param answer the answer
     * @return the status
     * @throws IllegalArgumentException if there is no list of objects
     */
    public static DeviceStatus status(Envelope answer) {
        return status(ResultReader.listIn(answer, STATUS));
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
        for (Map<String, @Nullable Object> item : ResultReader.objects(list)) {
            dataPoints.add(DataPoint.fromMap(item));
        }
        return new DeviceStatus(dataPoints);
    }
}

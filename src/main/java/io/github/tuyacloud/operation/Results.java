package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lists inside results, which the cloud may omit or send as null if they are empty. */
public final class Results {

    private Results() {}

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
     * Reads the status of a device from an answer whose result it is.
     *
     * @param answer the answer
     * @return the status
     * @throws IllegalArgumentException if the result is not a list of objects
     */
    public static DeviceStatus status(Envelope answer) {
        return status(ResultReader.listIn(answer));
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

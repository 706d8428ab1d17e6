package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One data point of a product: what can be read, set, or both.
 *
 * @param code its name, such as {@code switch_1}
 * @param dpId its number, 0 when it has none
 * @param type {@code Boolean}, {@code Integer}, {@code Enum}, {@code String}, {@code Json}, {@code Raw} or
 *     {@code Bitmap}
 * @param values what values it takes: JSON text, as in the cloud's answers
 * @param writable whether commands may set it
 * @param standard whether the instruction set shows it; other data points are seen through the thing model only
 * @param initialValue what a new device starts with, as plain Java
 */
public record FakeDataPoint(
        String code, int dpId, String type, String values, boolean writable, boolean standard, Object initialValue) {
    public FakeDataPoint {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(initialValue, "initialValue");
    }

    /** A switch. */
    public static FakeDataPoint bool(String code, int dpId) {
        return new FakeDataPoint(code, dpId, "Boolean", "{}", true, true, false);
    }

    /** A whole number; what people read is the raw number divided by ten to the {@code scale}. */
    public static FakeDataPoint integer(String code, int dpId, String unit, long min, long max, int scale) {
        ObjectNode values = Json.object()
                .put("unit", unit)
                .put("min", min)
                .put("max", max)
                .put("scale", scale)
                .put("step", 1);
        return new FakeDataPoint(code, dpId, "Integer", Json.text(values), true, true, min);
    }

    /** One of several words; the first is the initial value. */
    public static FakeDataPoint enumeration(String code, int dpId, String first, String... others) {
        ArrayNode range = Json.array().add(first);
        for (String other : others) {
            range.add(other);
        }
        ObjectNode values = Json.object().set("range", range);
        return new FakeDataPoint(code, dpId, "Enum", Json.text(values), true, true, first);
    }

    /** A text of limited length. */
    public static FakeDataPoint text(String code, int dpId, int maxLength) {
        ObjectNode values = Json.object().put("maxlen", maxLength);
        return new FakeDataPoint(code, dpId, "String", Json.text(values), true, true, "");
    }

    /** An object; {@code values} describes its members, and {@code initialValue} is JSON text. */
    public static FakeDataPoint json(String code, int dpId, String values, String initialValue) {
        return new FakeDataPoint(code, dpId, "Json", values, true, true, initialValue);
    }

    /** Bytes, in Base64. */
    public static FakeDataPoint raw(String code, int dpId) {
        return new FakeDataPoint(code, dpId, "Raw", "{\"maxlen\":128}", true, true, "");
    }

    /** Flags: bit by bit, in the order of the labels. */
    public static FakeDataPoint bitmap(String code, int dpId, String... labels) {
        ArrayNode names = Json.array();
        for (String label : labels) {
            names.add(label);
        }
        ObjectNode values = Json.object().set("label", names);
        values.put("maxlen", labels.length);
        return new FakeDataPoint(code, dpId, "Bitmap", Json.text(values), true, true, 0);
    }

    /** A number of an infrared device: described as ENUM with the range of an Integer, shown as text, without dp id. */
    public static FakeDataPoint infraredNumber(String code, long min, long max) {
        ObjectNode values = Json.object()
                .put("min", min)
                .put("max", max)
                .put("scale", 0)
                .put("step", 1)
                .put("type", "Integer");
        return new FakeDataPoint(code, 0, "ENUM", Json.text(values), true, true, String.valueOf(min));
    }

    /** A key of an infrared remote: its own name is its only value. */
    public static FakeDataPoint infraredKey(String code) {
        return new FakeDataPoint(code, 0, "STRING", code, true, true, code);
    }

    /** The same, but only the device sets it. */
    public FakeDataPoint readOnly() {
        return new FakeDataPoint(code, dpId, type, values, false, standard, initialValue);
    }

    /** The same, but out of sight of everything except the thing model. */
    public FakeDataPoint custom() {
        return new FakeDataPoint(code, dpId, type, values, writable, false, initialValue);
    }

    /** The same, with another initial value. */
    public FakeDataPoint initially(Object value) {
        return new FakeDataPoint(code, dpId, type, values, writable, standard, value);
    }
}

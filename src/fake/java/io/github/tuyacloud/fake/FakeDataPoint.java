package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A data point of a product: a value that can be read, set or both.
 *
 * @param code its name, such as {@code switch_1}
 * @param dpId its number; 0 if it has none
 * @param type {@code Boolean}, {@code Integer}, {@code Enum}, {@code String}, {@code Json}, {@code Raw} or
 *     {@code Bitmap}
 * @param values the values that it accepts: JSON text, as in the cloud's responses
 * @param writable whether commands may set it
 * @param standard whether it belongs to the standard instruction set; other data points exist only in the thing model
 * @param initialValue the value of a new device, as plain Java
 */
public record FakeDataPoint(
        String code, int dpId, String type, String values, boolean writable, boolean standard, Object initialValue) {
    public FakeDataPoint {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(initialValue, "initialValue");
    }

    /**
     * Returns a switch, initially off.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @return a Boolean data point
     */
    public static FakeDataPoint bool(String code, int dpId) {
        return new FakeDataPoint(code, dpId, "Boolean", "{}", true, true, false);
    }

    /**
     * Returns a whole number; the real number is the raw one divided by ten to the {@code scale}.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @param unit the unit, may be empty
     * @param min the smallest raw number, which is also the initial value
     * @param max the largest raw number
     * @param scale the number of decimal places
     * @return an Integer data point
     */
    public static FakeDataPoint integer(String code, int dpId, String unit, long min, long max, int scale) {
        ObjectNode values = Json.object()
                .put("unit", unit)
                .put("min", min)
                .put("max", max)
                .put("scale", scale)
                .put("step", 1);
        return new FakeDataPoint(code, dpId, "Integer", Json.text(values), true, true, min);
    }

    /**
     * Returns one of several words.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @param first the initial value
     * @param others the other values
     * @return an Enum data point
     */
    public static FakeDataPoint enumeration(String code, int dpId, String first, String... others) {
        ArrayNode range = Json.array().add(first);
        for (String other : others) {
            range.add(other);
        }
        ObjectNode values = Json.object().set("range", range);
        return new FakeDataPoint(code, dpId, "Enum", Json.text(values), true, true, first);
    }

    /**
     * Returns a text of limited length, initially empty.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @param maxLength the maximum number of characters
     * @return a String data point
     */
    public static FakeDataPoint text(String code, int dpId, int maxLength) {
        ObjectNode values = Json.object().put("maxlen", maxLength);
        return new FakeDataPoint(code, dpId, "String", Json.text(values), true, true, "");
    }

    /**
     * Returns an object.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @param values the description of its members, as JSON text
     * @param initialValue the initial value, as JSON text
     * @return a Json data point
     */
    public static FakeDataPoint json(String code, int dpId, String values, String initialValue) {
        return new FakeDataPoint(code, dpId, "Json", values, true, true, initialValue);
    }

    /**
     * Returns bytes in Base64, initially empty.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @return a Raw data point
     */
    public static FakeDataPoint raw(String code, int dpId) {
        return new FakeDataPoint(code, dpId, "Raw", "{\"maxlen\":128}", true, true, "");
    }

    /**
     * Returns a set of flags, initially all cleared.
     *
     * @param code the code
     * @param dpId the DP id; 0 if it has none
     * @param labels the names of the flags, beginning with the lowest bit
     * @return a Bitmap data point
     */
    public static FakeDataPoint bitmap(String code, int dpId, String... labels) {
        ArrayNode names = Json.array();
        for (String label : labels) {
            names.add(label);
        }
        ObjectNode values = Json.object().set("label", names);
        values.put("maxlen", labels.length);
        return new FakeDataPoint(code, dpId, "Bitmap", Json.text(values), true, true, 0);
    }

    /**
     * Returns a number of an infrared device: described as ENUM with the range of an Integer, reported as text, without
     * a DP id.
     *
     * @param code the code
     * @param min the smallest number, which is also the initial value
     * @param max the largest number
     * @return an ENUM data point
     */
    public static FakeDataPoint infraredNumber(String code, long min, long max) {
        ObjectNode values = Json.object()
                .put("min", min)
                .put("max", max)
                .put("scale", 0)
                .put("step", 1)
                .put("type", "Integer");
        return new FakeDataPoint(code, 0, "ENUM", Json.text(values), true, true, String.valueOf(min));
    }

    /**
     * Returns a key of an infrared remote, whose only value is its own name.
     *
     * @param code the name of the key
     * @return a STRING data point
     */
    public static FakeDataPoint infraredKey(String code) {
        return new FakeDataPoint(code, 0, "STRING", code, true, true, code);
    }

    /**
     * Like this one, but only the device sets it.
     *
     * @return a read-only data point
     */
    public FakeDataPoint readOnly() {
        return new FakeDataPoint(code, dpId, type, values, false, standard, initialValue);
    }

    /**
     * Like this one, but part of only the thing model.
     *
     * @return a custom data point
     */
    public FakeDataPoint custom() {
        return new FakeDataPoint(code, dpId, type, values, writable, false, initialValue);
    }

    /**
     * Like this one, but with a different initial value.
     *
     * @param value the initial value, as plain Java
     * @return a data point with that initial value
     */
    public FakeDataPoint initially(Object value) {
        return new FakeDataPoint(code, dpId, type, values, writable, standard, value);
    }
}

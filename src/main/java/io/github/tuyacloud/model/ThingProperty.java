package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current value of one property of a thing.
 *
 * @param code such as {@code switch_1}; null only if the cloud omitted it
 * @param dpId the number used on the local network, or null
 * @param customName the name given by the owner; null or empty if absent
 * @param type {@code bool}, {@code value}, {@code enum}, {@code string}, {@code bitmap}, {@code raw} and so on; null if
 *     the cloud omitted it
 * @param value a plain Java value; numbers are raw; null if absent, as for a property that was never reported
 * @param time when it was last set; null if the cloud omitted it or sent 0
 * @param extra other members of the cloud's response
 */
public record ThingProperty(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable String customName,
        @Nullable String type,
        @Nullable Object value,
        @Nullable Instant time,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public ThingProperty {
        value = JsonValues.normalize(value);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a property from its JSON object.
     *
     * @param json
     *     {@code {"code":"switch_1","custom_name":"","dp_id":1,"time":1692566332768,"type":"bool","value":true}}
     * @return the property
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ThingProperty fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new ThingProperty(
                fields.text("code"),
                fields.integer("dp_id"),
                fields.text("custom_name"),
                fields.text("type"),
                fields.any("value"),
                fields.time("time"),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "code", code);
        Values.put(json, "custom_name", customName);
        Values.put(json, "dp_id", dpId);
        Values.put(json, "time", Values.millis(time));
        Values.put(json, "type", type);
        Values.put(json, "value", value);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the specification that this implies (code, DP id, type and name), with the type names of the v1
     * specifications.
     */
    DataPointSpec toDataPointSpec() {
        String name = customName == null || customName.isBlank() ? null : customName;
        return new DataPointSpec(code, dpId, DataPointType.translate(type), "{}", name, null, null, null, Map.of());
    }

    /** Returns the value with the DP id: a mapping may have the data point under another code. */
    DataPoint toDataPoint() {
        return new DataPoint(code, dpId, value, Map.of());
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "ThingProperty[code={}, dpId={}, customName={}, type={}, value={}, time={}, extra={}]",
                code,
                dpId,
                customName,
                type,
                SecretNames.shown(code, value),
                time,
                extra);
    }
}

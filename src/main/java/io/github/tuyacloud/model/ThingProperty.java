package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current value of one property of a thing.
 *
 * @param code such as {@code switch_1}; null only if the cloud left it out
 * @param dpId the number used on the local network, or null
 * @param customName what the owner calls it; null or empty when it has no such name
 * @param type {@code bool}, {@code value}, {@code enum}, {@code string}, {@code bitmap}, {@code raw} ...; null where the
 *     cloud does not tell
 * @param value a plain Java value, numbers raw; null when the cloud gives none, as for a property never reported
 * @param time when it was last set, or null
 * @param extra what else the cloud says about it
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
     * Reads one from its JSON object.
     *
     * @param json {@code {"code":"switch_1","custom_name":"","dp_id":1,"time":1692566332768,"type":"bool","value":true}}
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
                Values.instant(fields.number("time")),
                fields.extra());
    }

    /** Returns the specification that this implies, in the words of the v1 specifications: code, dp id, type and name. */
    DataPointSpec toDataPointSpec() {
        String name = customName == null || customName.isBlank() ? null : customName;
        return new DataPointSpec(code, dpId, DataPointType.translate(type), "{}", name, null, null, null, Map.of());
    }

    /** Returns the value with the dp id: a mapping may have the data point under another code. */
    DataPoint toDataPoint() {
        return new DataPoint(code, dpId, value, Map.of());
    }
}

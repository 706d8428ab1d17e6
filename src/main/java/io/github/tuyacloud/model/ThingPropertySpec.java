package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The thing model's description of a property: its data point, its access mode and its allowed values.
 *
 * @param code such as {@code switch_1}; null only if the cloud omitted it
 * @param dpId the model's {@code abilityId}: the number used on the local network; null if the cloud omitted it
 * @param name a display name, in the manufacturer's language, or null
 * @param description a description, or null
 * @param accessMode whether it can be read and set; null if absent or unknown; an unknown code is in {@code extra}
 * @param typeSpec its type and values; null only if the cloud omitted it
 * @param extra other members of the cloud's response
 */
public record ThingPropertySpec(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable String name,
        @Nullable String description,
        @Nullable AccessMode accessMode,
        @Nullable TypeSpec typeSpec,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public ThingPropertySpec {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a property from its JSON object.
     *
     * @param json {@code {"abilityId":1,"code":"switch_1","accessMode":"rw","typeSpec":{"type":"bool"}}}
     * @return the property
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ThingPropertySpec fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new ThingPropertySpec(
                fields.text("code"),
                fields.integer("abilityId"),
                fields.text("name"),
                fields.text("description"),
                AccessMode.read(fields, "accessMode"),
                fields.read("typeSpec", TypeSpec::read),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "abilityId", dpId);
        Values.put(json, "accessMode", accessMode == null ? null : accessMode.code());
        Values.put(json, "code", code);
        Values.put(json, "description", description);
        Values.put(json, "name", name);
        Values.put(json, "typeSpec", typeSpec == null ? null : typeSpec.asMap());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the specification with the type names of the v1 specifications: {@code Boolean} for {@code bool},
     * {@code Integer} for {@code value}, {@code Json} for {@code struct} and {@code array}. A type unknown to v1 is
     * kept.
     */
    DataPointSpec toDataPointSpec() {
        return new DataPointSpec(
                code,
                dpId,
                typeSpec == null ? null : DataPointType.translate(typeSpec.type()),
                typeSpec == null ? "{}" : Json.write(typeSpec.values()),
                name,
                description,
                accessMode,
                null,
                extra);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "ThingPropertySpec[code={}, dpId={}, name={}, description={}, accessMode={}, typeSpec={}, "
                        + "extra={}]",
                code,
                dpId,
                name,
                description,
                accessMode,
                typeSpec,
                extra);
    }
}

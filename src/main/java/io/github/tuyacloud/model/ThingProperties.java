package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current values of all properties of a thing, including those beyond the standard instruction set.
 *
 * @param properties in the cloud's order
 * @param extra other members of the cloud's response
 */
public record ThingProperties(List<ThingProperty> properties, Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public ThingProperties {
        properties = List.copyOf(properties);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads properties from their JSON object.
     *
     * @param json {@code {"properties":[{"code":"switch_1","dp_id":1,"value":true}]}}
     * @return the properties
     * @throws IllegalArgumentException if {@code properties} is missing, or is neither null nor a list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ThingProperties fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Values.requireAnyOf(json, "properties");
        return new ThingProperties(Values.objects(fields, "properties", ThingProperty::fromMap), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(
                json,
                "properties",
                properties.stream().map(ThingProperty::asMap).toList());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the property with a code.
     *
     * @param code such as {@code switch_1}
     * @return the first property with that code; empty if absent
     */
    public Optional<ThingProperty> find(String code) {
        Objects.requireNonNull(code, "code");
        return properties.stream()
                .filter(property -> code.equals(property.code()))
                .findFirst();
    }

    /**
     * Returns the values as a status, which has typed getters and {@link DeviceStatus#describe}.
     *
     * @return one data point for each property, in order; its value is null if the property has none
     */
    public DeviceStatus status() {
        return new DeviceStatus(
                properties.stream().map(ThingProperty::toDataPoint).toList());
    }

    @Override
    public String toString() {
        return LogSafe.line("ThingProperties[properties={}, extra={}]", properties, extra);
    }
}

package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current values of all properties of a thing, those beyond the standard instruction set included.
 *
 * @param properties in the cloud's order
 * @param extra what else the cloud says
 */
public record ThingProperties(List<ThingProperty> properties, Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public ThingProperties {
        properties = List.copyOf(properties);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads them from their JSON object.
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

    /**
     * Looks a property up.
     *
     * @param code such as {@code switch_1}
     * @return the first of that code, if there is one
     */
    public Optional<ThingProperty> find(String code) {
        Objects.requireNonNull(code, "code");
        return properties.stream()
                .filter(property -> code.equals(property.code()))
                .findFirst();
    }

    /**
     * Gives the values as a status, with its typed getters and {@link DeviceStatus#describe}.
     *
     * @return one data point for each property, in order; without a value it is null there
     */
    public DeviceStatus status() {
        return new DeviceStatus(
                properties.stream().map(ThingProperty::toDataPoint).toList());
    }
}

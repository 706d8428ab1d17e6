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
 * Everything that a product can do, including data points beyond the standard instruction set.
 *
 * @param modelId the model's id; null only if the cloud omitted it
 * @param services its services, usually one
 * @param extra other members of the cloud's response
 */
public record ThingModel(@Nullable String modelId, List<ThingService> services, Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public ThingModel {
        services = List.copyOf(services);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a model from its JSON object.
     *
     * @param json {@code {"modelId":"000001lvka","services":[...]}}, which the cloud sends as JSON text
     * @return the model
     * @throws IllegalArgumentException if both {@code modelId} and {@code services} are missing, or a list in it is not
     *     a list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ThingModel fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Values.requireAnyOf(json, "services", "modelId");
        return new ThingModel(
                fields.text("modelId"), Values.objects(fields, "services", ThingService::fromMap), fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "modelId", modelId);
        Values.put(json, "services", services.stream().map(ThingService::asMap).toList());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    /**
     * Returns the properties of all services.
     *
     * @return the properties, in the cloud's order
     */
    public List<ThingPropertySpec> properties() {
        return services.stream()
                .flatMap(service -> service.properties().stream())
                .toList();
    }

    /**
     * Returns the property with a code.
     *
     * @param code such as {@code switch_1}
     * @return the first property with that code; empty if absent
     */
    public Optional<ThingPropertySpec> find(String code) {
        Objects.requireNonNull(code, "code");
        return properties().stream()
                .filter(property -> code.equals(property.code()))
                .findFirst();
    }

    @Override
    public String toString() {
        return LogSafe.line("ThingModel[modelId={}, services={}, extra={}]", modelId, services, extra);
    }
}

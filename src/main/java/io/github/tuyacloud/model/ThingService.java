package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service of a thing model. Most models have a single service, whose code is empty.
 *
 * @param code the service's code, empty for the default one; null only if the cloud omitted it
 * @param name a display name, or null
 * @param description a description, or null
 * @param properties what can be read or set, in the cloud's order
 * @param events what the device can report, as the cloud describes it
 * @param actions what the device can do on request, as the cloud describes it
 * @param extra other members of the cloud's response
 */
public record ThingService(
        @Nullable String code,
        @Nullable String name,
        @Nullable String description,
        List<ThingPropertySpec> properties,
        List<Map<String, @Nullable Object>> events,
        List<Map<String, @Nullable Object>> actions,
        Map<String, @Nullable Object> extra) {

    /** Copies lists and map. */
    public ThingService {
        properties = List.copyOf(properties);
        events = List.copyOf(events);
        actions = List.copyOf(actions);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a service from its JSON object.
     *
     * @param json {@code {"code":"","properties":[...],"events":[],"actions":[]}}
     * @return the service
     * @throws IllegalArgumentException if a list in it is not a list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ThingService fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new ThingService(
                fields.text("code"),
                fields.text("name"),
                fields.text("description"),
                Values.objects(fields, "properties", ThingPropertySpec::fromMap),
                Values.objects(fields, "events", event -> event),
                Values.objects(fields, "actions", action -> action),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "code", code);
        Values.put(json, "name", name);
        Values.put(json, "description", description);
        Values.put(
                json,
                "properties",
                properties.stream().map(ThingPropertySpec::asMap).toList());
        Values.put(json, "events", events);
        Values.put(json, "actions", actions);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "ThingService[code={}, name={}, description={}, properties={}, events={}, actions={}, extra={}]",
                code,
                name,
                description,
                properties,
                events,
                actions,
                extra);
    }
}

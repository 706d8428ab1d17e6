package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One action of a scene.
 *
 * @param entityId the target: a device's id for {@code dpIssue}, another scene's id, or null, for other kinds of
 *     actions
 * @param executor the kind of action, such as {@code dpIssue} for setting data points, or null
 * @param properties what is set: for {@code dpIssue}, values by code; empty for actions without values
 * @param extra other members of the cloud's response
 */
public record SceneAction(
        @Nullable String entityId,
        @Nullable String executor,
        Map<String, @Nullable Object> properties,
        Map<String, @Nullable Object> extra) {

    /** Copies the maps. */
    public SceneAction {
        properties = JsonObject.copyOf(properties);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads an action from its JSON object.
     *
     * @param json {@code {"entity_id":"bf12","action_executor":"dpIssue","executor_property":{"switch_led":true}}}
     * @return the action
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SceneAction fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Map<String, @Nullable Object> properties = fields.object("executor_property");
        return new SceneAction(
                fields.text("entity_id"),
                fields.text("action_executor"),
                properties == null ? Map.of() : properties,
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "entity_id", entityId);
        Values.put(json, "action_executor", executor);
        Values.put(json, "executor_property", properties);
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "SceneAction[entityId={}, executor={}, properties={}, extra={}]",
                entityId,
                executor,
                properties,
                extra);
    }
}

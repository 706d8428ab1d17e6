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
 * A tap-to-run scene of a home: a named list of actions.
 *
 * @param id the scene's id
 * @param name the name given by its owner, or null
 * @param enabled whether the app shows it as enabled; null if unknown
 * @param status the cloud's status, such as {@code 1}, or null
 * @param background the URL of a picture, or null
 * @param actions its actions, in order
 * @param extra other members of the cloud's response
 */
public record Scene(
        String id,
        @Nullable String name,
        @Nullable Boolean enabled,
        @Nullable String status,
        @Nullable String background,
        List<SceneAction> actions,
        Map<String, @Nullable Object> extra) {

    /** The words of the newer service. */
    private static final Map<String, Boolean> STATES = Map.of("enable", true, "disable", false);

    /** Copies list and map. */
    public Scene {
        actions = List.copyOf(actions);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads a scene from its JSON object.
     *
     * @param json {@code {"scene_id":"T5vFak","name":"Movie","enabled":true,"status":"1","actions":[...]}}, or a rule
     *     of the newer service: {@code {"id":"T5vFak","name":"Movie","status":"enable"}}
     * @return the scene
     * @throws IllegalArgumentException if there is no {@code scene_id} and no {@code id}, or {@code actions} is not a
     *     list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Scene fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        String id = Values.id(fields, json.get("scene_id") == null && json.get("id") != null ? "id" : "scene_id");
        Boolean enabled = fields.flag("enabled");
        String status = fields.text("status");
        return new Scene(
                id,
                fields.text("name"),
                enabled == null ? STATES.get(String.valueOf(status)) : enabled,
                status,
                fields.text("background"),
                Values.objects(fields, "actions", SceneAction::fromMap),
                fields.extra());
    }

    /** {@return the JSON object that {@link #fromMap} reads, as an unmodifiable map of plain Java values} */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "scene_id", id);
        Values.put(json, "name", name);
        Values.put(json, "enabled", enabled);
        Values.put(json, "status", status);
        Values.put(json, "background", background);
        Values.put(json, "actions", actions.stream().map(SceneAction::asMap).toList());
        extra.forEach(json::putIfAbsent);
        return JsonObject.copyOf(json);
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "Scene[id={}, name={}, enabled={}, status={}, background={}, actions={}, extra={}]",
                id,
                name,
                enabled,
                status,
                background,
                actions,
                extra);
    }
}

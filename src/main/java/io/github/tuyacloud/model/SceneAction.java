package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a scene does.
 *
 * @param entityId what is acted on: a device's id for {@code dpIssue}, another scene's or nothing for other kinds; may be
 *     null
 * @param executor the kind of action, such as {@code dpIssue} for setting data points, or null
 * @param properties what is set: for {@code dpIssue} values by code; empty for actions without any
 * @param extra what else the cloud says about it
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
     * Reads one from its JSON object.
     *
     * @param json {@code {"entity_id":"bf12","action_executor":"dpIssue","executor_property":{"switch_led":true}}}
     * @return the action
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SceneAction fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Map<String, @Nullable Object> properties = JsonValues.object(json.get("executor_property"));
        if (properties != null) {
            fields.any("executor_property");
        }
        return new SceneAction(
                fields.text("entity_id"),
                fields.text("action_executor"),
                properties == null ? Map.of() : properties,
                fields.extra());
    }
}

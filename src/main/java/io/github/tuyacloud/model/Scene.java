package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tap-to-run scene of a home: a name for a number of actions.
 *
 * @param id the scene's id
 * @param name what its owner calls it, or null
 * @param enabled whether the app shows it as enabled; null where the cloud does not tell
 * @param status the cloud's status, such as {@code 1}, or null
 * @param background the address of a picture, or null
 * @param actions what it does, in order
 * @param extra what else the cloud says about it
 */
public record Scene(
        String id,
        @Nullable String name,
        @Nullable Boolean enabled,
        @Nullable String status,
        @Nullable String background,
        List<SceneAction> actions,
        Map<String, @Nullable Object> extra) {

    /** Copies list and map. */
    public Scene {
        actions = List.copyOf(actions);
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Reads one from its JSON object.
     *
     * @param json {@code {"scene_id":"T5vFak","name":"Movie","enabled":true,"status":"1","actions":[...]}}
     * @return the scene
     * @throws IllegalArgumentException if there is no {@code scene_id}, or {@code actions} is no list of objects
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Scene fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new Scene(
                Values.id(fields, "scene_id"),
                fields.text("name"),
                fields.flag("enabled"),
                fields.text("status"),
                fields.text("background"),
                Values.objects(fields, "actions", SceneAction::fromMap),
                fields.extra());
    }
}

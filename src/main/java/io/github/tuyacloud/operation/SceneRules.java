package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists scenes with the successor of the deprecated scene service, where scenes are rules and homes are spaces. */
public final class SceneRules {

    /** The largest size that the cloud's other lists of this kind accept. */
    private static final int PAGE_SIZE = 20;

    private record Page(List<Scene> scenes, boolean hasMore) {}

    private SceneRules() {}

    /**
     * Reads the tap-to-run scenes of a home, without their actions.
     *
     * @param pipeline sends the requests, one for each page
     * @param homeId the home
     * @param maxListSize the maximum number of scenes; more fail
     * @return the scenes in the cloud's order
     */
    public static List<Scene> read(CallPipeline pipeline, String homeId, int maxListSize) {
        ApiRequest request = ApiRequest.get("/v2.0/cloud/scene/rule")
                .query("space_id", homeId)
                .query("type", "scene")
                .query("page_size", PAGE_SIZE);
        ListLimit limit = new ListLimit(maxListSize, "scenes", "");
        Set<String> ids = new HashSet<>();
        List<Scene> all = new ArrayList<>();
        for (int number = 1; ; number++) {
            Page page = pipeline.call(request.query("page_no", number), ResultReader.object(SceneRules::page));
            List<Scene> added =
                    page.scenes().stream().filter(scene -> ids.add(scene.id())).toList();
            limit.add(added.size(), request.operation());
            all.addAll(added);
            if (!page.hasMore() || added.isEmpty()) {
                return List.copyOf(all);
            }
        }
    }

    private static Page page(Map<String, @Nullable Object> result) {
        return new Page(
                Results.items(result, "list", Scene::fromMap),
                Boolean.TRUE.equals(JsonValues.flag(result.get("has_more"))));
    }
}

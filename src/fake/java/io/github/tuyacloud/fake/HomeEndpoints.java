package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The endpoints for homes, rooms and scenes. */
final class HomeEndpoints {
    private final World world;
    private final DeviceActions actions;
    private final Quirks quirks;

    private HomeEndpoints(World world, DeviceActions actions, Quirks quirks) {
        this.world = world;
        this.quirks = quirks;
        this.actions = actions;
    }

    static void addTo(Router router, World world, DeviceActions actions, Quirks quirks) {
        HomeEndpoints endpoints = new HomeEndpoints(world, actions, quirks);
        String home = "/v1.0/homes/{home_id}";
        router.add("GET", "/v1.0/users/{uid}/homes", endpoints::ofUser);
        router.add("GET", home, call -> describe(endpoints.home(call)));
        router.add("GET", home + "/devices", endpoints::devices);
        router.add("GET", home + "/rooms", endpoints::rooms);
        router.add("GET", home + "/rooms/{room_id}/devices", endpoints::devicesInRoom);
        router.add("GET", home + "/scenes", endpoints::scenes);
        router.add("POST", home + "/scenes/{scene_id}/trigger", endpoints::trigger);
        router.add("GET", "/v2.0/cloud/scene/rule", endpoints::rules);
        router.add("POST", "/v2.0/cloud/scene/rule/{rule_id}/actions/trigger", endpoints::triggerRule);
    }

    private FakeHome home(Call call) {
        return world.requireHome(call.path("home_id"));
    }

    private JsonNode ofUser(Call call) {
        String uid = call.path("uid");
        world.requireUser(uid);
        ArrayNode homes = Json.array();
        world.homes().stream().filter(home -> home.uid().equals(uid)).forEach(home -> homes.add(describe(home)));
        return homes;
    }

    private JsonNode devices(Call call) {
        long homeId = home(call).homeId();
        ArrayNode devices = Json.array();
        world.devices().stream()
                .filter(device -> device.homeId() == homeId)
                .forEach(device -> devices.add(DeviceJson.details(device, quirks.listedStatus(device))));
        return devices;
    }

    private JsonNode rooms(Call call) {
        FakeHome home = home(call);
        ObjectNode result = describe(home);
        ArrayNode rooms = result.putArray("rooms");
        home.rooms()
                .forEach(room -> rooms.addObject().put("room_id", room.roomId()).put("name", room.name()));
        return result;
    }

    private JsonNode devicesInRoom(Call call) {
        FakeHome.Room room = home(call).rooms().stream()
                .filter(candidate -> Long.toString(candidate.roomId()).equals(call.path("room_id")))
                .findFirst()
                .orElseThrow(() -> new Refusal(2502, "room not exist"));
        ArrayNode devices = Json.array();
        for (String id : room.deviceIds()) {
            FakeDevice device = world.find(id);
            if (device != null) {
                devices.add(DeviceJson.details(device, quirks.listedStatus(device)));
            }
        }
        return devices;
    }

    private JsonNode scenes(Call call) {
        ArrayNode scenes = Json.array();
        for (FakeHome.Scene scene : home(call).scenes()) {
            ArrayNode actions = scenes.addObject()
                    .put("scene_id", scene.sceneId())
                    .put("name", scene.name())
                    .put("background", "")
                    .put("enabled", scene.enabled())
                    .put("status", scene.enabled() ? "1" : "2")
                    .putArray("actions");
            for (FakeHome.Action action : scene.actions()) {
                actions.addObject()
                        .put("entity_id", action.deviceId())
                        .put("action_executor", "dpIssue")
                        .putObject("executor_property")
                        .set(action.code(), Json.tree(action.value()));
            }
        }
        return scenes;
    }

    private JsonNode trigger(Call call) {
        FakeHome.Scene scene = home(call).scenes().stream()
                .filter(candidate -> candidate.sceneId().equals(call.path("scene_id")))
                .findFirst()
                .orElseThrow(() -> new Refusal(2503, "scene not exist"));
        return carryOut(scene);
    }

    /** The scene service's successor: homes are spaces, scenes are rules, and there are pages. */
    private JsonNode rules(Call call) {
        FakeHome home = world.requireHome(call.requiredQuery("space_id"));
        int size = call.size("page_size", 10, 20);
        long skipped = (call.number("page_no", 1) - 1) * size;
        boolean scenesOnly = !"automation".equals(call.query("type"));
        List<FakeHome.Scene> all = scenesOnly ? home.scenes() : List.of();
        ObjectNode result = Json.object();
        ArrayNode rules = result.putArray("list");
        all.stream().skip(skipped).limit(size).forEach(scene -> rules.addObject()
                .put("id", scene.sceneId())
                .put("name", scene.name())
                .put("running_mode", "cloud")
                .put("space_id", Long.toString(home.homeId()))
                .put("status", scene.enabled() ? "enable" : "disable")
                .put("type", "scene"));
        return result.put("total", all.size()).put("has_more", skipped + size < all.size());
    }

    /** The scene service's successor finds a scene by its id alone. */
    private JsonNode triggerRule(Call call) {
        return carryOut(world.homes().stream()
                .flatMap(home -> home.scenes().stream())
                .filter(candidate -> candidate.sceneId().equals(call.path("rule_id")))
                .findFirst()
                .orElseThrow(() -> new Refusal(2503, "scene not exist")));
    }

    private JsonNode carryOut(FakeHome.Scene scene) {
        for (FakeHome.Action action : scene.actions()) {
            FakeDevice device = world.find(action.deviceId());
            // A scene skips devices that are removed or offline.
            if (device != null && device.online()) {
                actions.command(device, Map.of(action.code(), Json.tree(action.value())));
            }
        }
        return BooleanNode.TRUE;
    }

    private static ObjectNode describe(FakeHome home) {
        return Json.object()
                .put("home_id", home.homeId())
                .put("name", home.name())
                .put("lat", 49.131)
                .put("lon", 16.8096)
                .put("geo_name", "Demo Street 1")
                .put("role", "OWNER");
    }
}

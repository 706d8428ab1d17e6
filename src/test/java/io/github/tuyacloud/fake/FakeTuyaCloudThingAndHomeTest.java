package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the thing model and the homes of the fake cloud. */
@DisplayName("FakeTuyaCloud, thing model and homes")
class FakeTuyaCloudThingAndHomeTest extends CalledFake {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String THING = "/v2.0/cloud/thing/" + DemoWorld.LAMP;
    private static final String HOME = "/v1.0/homes/" + DemoWorld.HOME;

    @Test
    void thing_nameAndOnline_haveTheThingModelsKeys() {
        JsonNode thing = caller.result(THING);

        assertThat(thing.path("custom_name").textValue()).isEqualTo("Desk lamp");
        assertThat(thing.path("name").textValue()).isEqualTo("Smart Lamp");
        assertThat(thing.path("is_online").booleanValue()).isTrue();
    }

    @Test
    void model_ofALamp_isJsonInAStringWithCustomDataPoints() throws IOException {
        JsonNode model =
                MAPPER.readTree(caller.result(THING + "/model").path("model").textValue());

        JsonNode properties = model.path("services").get(0).path("properties");
        assertThat(properties.findValuesAsText("code")).hasSize(6).contains("night_light");
        assertThat(properties.get(2).path("abilityId").intValue()).isEqualTo(22);
        assertThat(properties.get(2).path("accessMode").textValue()).isEqualTo("rw");
        assertThat(properties.get(2).path("typeSpec").path("type").textValue()).isEqualTo("value");
        assertThat(properties.get(2).path("typeSpec").path("max").intValue()).isEqualTo(1000);
        assertThat(properties.get(5).path("typeSpec").path("range")).hasSize(3);
    }

    @Test
    void properties_ofALamp_includeCustomDataPoints() {
        assertThat(caller.result(THING + "/shadow/properties")
                        .path("properties")
                        .findValuesAsText("code"))
                .contains("night_light", "switch_led");
        assertThat(caller.result("/v1.0/devices/" + DemoWorld.LAMP + "/status").findValuesAsText("code"))
                .doesNotContain("night_light");
    }

    @Test
    void properties_codes_selectSome() {
        JsonNode properties = caller.result(THING + "/shadow/properties?codes=switch_led%2Cnight_light")
                .path("properties");

        assertThat(properties).hasSize(2);
        assertThat(properties.get(0).path("dp_id").intValue()).isEqualTo(20);
        assertThat(properties.get(0).path("type").textValue()).isEqualTo("bool");
        assertThat(properties.get(0).path("time").longValue()).isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void issue_propertiesInAString_areCarriedOut() {
        JsonNode response = issue("{\"properties\":\"{\\\"night_light\\\":\\\"dim\\\",\\\"switch_led\\\":true}\"}");

        assertThat(response.path("success").booleanValue()).isTrue();
        assertThat(response.path("result").isObject()).isTrue();
        assertThat(fake.device(DemoWorld.LAMP).status())
                .containsAllEntriesOf(Map.of("night_light", "dim", "switch_led", true));
        assertThat(fake.commands(DemoWorld.LAMP)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\":{\"switch_led\":true}} | 1109",
                "{\"properties\":\"no json\"} | 1109",
                "{\"properties\":\"{}\"} | 1109",
                "{\"properties\":\"{\\\"night_light\\\":\\\"blue\\\"}\"} | 2008",
                "{\"properties\":\"{\\\"unknown\\\":1}\"} | 2008"
            })
    void issue_malformedProperties_areRefused(String body, int code) {
        assertThat(issue(body).path("code").intValue()).isEqualTo(code);
        assertThat(fake.commands(DemoWorld.LAMP)).isEmpty();
    }

    @Test
    void issue_deviceOffline_isRefused() {
        fake.device(DemoWorld.LAMP).setOnline(false);

        assertThat(issue("{\"properties\":\"{\\\"switch_led\\\":true}\"}")
                        .path("code")
                        .intValue())
                .isEqualTo(2001);
    }

    @Test
    void homes_ofAUser_areListed() {
        JsonNode homes = caller.result("/v1.0/users/" + DemoWorld.ALICE + "/homes");

        assertThat(homes).hasSize(1);
        assertThat(homes.get(0).path("home_id").longValue()).isEqualTo(DemoWorld.HOME);
        assertThat(caller.result(HOME).path("name").textValue()).isEqualTo("Alice's home");
    }

    @Test
    void home_devicesAndRooms_areListed() {
        assertThat(caller.result(HOME + "/devices")).hasSize(4);
        assertThat(caller.result(HOME + "/rooms").path("rooms").findValuesAsText("name"))
                .containsExactly("Kitchen", "Bedroom");
        assertThat(caller.result(HOME + "/rooms/" + DemoWorld.BEDROOM + "/devices")
                        .findValuesAsText("id"))
                .containsExactly(DemoWorld.LAMP, DemoWorld.SENSOR);
    }

    @Test
    void scene_triggered_runsItsActions() {
        JsonNode scenes = caller.result(HOME + "/scenes");
        String scene = scenes.get(0).path("scene_id").textValue();
        assertThat(scenes.get(0)
                        .path("actions")
                        .get(0)
                        .path("executor_property")
                        .path("switch_led")
                        .booleanValue())
                .isTrue();

        JsonNode response = caller.send("POST", HOME + "/scenes/" + scene + "/trigger", "");

        assertThat(response.path("result").booleanValue()).isTrue();
        assertThat(fake.device(DemoWorld.LAMP).status("switch_led")).isEqualTo(true);
    }

    @Test
    void sceneRule_triggered_runsTheActionsOfThatScene() {
        String trigger = "/v2.0/cloud/scene/rule/" + DemoWorld.EVENING_SCENE + "/actions/trigger";

        assertThat(caller.send("POST", trigger, "").path("result").booleanValue())
                .isTrue();

        assertThat(fake.device(DemoWorld.LAMP).status("switch_led")).isEqualTo(true);
        assertThat(caller.send("POST", "/v2.0/cloud/scene/rule/none/actions/trigger", "")
                        .path("code")
                        .intValue())
                .isEqualTo(2503);
    }

    @ParameterizedTest
    @CsvSource({"/v1.0/homes/1,1106", "/v1.0/users/unknown/homes,1106", "/v1.0/homes/44154302/rooms/1/devices,2502"})
    void home_unknown_isRefused(String path, int code) {
        assertThat(caller.get(path).path("code").intValue()).isEqualTo(code);
    }

    private JsonNode issue(String body) {
        return caller.send("POST", THING + "/shadow/properties/issue", body);
    }
}

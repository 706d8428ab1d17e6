package io.github.tuyacloud.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.Things;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.AccessMode;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPointType;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.model.ThingProperty;
import io.github.tuyacloud.model.ThingPropertySpec;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the thing model: properties, models and details, with the exact requests. */
class ThingsTest extends FakeCloudTest {

    private static final String THING = "/v2.0/cloud/thing/" + DemoWorld.LAMP;
    private static final String PROPERTIES = "/v2.0/cloud/thing/{id}/shadow/properties";
    private static final String ISSUE = PROPERTIES + "/issue";

    @Test
    void properties_all_includeCustomDataPoints() {
        ThingProperties properties = cloud.things().properties(DemoWorld.LAMP);

        assertThat(sent()).containsExactly("GET " + THING + "/shadow/properties");
        assertThat(properties.properties()).extracting(ThingProperty::code).contains("night_light", "switch_led");
        ThingProperty nightLight = properties.find("night_light").orElseThrow();
        assertThat(nightLight.dpId()).isEqualTo(101);
        assertThat(nightLight.type()).isEqualTo("enum");
        assertThat(nightLight.value()).isEqualTo("off");
        assertThat(nightLight.time()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(nightLight.customName()).isEmpty();
        assertThat(nightLight.extra()).isEmpty();
    }

    @Test
    void properties_codes_areInTheQuery() {
        ThingProperties properties = cloud.things().properties(DemoWorld.LAMP, "switch_led", "night_light");

        assertThat(sent()).containsExactly("GET " + THING + "/shadow/properties?codes=switch_led,night_light");
        assertThat(properties.properties())
                .extracting(ThingProperty::code)
                .containsExactly("switch_led", "night_light");
        assertThat(properties.status().getBoolean("switch_led")).isFalse();
    }

    @Test
    void properties_withoutValue_areListed() {
        fake.on("GET", PROPERTIES)
                .fail(Fault.result(Map.of(
                        "properties",
                        List.of(Map.of("code", "doorbell_pic", "dp_id", 154, "type", "raw", "flag", "new")))));

        ThingProperties properties = cloud.things().properties(DemoWorld.LAMP);

        ThingProperty picture = properties.find("doorbell_pic").orElseThrow();
        assertThat(picture.value()).isNull();
        assertThat(picture.time()).isNull();
        assertThat(picture.extra()).isEqualTo(Map.of("flag", "new"));
        assertThat(properties.status().dataPoints()).hasSize(1);
        assertThat(properties.find("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b"})
    void properties_badCode_isRefusedLocally(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.things().properties(DemoWorld.LAMP, "switch_led", code));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void properties_wrongShapes_areUnusable() {
        for (Object result : Arrays.asList(
                null, true, List.of(), Map.of(), Map.of("properties", "x"), Map.of("properties", List.of(1)))) {
            fake.clearFaults().on("GET", PROPERTIES).fail(Fault.result(result));

            assertThatExceptionOfType(TuyaTransportException.class)
                    .as("%s", result)
                    .isThrownBy(() -> cloud.things().properties(DemoWorld.LAMP))
                    .withMessageContaining("the response cannot be used");
        }
    }

    @Test
    void setProperties_anyValues_sendsJsonString() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("night_light", "dim");
        values.put("switch_led", true);

        assertThat(cloud.things().setProperties(DemoWorld.LAMP, values)).isTrue();

        assertThat(sent())
                .containsExactly(
                        "POST " + THING
                                + "/shadow/properties/issue {\"properties\":\"{\\\"night_light\\\":\\\"dim\\\",\\\"switch_led\\\":true}\"}");
        assertThat(fake.device(DemoWorld.LAMP).status()).containsEntry("night_light", "dim");
    }

    @Test
    void setProperties_commands_setCustomDataPoints() {
        Command checked = Command.checked(cloud.things().fullMapping(DemoWorld.LAMP), "night_light", "bright");

        assertThat(cloud.things().setProperties(DemoWorld.LAMP, checked)).isTrue();

        assertThat(fake.device(DemoWorld.LAMP).status("night_light")).isEqualTo("bright");
    }

    @Test
    void setProperties_nothingOrBadValues_areRefusedLocally() {
        Things things = cloud.things();
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("switch_led", null);

        assertThatIllegalArgumentException().isThrownBy(() -> things.setProperties(DemoWorld.LAMP, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> things.setProperties(DemoWorld.LAMP));
        assertThatIllegalArgumentException().isThrownBy(() -> things.setProperties(DemoWorld.LAMP, Map.of(" ", 1)));
        assertThatNullPointerException().isThrownBy(() -> things.setProperties(DemoWorld.LAMP, withNull));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> things.setProperties(
                        DemoWorld.LAMP, Command.of("switch_led", true), Command.of("switch_led", 1)))
                .withMessageContaining("switch_led");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void setProperties_refusals_carryTheirCode() {
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.things().setProperties(DemoWorld.LAMP, Map.of("night_light", "blue")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2008));
        fake.device(DemoWorld.LAMP).setOnline(false);
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.things().setProperties(DemoWorld.LAMP, Map.of("switch_led", true)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2001));
    }

    @Test
    void setProperties_noResult_isUnusable() {
        fake.on("POST", ISSUE).fail(Fault.result(null));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.things().setProperties(DemoWorld.LAMP, Map.of("switch_led", true)));
    }

    @Test
    void setProperties_responseLost_isNotRetried() {
        fake.on("POST", ISSUE).fail(Fault.loseResponse());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.things().setProperties(DemoWorld.LAMP, Map.of("switch_led", true)))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(TuyaTransportException.Sent.MAYBE));

        assertThat(fake.commands(DemoWorld.LAMP)).hasSize(1);
    }

    @Test
    void model_anyDevice_isTyped() {
        ThingModel model = cloud.things().model(DemoWorld.PLUG);

        assertThat(sent()).containsExactly("GET /v2.0/cloud/thing/" + DemoWorld.PLUG + "/model");
        assertThat(model.modelId()).isEqualTo("mpnzfakeplug1");
        assertThat(model.services()).hasSize(1);
        assertThat(model.services().get(0).code()).isEmpty();
        assertThat(model.properties()).hasSize(5);
        ThingPropertySpec voltage = model.find("cur_voltage").orElseThrow();
        assertThat(voltage.dpId()).isEqualTo(20);
        assertThat(voltage.accessMode()).isEqualTo(AccessMode.READ_ONLY);
        assertThat(voltage.name()).isEqualTo("cur voltage");
        assertThat(voltage.typeSpec().dataType()).isEqualTo(DataPointType.INTEGER);
        assertThat(voltage.typeSpec().valueRange().orElseThrow().unit()).isEqualTo("V");
        assertThat(voltage.typeSpec().valueRange().orElseThrow().scale()).isEqualTo(1);
        assertThat(cloud.things()
                        .model(DemoWorld.LAMP)
                        .find("night_light")
                        .orElseThrow()
                        .typeSpec()
                        .enumRange())
                .containsExactly("off", "dim", "bright");
    }

    @Test
    void model_objectInsteadOfText_isRead() {
        fake.on("GET", "/v2.0/cloud/thing/{id}/model")
                .fail(Fault.result(Map.of("model", Map.of("modelId", "m1", "services", List.of()))));

        assertThat(cloud.things().model(DemoWorld.LAMP).modelId()).isEqualTo("m1");
    }

    @Test
    void model_wrongShapes_areUnusable() {
        for (Object result : Arrays.asList(
                null,
                List.of(),
                Map.of(),
                Map.of("model", ""),
                Map.of("model", "{"),
                Map.of("model", "[]"),
                Map.of("model", 7),
                Map.of("model", "{}"),
                Map.of("model", "{\"services\":{}}"),
                Map.of("model", "{\"services\":[{\"properties\":[7]}]}"))) {
            fake.clearFaults().on("GET", "/v2.0/cloud/thing/{id}/model").fail(Fault.result(result));

            assertThatExceptionOfType(TuyaTransportException.class)
                    .as("%s", result)
                    .isThrownBy(() -> cloud.things().model(DemoWorld.LAMP));
        }
    }

    @Test
    void device_anyDevice_hasTheCommonNames() {
        Device lamp = cloud.things().device(DemoWorld.LAMP);

        assertThat(sent()).containsExactly("GET " + THING);
        assertThat(lamp.id()).isEqualTo(DemoWorld.LAMP);
        assertThat(lamp.name()).isEqualTo("Desk lamp");
        assertThat(lamp.online()).isTrue();
        assertThat(lamp.key()).isEqualTo(fake.device(DemoWorld.LAMP).localKey());
        assertThat(lamp.productId()).isEqualTo("lampfake0002");
        assertThat(lamp.extra())
                .isEqualTo(Map.of("default_name", "Smart Lamp", "custom_name", "Desk lamp", "is_online", true));
        assertThat(lamp.toString()).doesNotContain(fake.device(DemoWorld.LAMP).localKey());
        assertThat(cloud.things().device(DemoWorld.OFFLINE_PLUG).online()).isFalse();
    }

    @Test
    void device_withoutOwnersName_keepsTheCloudsOwn() {
        fake.on("GET", "/v2.0/cloud/thing/{id}")
                .fail(Fault.result(Map.of("id", "bf1", "name", "Plug", "custom_name", "")));

        Device device = cloud.things().device("bf1");

        assertThat(device.name()).isEqualTo("Plug");
        assertThat(device.online()).isFalse();
    }

    @Test
    void device_withoutId_isUnusable() {
        fake.on("GET", "/v2.0/cloud/thing/{id}").fail(Fault.result(Map.of("name", "Plug")));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.things().device(DemoWorld.LAMP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a?b", "a#b", "a,b"})
    void ids_thatWouldChangeThePath_areRefused(String id) {
        Things things = cloud.things();

        assertThatIllegalArgumentException().isThrownBy(() -> things.properties(id));
        assertThatIllegalArgumentException().isThrownBy(() -> things.setProperties(id, Map.of("a", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> things.model(id));
        assertThatIllegalArgumentException().isThrownBy(() -> things.device(id));
        assertThatIllegalArgumentException().isThrownBy(() -> things.fullMapping(id));
        assertThat(fake.requestCount()).isZero();
    }
}

package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.support.Clients;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks what changes a device of the fake cloud: commands, renaming, removal. */
@DisplayName("FakeTuyaCloud, commands")
class FakeTuyaCloudCommandTest extends CalledFake {

    /** This allows tests to compare values of the fake cloud and the library. */
    @Test
    void values_ofAllTypes_haveTheTypesOfTheLibrary() {
        command(DemoWorld.LAMP, "bright_value_v2", "1000");
        BigInteger huge = new BigInteger("99999999999999999999");
        FakeDevice lamp = fake.device(DemoWorld.LAMP)
                .setStatus("more", Map.of("list", List.of(1, 0.5, 5_000_000_000L, huge, true, "a")));

        assertThat(lamp.status("bright_value_v2")).isEqualTo(1000L);
        assertThat(lamp.commands().get(0).value()).isEqualTo(1000L);
        assertThat(lamp.status("more"))
                .isEqualTo(Map.of("list", List.of(1L, new BigDecimal("0.5"), 5_000_000_000L, huge, true, "a")));
        try (TuyaCloud cloud = Clients.of(fake).build()) {
            for (DataPoint point : cloud.getStatus(DemoWorld.LAMP).dataPoints()) {
                assertThat(point.value()).isEqualTo(lamp.status(point.code()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "switch_led | true",
                "work_mode | 'scene'",
                "bright_value_v2 | 1000",
                "colour_data_v2 | {'h':10,'s':20,'v':30}",
                "colour_data_v2 | '{\\'h\\':10}'"
            })
    void command_validValue_isCarriedOut(String code, String value) {
        JsonNode response = command(DemoWorld.LAMP, code, value);

        assertThat(response.path("result").booleanValue()).isTrue();
        assertThat(fake.commands(DemoWorld.LAMP)).hasSize(1);
        FakeCommand command = fake.commands(DemoWorld.LAMP).get(0);
        assertThat(command.code()).isEqualTo(code);
        assertThat(command.value()).isEqualTo(fake.device(DemoWorld.LAMP).status(code));
        assertThat(fake.requests().get(fake.requests().size() - 1).executed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "switch_led | 1",
                "switch_led | 'true'",
                "work_mode | 'disco'",
                "bright_value_v2 | 9",
                "bright_value_v2 | 1001",
                "bright_value_v2 | 10.5",
                "bright_value_v2 | '500'",
                "colour_data_v2 | {'h':361}",
                "colour_data_v2 | 'red'",
                "night_light | 'dim'",
                "nothing | true"
            })
    void command_invalidValue_isRefusedWithoutEffect(String code, String value) {
        var before = fake.device(DemoWorld.LAMP).status();

        assertThat(command(DemoWorld.LAMP, code, value).path("code").intValue()).isEqualTo(2008);
        assertThat(fake.device(DemoWorld.LAMP).status()).isEqualTo(before);
        assertThat(fake.commands(DemoWorld.LAMP)).isEmpty();
    }

    @Test
    void command_carriedOut_changesTheStatus() {
        command(DemoWorld.PLUG, "switch_1", "true");

        JsonNode status = caller.result("/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/status");
        assertThat(status.get(0).path("code").textValue()).isEqualTo("switch_1");
        assertThat(status.get(0).path("value").booleanValue()).isTrue();
    }

    @Test
    void command_oneOfTwoInvalid_neitherIsCarriedOut() {
        String body = "{\"commands\":[{\"code\":\"switch_1\",\"value\":true},{\"code\":\"cur_power\",\"value\":1}]}";

        JsonNode response = caller.send("POST", "/v1.0/devices/" + DemoWorld.PLUG + "/commands", body);

        assertThat(response.path("code").intValue()).isEqualTo(2008);
        assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(false);
    }

    @Test
    void command_deviceOffline_isRefused() {
        assertThat(command(DemoWorld.OFFLINE_PLUG, "switch_1", "true")
                        .path("code")
                        .intValue())
                .isEqualTo(2001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "none",
            value = {"none | 1109", "[] | 1109", "{} | 1102", "{'commands':[]} | 1102", "{'commands':[} | 1109"})
    void command_malformedBody_isRefused(String body, int code) {
        String text = body == null ? "" : body.replace('\'', '"');

        JsonNode response = caller.send("POST", "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands", text);

        assertThat(response.path("code").intValue()).isEqualTo(code);
    }

    @Test
    void rename_device_changesItsName() {
        caller.send("PUT", "/v1.0/devices/" + DemoWorld.PLUG, "{\"name\":\"Küche\"}");

        assertThat(caller.result("/v1.0/devices/" + DemoWorld.PLUG).path("name").textValue())
                .isEqualTo("Küche");
        assertThat(fake.device(DemoWorld.PLUG).name()).isEqualTo("Küche");
    }

    @Test
    void delete_device_removesIt() {
        assertThat(caller.send("DELETE", "/v1.0/iot-03/devices/" + DemoWorld.PLUG, "")
                        .path("result")
                        .booleanValue())
                .isTrue();

        assertThat(caller.code("/v1.0/devices/" + DemoWorld.PLUG)).isEqualTo(1106);
        assertThat(caller.result("/v1.0/users/" + DemoWorld.ALICE + "/devices")).hasSize(3);
    }

    private JsonNode command(String deviceId, String code, String value) {
        String body = "{'commands':[{'code':'" + code + "','value':" + value + "}]}";
        String json = body.replace("\\'", "\\\"").replace('\'', '"');
        return caller.send("POST", "/v1.0/iot-03/devices/" + deviceId + "/commands", json);
    }
}

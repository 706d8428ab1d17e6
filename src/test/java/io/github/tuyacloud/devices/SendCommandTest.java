package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeCommand;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks all three forms of sendCommand: exact requests, their effect, refusals. */
class SendCommandTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final String LAMP = DemoWorld.LAMP;

    @Test
    void sendCommand_oneCommand_isSentAndCarriedOut() {
        boolean taken = cloud.sendCommand(PLUG, Command.of("switch_1", true));

        assertThat(taken).isTrue();
        assertThat(sent())
                .containsExactly("POST /v1.0/iot-03/devices/" + PLUG
                        + "/commands {\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}");
        assertThat(fake.commands(PLUG)).containsExactly(new FakeCommand("switch_1", true, ManualTime.START));
        assertThat(cloud.getStatus(PLUG).getBoolean("switch_1")).isTrue();
    }

    @Test
    void sendCommand_manyCommands_areSentTogetherInOrder() {
        Map<String, Object> colour = new LinkedHashMap<>();
        colour.put("h", 120);
        colour.put("s", 1000);
        colour.put("v", 500);

        cloud.sendCommand(
                LAMP,
                List.of(
                        Command.of("switch_led", true),
                        Command.of("work_mode", "colour"),
                        Command.of("bright_value_v2", 500),
                        Command.of("colour_data_v2", colour)));

        assertThat(requests()).singleElement().satisfies(request -> assertThat(request.body())
                .isEqualTo("{\"commands\":[{\"code\":\"switch_led\",\"value\":true},"
                        + "{\"code\":\"work_mode\",\"value\":\"colour\"},"
                        + "{\"code\":\"bright_value_v2\",\"value\":500},"
                        + "{\"code\":\"colour_data_v2\",\"value\":{\"h\":120,\"s\":1000,\"v\":500}}]}"));
    }

    @Test
    void sendCommand_nonAsciiText_isSentAsUtf8() {
        fake.onAny().exceptToken().fail(Fault.result(true));

        cloud.sendCommand(PLUG, Command.of("text", "Küche 灯"));

        assertThat(requests().get(0).body()).isEqualTo("{\"commands\":[{\"code\":\"text\",\"value\":\"Küche 灯\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "devices/, /v1.0/devices/%s/commands",
        "devices, /v1.0/devices/%s/commands",
        "/devices/, /v1.0/devices/%s/commands",
        "iot-03/devices/, /v1.0/iot-03/devices/%s/commands",
        "iot-03/devices, /v1.0/iot-03/devices/%s/commands"
    })
    void sendCommand_uri_choosesTheFamilyOfCalls(String uri, String path) {
        boolean taken = cloud.sendCommand(PLUG, Map.of("commands", List.of(Command.of("switch_1", true))), uri);

        assertThat(taken).isTrue();
        assertThat(requests().get(0).path()).isEqualTo(path.formatted(PLUG));
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @Test
    void sendCommand_anyBody_isSentUnchanged() {
        fake.onAny().exceptToken().fail(Fault.result(true));

        cloud.sendCommand("bf1", List.of(1, "a", Map.of()), "infrareds/");
        cloud.sendCommand("bf1", Map.of(), "infrareds/");

        assertThat(sent())
                .containsExactly(
                        "POST /v1.0/infrareds/bf1/commands [1,\"a\",{}]", "POST /v1.0/infrareds/bf1/commands {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../devices", "devices?x=", "a b", "devices#", "a//b", "http://evil/", "%2e%2e/", "a\\b"})
    void sendCommand_uriThatWouldChangeThePath_isRefusedAndSendsNothing(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.sendCommand(PLUG, Map.of(), uri))
                .withMessageContaining("must be a part of a path, like devices/");
        assertThat(fake.requestCount()).isZero();
    }

    static Stream<Consumer<TuyaCloud>> writes() {
        return Stream.of(
                cloud -> cloud.sendCommand(PLUG, Command.of("switch_1", true)),
                cloud -> cloud.sendCommand(PLUG, List.of(Command.of("switch_1", true))),
                cloud -> cloud.sendCommand(PLUG, Map.of("commands", List.of()), "devices/"),
                cloud -> cloud.sendCommand(PLUG, Map.of("key", "Power"), "infrareds/"),
                cloud -> cloud.things().setProperties(PLUG, Map.of("switch_1", true)),
                cloud -> cloud.devices().rename(PLUG, "Porch"),
                cloud -> cloud.devices().delete(PLUG),
                cloud -> cloud.homes().trigger(Long.toString(DemoWorld.HOME), DemoWorld.EVENING_SCENE));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void write_resultFalse_throwsAndIsNotRetried(Consumer<TuyaCloud> write) {
        for (Object no : List.of(false, "false")) {
            fake.clearFaults().onAny().exceptToken().fail(Fault.result(no));
            fake.clearRequests();

            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(() -> write.accept(cloud))
                    .withMessageContaining("the cloud took the command and says that it was not carried out")
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(-1);
                        assertThat(e.httpStatus()).isEqualTo(200);
                        assertThat(e.tid()).isNotBlank();
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e.retryable()).isFalse();
                        assertThat(e.sent()).isEqualTo(TuyaTransportException.Sent.NO);
                        assertThat(e.hint()).contains("online");
                    });
            assertThat(requests()).hasSize(1);
        }
    }

    @Test
    void sendCommand_customPathWithAnotherResult_isTrue() {
        for (Object result : Arrays.asList("done", 17, Map.of("id", "x"), List.of(), null, true)) {
            fake.clearFaults().onAny().exceptToken().fail(Fault.result(result));

            assertThat(cloud.sendCommand("bf1", Map.of("key", "Power"), "infrareds/"))
                    .as("%s", result)
                    .isTrue();
        }
    }

    @Test
    void sendCommand_textAsBody_requestsCommandOf() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.sendCommand(PLUG, "work_mode", "white"))
                .withMessageContaining("did you mean Command.of(...)");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void sendCommand_resultMissing_isUnusableAndMayHaveBeenCarriedOut() {
        fake.onAny().exceptToken().fail(Fault.without("result"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of("switch_1", true)))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(TuyaTransportException.Sent.MAYBE));
    }

    @ParameterizedTest
    @CsvSource({
        "no_such_code, 2008, getFunctions lists the codes and types",
        "cur_power, 2008, getFunctions lists the codes and types"
    })
    void sendCommand_refusedCode_throwsWithHint(String code, int expected, String hint) {
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, Command.of(code, 1)))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(expected);
                    assertThat(e.operation()).isEqualTo("POST /v1.0/iot-03/devices/{id}/commands");
                    assertThat(e.hint()).contains(hint);
                });
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    static Stream<Object> noNumbers() {
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                Map.of("h", List.of(1, Map.of("s", Double.NaN))),
                new Object[] {Float.NaN},
                Set.of(Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource("noNumbers")
    void command_nanOrInfinity_isRefused(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("colour_data", value))
                .withMessage("colour_data takes a finite number, not NaN or an infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.things().setProperties(PLUG, Map.of("colour_data", value)));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void sendCommand_offlineDevice_throws2001() {
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.sendCommand(DemoWorld.OFFLINE_PLUG, Command.of("switch_1", true)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2001))
                .withMessageContaining("offline");
    }

    @Test
    void sendCommand_noCommand_requestsOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.sendCommand(PLUG))
                .withMessageContaining("pass at least one, as Command.of(code, value)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.sendCommand(PLUG, List.of()))
                .withMessageContaining("pass at least one");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void of_blankCode_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of(" ", true))
                .withMessageContaining("such as switch_1");
    }
}

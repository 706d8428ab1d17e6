package io.github.tuyacloud.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.MemoryTokenStore;
import io.github.tuyacloud.support.ScriptedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads real answers of the cloud, each with the method for it, and checks that no value is lost.
 *
 * <p>The answers are not part of the project: the system property {@code realResponses} names a folder with a
 * {@code MANIFEST.tsv}, whose first two columns are a file and the kind of answer in it.
 */
class RealResponsesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = "bf0realresponses";

    @TempDir
    Path temporary;

    /** One file of the folder. */
    private record Answer(Path file, String kind, JsonNode content) {

        /** Returns the content as a whole answer; some files contain only the result. */
        JsonNode envelope() {
            if (content.has("success")) {
                return content;
            }
            JsonNode result = content.size() == 1 && content.has("result") ? content.get("result") : content;
            return MAPPER.createObjectNode()
                    .put("success", true)
                    .put("t", 1_709_294_400_000L)
                    .set("result", result);
        }

        JsonNode result() {
            return envelope().get("result");
        }
    }

    @TestFactory
    Stream<DynamicTest> read_realAnswer_losesNothing() throws IOException {
        String folder = System.getProperty("realResponses");
        assumeTrue(folder != null, "no real answers to read: name their folder with -DrealResponses=DIR");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(folder, "MANIFEST.tsv")).stream()
                .skip(1)
                .toList()) {
            String[] columns = line.split("\t", -1);
            Path file = Path.of(folder, columns[0]);
            tests.add(DynamicTest.dynamicTest(
                    columns[0], () -> check(new Answer(file, columns[1], MAPPER.readTree(file.toFile())))));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private void check(Answer answer) throws IOException {
        switch (answer.kind()) {
            case "devices_json" -> checkFile(answer);
            case "token" -> checkToken(answer);
            case "token_error" -> checkTokenError(answer);
            default -> {
                checkAnswer(answer);
                checkResult(answer);
            }
        }
    }

    /** Checks that the general call returns the whole answer. */
    private static void checkAnswer(Answer answer) throws IOException {
        String json = ask(answer, cloud -> cloud.cloudRequest("/v1.0/anything").json());
        assertThat(MAPPER.readTree(json)).isEqualTo(answer.envelope());
        assertSame(answer.envelope(), ask(answer, cloud -> cloud.cloudRequest("/v1.0/anything")
                .asMap()));
    }

    private static void checkResult(Answer answer) {
        JsonNode result = answer.result();
        switch (answer.kind()) {
            case "status" -> assertSame(result, ask(answer, cloud -> Views.of(cloud.getStatus(ID))));
            case "functions" -> assertSame(result, ask(answer, cloud -> Views.of(cloud.getFunctions(ID))));
            case "specification" -> assertSame(result, ask(answer, cloud -> Views.of(cloud.getProperties(ID))));
            case "specifications_v11" -> assertSame(result, ask(answer, cloud -> Views.of(cloud.getDps(ID))));
            case "logs", "report_logs" ->
                assertSame(
                        result,
                        ask(
                                answer,
                                cloud -> Views.of(cloud.getDeviceLog(
                                        ID,
                                        DeviceLogQuery.builder().maxFetches(1).build()))));
            case "commands" ->
                assertSame(result, ask(answer, cloud -> cloud.sendCommand(ID, Command.of("switch_1", true))));
            case "device" -> {
                assertSame(
                        result,
                        ask(
                                answer,
                                cloud -> Views.of(cloud.cloudRequest("/v1.0/x").result(Device.class))));
                assertSame(result.get("online"), ask(answer, cloud -> cloud.getConnectStatus(ID)));
            }
            case "user_devices" -> checkOwnersDevices(answer);
            case "iot03_devices" -> checkSecondLook(answer);
            case "tuya_raw" -> {
                checkDevices(result, ask(answer, cloud -> cloud.cloudRequest("/v1.0/x")
                        .resultList(Device.class)));
                checkDevices(result, DevicesFile.read(answer.file()));
            }
            case "factory_infos" -> checkFactoryInfos(answer);
            case "thing_model", "thing_properties" ->
                assertThat(result.isObject()).isTrue();
            default -> throw new IllegalStateException("a kind that no test knows: " + answer.kind());
        }
    }

    private static void checkOwnersDevices(Answer answer) {
        checkDevices(answer.result(), ask(answer, cloud -> cloud.cloudRequest("/v1.0/x")
                .resultList(Device.class)));
        try (ScriptedCloud server = new ScriptedCloud()
                        .answer("/v1.0/devices/" + ID, "{\"success\":true,\"result\":{\"uid\":\"eu0owner\"}}")
                        .answer(
                                "/v1.0/users/eu0owner/devices",
                                answer.envelope().toString());
                TuyaCloud cloud = server.client().apiDeviceId(ID).build()) {
            checkDevices(answer.result(), cloud.getDevicesVerbose().resultList(Device.class));
        }
    }

    private static void checkSecondLook(Answer answer) {
        JsonNode list = answer.result().has("list")
                ? answer.result().get("list")
                : answer.result().get("devices");
        try (ScriptedCloud server = new ScriptedCloud()
                        .answer(
                                "/v1.0/iot-01/associated-users/devices",
                                "{\"success\":true,\"result\":{\"has_more\":false,\"devices\":[{\"id\":\""
                                        + list.get(0).get("id").asText() + "\",\"uid\":\"eu0owner\"}]}}")
                        .answer("/v1.3/iot-03/devices", answer.envelope().toString());
                TuyaCloud cloud = server.client().build()) {
            List<Device> devices = cloud.getDevicesVerbose().resultList(Device.class);
            if (list.get(0).has("uid")) {
                // The first list wins; it is not in the answer under test.
                ((ObjectNode) list.get(0)).put("uid", "eu0owner");
            }
            checkDevices(list, devices);
        }
    }

    private static void checkFactoryInfos(Answer answer) {
        List<Device> bare = new ArrayList<>();
        answer.result()
                .forEach(info ->
                        bare.add(Device.fromMap(Map.of("id", info.get("id").asText()))));
        checkDevices(answer.result(), ask(answer, cloud -> cloud.filterDevices(bare)));
    }

    private static void checkDevices(JsonNode expected, List<Device> devices) {
        assertSame(expected, devices.stream().map(Views::of).toList());
    }

    private static void checkToken(Answer answer) {
        MemoryTokenStore store = new MemoryTokenStore();
        ManualTime time = new ManualTime();
        try (ScriptedCloud server = new ScriptedCloud()
                        .answer("/v1.0/token", answer.envelope().toString())
                        .answer("/", "{\"success\":true,\"result\":[]}");
                TuyaCloud cloud = server.client().clock(time).tokenStore(store).build()) {
            cloud.getStatus(ID);

            JsonNode result = answer.result();
            assertThat(server.accessTokens())
                    .containsExactly(result.get("access_token").asText());
            assertThat(store.last().value())
                    .isEqualTo(result.get("access_token").asText());
            assertThat(store.last().expiresAt())
                    .isEqualTo(ManualTime.START.plusSeconds(
                            result.get("expire_time").longValue()));
        }
    }

    private static void checkTokenError(Answer answer) {
        try (ScriptedCloud server = new ScriptedCloud()
                        .answer("/v1.0/token", answer.content().toString());
                TuyaCloud cloud = server.client().build()) {
            assertThatExceptionOfType(TuyaAuthException.class)
                    .isThrownBy(() -> cloud.getStatus(ID))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(1106);
                        assertThat(e.apiMessage())
                                .isEqualTo(answer.content().get("msg").asText());
                        assertThat(e.hint()).isNotBlank();
                    });
        }
    }

    /** Checks that a devices.json is read without loss, and written so that it reads back equal, here and elsewhere. */
    private void checkFile(Answer answer) throws IOException {
        List<Device> devices = DevicesFile.read(answer.file());
        List<Map<String, Object>> views = devices.stream()
                .map(device -> {
                    Map<String, Object> view = new TreeMap<>(Views.of(device));
                    view.put("key", device.key());
                    view.put("ip", device.ip());
                    return view;
                })
                .toList();
        assertSame(answer.content(), views);

        Path copy = temporary.resolve("devices.json");
        DevicesFile.write(copy, devices);
        assertThat(DevicesFile.read(copy)).isEqualTo(devices);
        assertSame(answer.content(), MAPPER.readValue(copy.toFile(), List.class));
    }

    private static <T> T ask(Answer answer, Function<TuyaCloud, T> call) {
        try (ScriptedCloud server =
                        new ScriptedCloud().answer("/", answer.envelope().toString());
                TuyaCloud cloud = server.client().build()) {
            return call.apply(cloud);
        }
    }

    /** Asserts that each value of the answer is at the same place in the view; nulls and empty texts may be missing. */
    private static void assertSame(JsonNode expected, Object view) {
        Map<String, String> lost = new TreeMap<>();
        collectLost("", expected, MAPPER.valueToTree(view), lost);
        assertThat(lost)
                .as("values that were in the answer and are not in what was read")
                .isEmpty();
    }

    private static void collectLost(String place, JsonNode expected, JsonNode actual, Map<String, String> lost) {
        if (expected.isContainerNode()) {
            expected.fieldNames()
                    .forEachRemaining(
                            name -> collectLost(place + "/" + name, expected.get(name), actual.path(name), lost));
            for (int i = 0; expected.isArray() && i < expected.size(); i++) {
                collectLost(place + "/" + i, expected.get(i), actual.path(i), lost);
            }
        } else if (!expected.isNull() && !expected.asText().equals(actual.asText(""))) {
            lost.put(place, expected + " became " + actual);
        }
    }
}

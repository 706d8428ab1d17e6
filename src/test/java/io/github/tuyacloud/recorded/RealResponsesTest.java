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
 * Reads real responses of the cloud, each with the method for it, and checks that no value is lost.
 *
 * <p>The responses are not part of the project: the system property {@code realResponses} names a folder with a
 * {@code MANIFEST.tsv}, whose first two columns are a file and the kind of response in it.
 */
class RealResponsesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = "bf0realresponses";

    @TempDir
    Path temporary;

    /** One file of the folder. */
    private record Recording(Path file, String kind, JsonNode content) {

        /** Returns the content as a whole response; some files contain only the result. */
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
    Stream<DynamicTest> read_realResponse_losesNothing() throws IOException {
        String folder = System.getProperty("realResponses");
        assumeTrue(folder != null, "no real responses to read: name their folder with -DrealResponses=DIR");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(folder, "MANIFEST.tsv")).stream()
                .skip(1)
                .toList()) {
            String[] columns = line.split("\t", -1);
            Path file = Path.of(folder, columns[0]);
            tests.add(DynamicTest.dynamicTest(
                    columns[0], () -> check(new Recording(file, columns[1], MAPPER.readTree(file.toFile())))));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private void check(Recording response) throws IOException {
        switch (response.kind()) {
            case "devices_json" -> checkFile(response);
            case "token" -> checkToken(response);
            case "token_error" -> checkTokenError(response);
            default -> {
                checkResponse(response);
                checkResult(response);
            }
        }
    }

    /** Checks that the general call returns the whole response. */
    private static void checkResponse(Recording response) throws IOException {
        String json =
                ask(response, cloud -> cloud.cloudRequest("/v1.0/anything").json());
        assertThat(MAPPER.readTree(json)).isEqualTo(response.envelope());
        assertSame(response.envelope(), ask(response, cloud -> cloud.cloudRequest("/v1.0/anything")
                .asMap()));
    }

    private static void checkResult(Recording response) {
        JsonNode result = response.result();
        switch (response.kind()) {
            case "status" -> assertSame(result, ask(response, cloud -> Views.of(cloud.getStatus(ID))));
            case "functions" -> assertSame(result, ask(response, cloud -> Views.of(cloud.getFunctions(ID))));
            case "specification" -> assertSame(result, ask(response, cloud -> Views.of(cloud.getProperties(ID))));
            case "specifications_v11" -> assertSame(result, ask(response, cloud -> Views.of(cloud.getDps(ID))));
            case "logs", "report_logs" ->
                assertSame(
                        result,
                        ask(
                                response,
                                cloud -> Views.of(cloud.getDeviceLog(
                                        ID,
                                        DeviceLogQuery.builder().maxFetches(1).build()))));
            case "commands" ->
                assertSame(result, ask(response, cloud -> cloud.sendCommand(ID, Command.of("switch_1", true))));
            case "device" -> {
                assertSame(
                        result,
                        ask(
                                response,
                                cloud -> Views.of(cloud.cloudRequest("/v1.0/x").result(Device.class))));
                assertSame(result.get("online"), ask(response, cloud -> cloud.getConnectStatus(ID)));
            }
            case "user_devices" -> checkOwnersDevices(response);
            case "iot03_devices" -> checkSecondLook(response);
            case "tuya_raw" -> {
                checkDevices(result, ask(response, cloud -> cloud.cloudRequest("/v1.0/x")
                        .resultList(Device.class)));
                checkDevices(result, DevicesFile.read(response.file()));
            }
            case "factory_infos" -> checkFactoryInfos(response);
            case "thing_model", "thing_properties" ->
                assertThat(result.isObject()).isTrue();
            default -> throw new IllegalStateException("a kind that no test knows: " + response.kind());
        }
    }

    private static void checkOwnersDevices(Recording response) {
        checkDevices(response.result(), ask(response, cloud -> cloud.cloudRequest("/v1.0/x")
                .resultList(Device.class)));
        try (ScriptedCloud server = new ScriptedCloud()
                        .response("/v1.0/devices/" + ID, "{\"success\":true,\"result\":{\"uid\":\"eu0owner\"}}")
                        .response(
                                "/v1.0/users/eu0owner/devices",
                                response.envelope().toString());
                TuyaCloud cloud = server.client().apiDeviceId(ID).build()) {
            checkDevices(response.result(), cloud.getDevicesVerbose().resultList(Device.class));
        }
    }

    private static void checkSecondLook(Recording response) {
        JsonNode list = response.result().has("list")
                ? response.result().get("list")
                : response.result().get("devices");
        try (ScriptedCloud server = new ScriptedCloud()
                        .response(
                                "/v1.0/iot-01/associated-users/devices",
                                "{\"success\":true,\"result\":{\"has_more\":false,\"devices\":[{\"id\":\""
                                        + list.get(0).get("id").asText() + "\",\"uid\":\"eu0owner\"}]}}")
                        .response("/v1.3/iot-03/devices", response.envelope().toString());
                TuyaCloud cloud = server.client().build()) {
            List<Device> devices = cloud.getDevicesVerbose().resultList(Device.class);
            if (list.get(0).has("uid")) {
                // The first list wins; it is not in the response under test.
                ((ObjectNode) list.get(0)).put("uid", "eu0owner");
            }
            checkDevices(list, devices);
        }
    }

    private static void checkFactoryInfos(Recording response) {
        List<Device> bare = new ArrayList<>();
        response.result()
                .forEach(info ->
                        bare.add(Device.fromMap(Map.of("id", info.get("id").asText()))));
        checkDevices(response.result(), ask(response, cloud -> cloud.filterDevices(bare)));
    }

    private static void checkDevices(JsonNode expected, List<Device> devices) {
        assertSame(expected, devices.stream().map(Views::of).toList());
    }

    private static void checkToken(Recording response) {
        MemoryTokenStore store = new MemoryTokenStore();
        ManualTime time = new ManualTime();
        try (ScriptedCloud server = new ScriptedCloud()
                        .response("/v1.0/token", response.envelope().toString())
                        .response("/", "{\"success\":true,\"result\":[]}");
                TuyaCloud cloud = server.client().clock(time).tokenStore(store).build()) {
            cloud.getStatus(ID);

            JsonNode result = response.result();
            assertThat(server.accessTokens())
                    .containsExactly(result.get("access_token").asText());
            assertThat(store.last().value())
                    .isEqualTo(result.get("access_token").asText());
            assertThat(store.last().expiresAt())
                    .isEqualTo(ManualTime.START.plusSeconds(
                            result.get("expire_time").longValue()));
        }
    }

    private static void checkTokenError(Recording response) {
        try (ScriptedCloud server = new ScriptedCloud()
                        .response("/v1.0/token", response.content().toString());
                TuyaCloud cloud = server.client().build()) {
            assertThatExceptionOfType(TuyaAuthException.class)
                    .isThrownBy(() -> cloud.getStatus(ID))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(1106);
                        assertThat(e.apiMessage())
                                .isEqualTo(response.content().get("msg").asText());
                        assertThat(e.hint()).isNotBlank();
                    });
        }
    }

    /** Checks that a devices.json is read without loss, and written so that it reads back equal, here and elsewhere. */
    private void checkFile(Recording response) throws IOException {
        List<Device> devices = DevicesFile.read(response.file());
        List<Map<String, Object>> views = devices.stream()
                .map(device -> {
                    Map<String, Object> view = new TreeMap<>(Views.of(device));
                    view.put("key", device.key());
                    view.put("ip", device.ip());
                    return view;
                })
                .toList();
        assertSame(response.content(), views);

        Path copy = temporary.resolve("devices.json");
        DevicesFile.write(copy, devices);
        assertThat(DevicesFile.read(copy)).isEqualTo(devices);
        assertSame(response.content(), MAPPER.readValue(copy.toFile(), List.class));
    }

    private static <T> T ask(Recording response, Function<TuyaCloud, T> call) {
        try (ScriptedCloud server =
                        new ScriptedCloud().response("/", response.envelope().toString());
                TuyaCloud cloud = server.client().build()) {
            return call.apply(cloud);
        }
    }

    /**
     * Asserts that each value of the response is at the same place in the view; nulls and empty texts may be missing.
     */
    private static void assertSame(JsonNode expected, Object view) {
        Map<String, String> lost = new TreeMap<>();
        collectLost("", expected, MAPPER.valueToTree(view), lost);
        assertThat(lost)
                .as("values that were in the response and are not in what was read")
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

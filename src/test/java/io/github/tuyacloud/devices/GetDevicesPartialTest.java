package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that device lists are complete even if the cloud omits members, refuses some calls or returns odd results. */
class GetDevicesPartialTest extends FakeCloudTest {

    private static final String LINKED = "/v1.0/iot-01/associated-users/devices";
    private static final DeviceListOptions WITH_MAP =
            DeviceListOptions.builder().includeMap(true).build();

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().empty();
    }

    @BeforeEach
    void addDevices() {
        fake.seed(2, 10, 30);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("refused", Fault.code(1106, "permission deny")),
                Arguments.of("refused with an unknown code", Fault.code(77_777_777, "no")),
                Arguments.of("failing inside the cloud", Fault.code(500, "system error")),
                Arguments.of("failing at a gateway", Fault.http(504, "text/html", "<html>Gateway Time-out</html>")),
                Arguments.of("cut off", Fault.truncatedBody()),
                Arguments.of("no JSON", Fault.http(200, "application/json", "oops")),
                Arguments.of("null", Fault.result(null)),
                Arguments.of("missing", Fault.without("result")),
                Arguments.of("a list", Fault.result(List.of())),
                Arguments.of("with lists that are texts", Fault.result(Map.of("functions", "none", "status", "none"))),
                Arguments.of("with items that are no objects", Fault.result(Map.of("status", List.of("switch_1")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void getDevices_someSpecificationsUnusable_othersHaveTheirMaps(String kind, Fault fault) {
        List<String> odd = firstDevicesOf(2);
        odd.forEach(
                id -> fake.on("GET", "/v1.1/devices/" + id + "/specifications").fail(fault));
        List<String> oddProducts =
                odd.stream().map(id -> fake.device(id).product().id()).toList();

        List<Device> devices;
        List<String> warnings;
        try (CapturedLog log = new CapturedLog()) {
            devices = cloud.getDevices(WITH_MAP);
            warnings = log.warnings();
        }

        assertThat(devices).hasSize(30).allSatisfy(device -> {
            if (oddProducts.contains(device.productId())) {
                assertThat(device.mapping()).isNull();
            } else {
                assertThat(device.mapping().dps()).isNotEmpty();
            }
            assertThat(device.mac()).isNotBlank();
        });
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("no DP mapping for the products [" + String.join(", ", sorted(oddProducts)) + "]")
                .contains("GET /v1.1/devices/{id}/specifications failed");
    }

    static Stream<Arguments> sparse() {
        return Stream.of(
                Arguments.of("only a category", Map.of("category", "cz")),
                Arguments.of("nothing", Map.of()),
                Arguments.of("null lists", withNulls("functions", "status")),
                Arguments.of("empty lists", Map.of("functions", List.of(), "status", List.of())),
                Arguments.of("another type as category", Map.of("category", List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sparse")
    void getDevices_specificationWithoutDataPoints_isAnEmptyMap(String kind, Map<String, Object> specification) {
        String id = firstDevicesOf(1).get(0);
        String product = fake.device(id).product().id();
        fake.on("GET", "/v1.1/devices/" + id + "/specifications").fail(Fault.result(specification));

        try (CapturedLog log = new CapturedLog()) {
            Map<String, Integer> sizes = cloud.getDevices(WITH_MAP).stream()
                    .collect(Collectors.toMap(
                            Device::productId, device -> device.mapping().dps().size(), (a, b) -> a));

            assertThat(sizes).hasSize(10).containsEntry(product, 0);
            sizes.remove(product);
            assertThat(sizes.values()).allMatch(size -> size > 0);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void getDevices_quotaUsedUpDuringSpecifications_throws() {
        fake.on("GET", "/v1.1/devices/{id}/specifications").fail(Fault.code(28841004, "quota used up"));

        assertThatExceptionOfType(TuyaException.class)
                .isThrownBy(() -> cloud.getDevices(WITH_MAP))
                .satisfies(e -> assertThat(e.code()).isEqualTo(28841004));
    }

    @Test
    void getDevices_malformedHardwareRecords_areSkipped() {
        String known = fake.devices().get(0).id();
        fake.on("GET", "/v1.0/devices/factory-infos")
                .fail(Fault.result(Arrays.asList(
                        null, "x", Map.of("mac", "no id"), Map.of("id", known, "mac", "fc:67:1f:00:00:01"))));

        List<Device> devices = cloud.getDevices();

        assertThat(devices).hasSize(30);
        assertThat(devices.get(0).mac()).isEqualTo("fc:67:1f:00:00:01");
        assertThat(devices.subList(1, 30))
                .allSatisfy(device -> assertThat(device.mac()).isNull());
    }

    static Stream<Arguments> unusableHardware() {
        return Stream.of(
                Arguments.of("null", Fault.result(null)),
                Arguments.of("an object", Fault.result(Map.of("list", List.of()))),
                Arguments.of("missing", Fault.without("result")),
                Arguments.of("a page of a gateway", Fault.http(403, "text/html", "<html>Forbidden</html>")));
    }

    @ParameterizedTest
    @MethodSource("unusableHardware")
    void getDevices_hardwareUnusable_leavesThoseFieldsEmpty(String kind, Fault fault) {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(fault);

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getDevices()).hasSize(30).allSatisfy(device -> assertThat(device.mac())
                    .isNull());

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("no MAC address and serial number for some devices", "the response cannot be used");
        }
    }

    @Test
    void getDevices_noResponseWithHardware_throws() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.disconnect());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.withRetries(RetryPolicy.none()).getDevices())
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.0/devices/factory-infos"));
    }

    @Test
    void getDevices_hardwareAndSpecificationRefused_warnsOnce() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.code(28841105, "not authorized"));
        fake.on("GET", "/v1.1/devices/{id}/specifications").fail(Fault.code(1106, "permission deny"));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getDevices(WITH_MAP)).hasSize(30);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("no DP mapping for the products [")
                    .contains("1106")
                    .contains("no MAC address and serial number for some devices: GET /v1.0/devices/factory-infos")
                    .contains("28841105");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "list"})
    void getDevices_secondListMissingOrNull_keepsTheFirst(String name) {
        for (Map<String, Object> result : List.of(Map.<String, Object>of(), withNulls(name))) {
            fake.clearFaults().on("GET", "/v1.3/iot-03/devices").fail(Fault.result(result));

            assertThat(cloud.getDevices()).hasSize(30);
        }
    }

    static Stream<Map<String, Object>> withoutDevices() {
        return Stream.of(
                Map.of("devices", List.of(), "has_more", false, "last_row_key", "", "total", 0),
                Map.of("total", 0),
                withNulls("devices", "has_more", "last_row_key"));
    }

    @ParameterizedTest
    @MethodSource("withoutDevices")
    void getDevices_noDevices_isEmptyAndLogsAdvice(Map<String, Object> result) {
        fake.on("GET", LINKED).fail(Fault.result(result));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getDevices()).isEmpty();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("Link the app account", "data center", "TuyaCloud.detectRegion", "apiDeviceID");
        }
    }

    @Test
    void getDevices_emptyLocalKey_keepsTheOldKey() {
        fake.omitLocalKeysInAssociatedList(false);
        List<Device> old = cloud.getDevices();
        String id = old.get(0).id();
        fake.device(id).setLocalKey("");
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(withOld(old));

        assertThat(sent()).noneMatch(line -> line.contains("factory-infos"));
        assertThat(devices.get(0).key()).isEqualTo(old.get(0).key()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_key", "model", "node_id", "sn"})
    void getDevices_emptyInsteadOfAbsent_isNotAChange(String name) {
        fake.on("GET", LINKED)
                .fail(Fault.result(Map.of("devices", List.of(Map.of("id", "bf01", name, "", "icon", "")))));
        List<Device> old = List.of(Device.fromMap(Map.of("id", "bf01")));

        assertThat(cloud.getDevices(withOld(old))).hasSize(1);

        assertThat(sent()).containsExactly("GET " + LINKED + "?size=100");
    }

    private List<String> firstDevicesOf(int products) {
        return fake.devices().stream()
                .collect(Collectors.toMap(
                        device -> device.product().id(), FakeDevice::id, (first, next) -> first, TreeMap::new))
                .values()
                .stream()
                .limit(products)
                .toList();
    }

    private static List<String> sorted(List<String> list) {
        return list.stream().sorted().toList();
    }

    private static DeviceListOptions withOld(List<Device> old) {
        return DeviceListOptions.builder().oldList(old).build();
    }

    private static Map<String, Object> withNulls(String... names) {
        Map<String, Object> map = new HashMap<>();
        for (String name : names) {
            map.put(name, null);
        }
        return Collections.unmodifiableMap(map);
    }
}

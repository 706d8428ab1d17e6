package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the lists and descriptions of devices of the fake cloud. */
@DisplayName("FakeTuyaCloud, devices")
class FakeTuyaCloudDevicesTest extends CalledFake {

    @Test
    void device_ofAGateway_hasOwnerKeyAndStatusButNoGateway() {
        JsonNode sensor = caller.result("/v1.0/devices/" + DemoWorld.SENSOR);

        assertThat(sensor.path("uid").textValue()).isEqualTo(DemoWorld.ALICE);
        assertThat(sensor.path("local_key").textValue()).hasSize(16);
        assertThat(sensor.path("sub").booleanValue()).isTrue();
        assertThat(sensor.path("node_id").textValue()).hasSize(16);
        assertThat(sensor.path("status")).hasSize(3);
        assertThat(sensor.has("gateway_id")).isFalse();
    }

    @Test
    void devices_ofAUser_areAPlainList() {
        assertThat(caller.result("/v1.0/users/" + DemoWorld.ALICE + "/devices")).hasSize(4);
        assertThat(caller.result("/v1.0/users/" + DemoWorld.ALICE + "/devices?page_no=2&page_size=3"))
                .hasSize(1);
        assertThat(caller.code("/v1.0/users/unknown/devices")).isEqualTo(1106);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 99, 100})
    void linkedDevices_pageByPage_haveNeitherGapsNorDuplicates(int size) {
        fake.seed(3, 4, 95);

        List<String> ids = pages("/v1.0/iot-01/associated-users/devices?size=" + size, "devices");

        assertThat(ids).containsExactlyElementsOf(ids(fake.devices())).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 200})
    void devicesBySource_pageByPage_haveNeitherGapsNorDuplicates(int size) {
        fake.seed(2, 3, 200);
        String uid = fake.users().get(2).uid();

        List<String> ids =
                pages("/v1.3/iot-03/devices?page_size=" + size + "&source_type=tuyaUser&source_id=" + uid, "list");

        assertThat(ids)
                .containsExactlyElementsOf(ids(fake.devices().stream()
                        .filter(device -> device.uid().equals(uid))
                        .toList()))
                .hasSize(100);
    }

    @Test
    void linkedDevices_byDefault_haveKeysButNoGateways() {
        String list = "/v1.0/iot-01/associated-users/devices?size=100";

        assertThat(caller.result(list).path("devices"))
                .allMatch(device -> device.has("local_key") && device.has("uid") && !device.has("gateway_id"));
        fake.omitLocalKeysInAssociatedList(true).omitGatewayIdsInAssociatedList(false);
        assertThat(caller.result(list).path("devices")).noneMatch(device -> device.has("local_key"));
        assertThat(caller.result(list).path("devices")).anyMatch(device -> device.has("gateway_id"));
    }

    @Test
    void devices_bySource_haveGatewayButNeitherOwnerNorStatus() {
        JsonNode list = caller.result("/v1.3/iot-03/devices?source_type=tuyaUser&source_id=" + DemoWorld.ALICE)
                .path("list");

        assertThat(list).allMatch(device -> device.has("gateway_id") && device.has("category_name"));
        assertThat(list).noneMatch(device -> device.has("uid") || device.has("status"));
        assertThat(list.get(3).path("gateway_id").textValue()).isEqualTo(DemoWorld.GATEWAY);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1.3/iot-03/devices?source_type=tuyaUser&source_id=eu1588925778000Alice&page_size=201,1101",
        "/v1.3/iot-03/devices?source_type=asset&source_id=1,1109",
        "/v1.3/iot-03/devices?source_type=tuyaUser,1102",
        "/v1.3/iot-03/devices,1102",
        "/v1.0/iot-01/associated-users/devices?size=101,1101",
        "/v1.0/iot-01/associated-users/devices?last_row_key=xyz,1109",
        "/v1.0/devices/factory-infos,1102"
    })
    void list_invalidParameters_areRefused(String target, int code) {
        assertThat(caller.code(target)).isEqualTo(code);
    }

    @Test
    void factoryInfos_plugAndSensor_onlyThePlugHasASerialNumber() {
        JsonNode infos =
                caller.result("/v1.0/devices/factory-infos?device_ids=" + DemoWorld.PLUG + "%2C" + DemoWorld.SENSOR);

        assertThat(infos.get(0).path("mac").textValue()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        assertThat(infos.get(0).path("sn").textValue()).isNotEmpty();
        assertThat(infos.get(1).path("mac").textValue()).matches("([0-9a-f]{2}:){7}[0-9a-f]{2}");
        assertThat(infos.get(1).has("sn")).isFalse();
    }

    @Test
    void factoryInfos_moreThanFifty_areRefused() {
        String fiftyOne = IntStream.range(0, 51).mapToObj(i -> "x").collect(Collectors.joining(","));

        assertThat(caller.code("/v1.0/devices/factory-infos?device_ids=" + fiftyOne))
                .isEqualTo(1101);
    }

    @Test
    void status_ofSeveralDevices_isGroupedByDevice() {
        JsonNode result =
                caller.result("/v1.0/iot-03/devices/status?device_ids=" + DemoWorld.PLUG + "," + DemoWorld.LAMP);

        assertThat(result).hasSize(2);
        assertThat(result.get(1).path("id").textValue()).isEqualTo(DemoWorld.LAMP);
        assertThat(result.get(1).path("status")).hasSize(5);
    }

    @Test
    void functions_ofAPlug_areItsWritableDataPoints() {
        JsonNode plug = caller.result("/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/functions");

        assertThat(plug.path("category").textValue()).isEqualTo("cz");
        assertThat(plug.path("functions").findValuesAsText("code")).containsExactly("switch_1", "countdown_1");
        assertThat(plug.path("functions").get(0).has("name")).isTrue();
    }

    @Test
    void specification_ofEitherVersion_onlyTheNewerHasDataPointIds() {
        JsonNode older = caller.result("/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/specification");
        JsonNode newer = caller.result("/v1.1/devices/" + DemoWorld.PLUG + "/specifications");

        assertThat(older.path("status")).hasSize(5).noneMatch(entry -> entry.has("dp_id"));
        assertThat(newer.path("status").findValuesAsText("dp_id")).containsExactly("1", "9", "18", "19", "20");
        assertThat(newer.path("functions")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1.1/devices/%s/specifications", "/v1.0/iot-03/devices/%s/functions"})
    void specification_deviceWithoutDataPoints_isNotSupported(String path) {
        assertThat(caller.code(String.format(Locale.ROOT, path, DemoWorld.GATEWAY)))
                .isEqualTo(2009);
    }

    @Test
    void subDevices_ofTheGateway_areItsSensors() {
        JsonNode children = caller.result("/v1.0/devices/" + DemoWorld.GATEWAY + "/sub-devices");

        assertThat(children.findValuesAsText("id")).containsExactly(DemoWorld.SENSOR);
    }

    @Test
    void addDevice_newDevice_isListed() {
        FakeProduct heater = FakeProduct.of("heater000001", "Heater", "qn", FakeDataPoint.bool("switch", 1));
        fake.addDevice(FakeDevice.builder("bf0000000000000heater", heater)
                .name("Heater")
                .uid("eu1234567890123Carol")
                .localKey("abcdefghijklmnop")
                .mac("AA:BB:CC:DD:EE:FF")
                .status("switch", true)
                .build());

        JsonNode device =
                caller.result("/v1.0/users/eu1234567890123Carol/devices").get(0);
        assertThat(device.path("local_key").textValue()).isEqualTo("abcdefghijklmnop");
        assertThat(device.path("status").get(0).path("value").booleanValue()).isTrue();
    }

    @Test
    void seed_twoClouds_areTheSame() {
        try (FakeTuyaCloud other = FakeTuyaCloud.builder().empty().start().seed(3, 4, 50)) {
            fake.seed(3, 4, 50).seed(1, 1, 5);

            assertThat(ids(fake.devices())).containsAll(ids(other.devices())).hasSize(60);
            assertThat(other.users()).hasSize(3);
        }
    }

    @Test
    void devices_sharedWithAUser_areListedOnlyOnRequest() {
        fake.addDevice(FakeDevice.builder("shared", DemoWorld.plug())
                .uid(DemoWorld.BOB)
                .sharedWith(DemoWorld.ALICE)
                .build());
        String list = "/v1.0/users/" + DemoWorld.ALICE + "/devices";

        assertThat(caller.result(list + "?from=sharing").findValuesAsText("id")).containsExactly("shared");
        assertThat(caller.result(list).findValuesAsText("id"))
                .doesNotContain("shared")
                .hasSize(4);
        assertThat(caller.result(list + "?from=home").findValuesAsText("id")).doesNotContain("shared");
    }

    private List<String> pages(String target, String listName) {
        List<String> ids = new ArrayList<>();
        JsonNode page = caller.result(target);
        ids.addAll(page.path(listName).findValuesAsText("id"));
        while (page.path("has_more").booleanValue()) {
            page = caller.result(
                    target + "&last_row_key=" + page.path("last_row_key").textValue());
            ids.addAll(page.path(listName).findValuesAsText("id"));
        }
        assertThat(page.path("total").intValue()).isEqualTo(ids.size());
        return ids;
    }

    private static List<String> ids(List<FakeDevice> devices) {
        return devices.stream().map(FakeDevice::id).toList();
    }
}

package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the raw device list, and the filter that turns it into the usual one. */
class GetDevicesVerboseTest extends FakeCloudTest {

    @Test
    void getDevicesVerbose_allAccounts_requestsListsOnly() {
        cloud.getDevicesVerbose();

        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "GET /v1.0/iot-01/associated-users/devices?size=100",
                        "GET /v1.3/iot-03/devices?page_size=200&source_id=" + DemoWorld.ALICE + "&source_type=tuyaUser",
                        "GET /v1.3/iot-03/devices?page_size=200&source_id=" + DemoWorld.BOB + "&source_type=tuyaUser");
    }

    @Test
    void getDevicesVerbose_allAccounts_returnsOneFlatListInTheLastResponse() {
        CloudResponse response = cloud.getDevicesVerbose();

        assertThat(response.asMap()).containsOnlyKeys("result", "success", "t", "tid", "fetches", "total");
        assertThat(response.asMap())
                .containsEntry("success", true)
                .containsEntry("t", 1_709_294_400_000L)
                .containsEntry("fetches", 1L)
                .containsEntry("total", 5L);
        assertThat(response.t()).isEqualTo(1_709_294_400_000L);
        assertThat(response.tid()).isNotBlank();
        assertThat(response.resultList(Device.class))
                .extracting(Device::id)
                .containsExactly(
                        DemoWorld.PLUG, DemoWorld.LAMP, DemoWorld.GATEWAY, DemoWorld.SENSOR, DemoWorld.OFFLINE_PLUG);
    }

    @Test
    void getDevicesVerbose_devices_areUnchanged() {
        fake.device(DemoWorld.SENSOR).setName("  Bedroom sensor ");

        Device sensor = cloud.getDevicesVerbose().resultList(Device.class).get(3);

        assertThat(sensor.name()).isEqualTo("  Bedroom sensor ");
        assertThat(sensor.icon()).isEqualTo("smart/icon/fake/wsdcgfake003.png");
        assertThat(sensor.gatewayId()).isEqualTo(DemoWorld.GATEWAY);
        assertThat(sensor.mac()).isNull();
    }

    @Test
    void getDevicesVerbose_withApiDeviceId_returnsTheOwnersList() {
        use(client().apiDeviceId(DemoWorld.OFFLINE_PLUG));

        CloudResponse response = cloud.getDevicesVerbose();

        assertThat(sent())
                .containsExactly(
                        "GET /v1.0/devices/" + DemoWorld.OFFLINE_PLUG, "GET /v1.0/users/" + DemoWorld.BOB + "/devices");
        assertThat(response.asMap()).containsOnlyKeys("result", "success", "t", "tid");
        assertThat(response.resultList(Device.class)).extracting(Device::name).containsExactly("Garage plug");
    }

    @Test
    void filterDevices_verboseList_equalsGetDevices() {
        List<Device> raw = cloud.getDevicesVerbose().resultList(Device.class);
        fake.clearRequests();

        List<Device> filtered = cloud.filterDevices(raw);

        assertThat(sent())
                .containsExactly("GET /v1.0/devices/factory-infos?device_ids="
                        + String.join(
                                ",",
                                DemoWorld.PLUG,
                                DemoWorld.LAMP,
                                DemoWorld.GATEWAY,
                                DemoWorld.SENSOR,
                                DemoWorld.OFFLINE_PLUG));
        assertThat(filtered).isEqualTo(cloud.getDevices());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fc:67:1f:7d:b8:c4", "FC:67:1F:7D:B8:C4", "fc671f7db8c4", "FC-67-1F-7D-B8-C4"})
    void filterDevices_ipByMac_ignoresCaseAndColons(String mac) {
        fake.addDevice(FakeDevice.builder("bf06mac", DemoWorld.plug())
                .mac("fc671f7db8c4")
                .build());

        Device device = cloud.filterDevices(
                        List.of(Device.fromMap(Map.of("id", "bf06mac", "ip", "203.0.113.9"))),
                        Map.of(mac, "192.168.1.7"))
                .get(0);

        assertThat(device.ip()).isEqualTo("192.168.1.7");
        assertThat(device.publicIp()).isEqualTo("203.0.113.9");
        assertThat(device.mac()).isEqualTo("fc:67:1f:7d:b8:c4");
    }

    @Test
    void filterDevices_unknownMac_hasNoAddress() {
        Device device = cloud.filterDevices(
                        List.of(Device.fromMap(Map.of("id", DemoWorld.PLUG))),
                        Map.of("00:00:00:00:00:00", "192.168.1.7"))
                .get(0);

        assertThat(device.ip()).isNull();
    }

    @Test
    void filterDevices_oneHundredTwentyDevices_requestsByFifty() {
        fake.seed(1, 1, 115);
        List<Device> raw = cloud.getDevicesVerbose().resultList(Device.class);
        fake.clearRequests();

        assertThat(cloud.filterDevices(raw)).hasSize(120).allSatisfy(device -> assertThat(device.mac())
                .isNotBlank());

        assertThat(requests())
                .extracting(request -> request.query().get("device_ids").split(",").length)
                .containsExactlyInAnyOrder(50, 50, 20);
    }

    @Test
    void filterDevices_noDevices_sendsNothing() {
        assertThat(cloud.filterDevices(List.of())).isEmpty();

        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void filterDevices_sameDeviceTwice_requestsOnceAndReturnsBoth() {
        Device plug = Device.fromMap(Map.of("id", DemoWorld.PLUG));

        assertThat(cloud.filterDevices(List.of(plug, plug))).hasSize(2).doesNotContain(plug);

        assertThat(sent()).containsExactly("GET /v1.0/devices/factory-infos?device_ids=" + DemoWorld.PLUG);
    }

    @Test
    void filterDevices_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> cloud.filterDevices(null));
        assertThatNullPointerException().isThrownBy(() -> cloud.filterDevices(List.of(), null));
    }
}

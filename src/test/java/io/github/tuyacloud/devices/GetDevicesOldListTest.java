package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks what a device list reuses from an earlier one: expensive details, but nothing that the new list contains. */
class GetDevicesOldListTest extends FakeCloudTest {

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().empty();
    }

    @BeforeEach
    void addDevices() {
        fake.addDevice(FakeDevice.builder("bf01plug", DemoWorld.plug())
                .uid("eu01")
                .name("Kitchen plug")
                .build());
        fake.addDevice(
                FakeDevice.builder("bf02lamp", DemoWorld.lamp()).uid("eu01").build());
    }

    @Test
    void getDevices_nothingChanged_requestsNoHardware() {
        List<Device> old = cloud.getDevices();
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(withOld(old));

        assertThat(sent())
                .containsExactly(
                        "GET /v1.0/iot-01/associated-users/devices?size=100",
                        "GET /v1.3/iot-03/devices?page_size=200&source_id=eu01&source_type=tuyaUser");
        assertThat(devices).isEqualTo(old);
        assertThat(devices.get(0).mac()).startsWith("fc:67:1f:");
    }

    @Test
    void getDevices_newDevice_requestsItsHardwareOnly() {
        List<Device> old = cloud.getDevices();
        fake.addDevice(
                FakeDevice.builder("bf03gate", DemoWorld.gateway()).uid("eu01").build());
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(withOld(old));

        assertThat(sent()).contains("GET /v1.0/devices/factory-infos?device_ids=bf03gate");
        assertThat(devices).extracting(Device::mac).allSatisfy(mac -> assertThat(mac)
                .isNotBlank());
    }

    @Test
    void getDevices_newKey_requestsThatDeviceAndReturnsTheNewKey() {
        List<Device> old = cloud.getDevices();
        fake.device("bf02lamp").setLocalKey("newnewnewnewnew1");
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(withOld(old));

        assertThat(sent()).contains("GET /v1.0/devices/factory-infos?device_ids=bf02lamp");
        assertThat(devices.get(1).key()).isEqualTo("newnewnewnewnew1");
    }

    @ParameterizedTest
    @CsvSource({
        "category, dj",
        "product_name, Other Plug",
        "product_id, other",
        "model, M2",
        "uuid, 00000000",
        "icon,",
        "local_key, other"
    })
    void getDevices_oldValueDiffers_requestsThatDevice(String field, String oldValue) {
        List<Device> old = with(cloud.getDevices(), "bf01plug", field, oldValue);
        fake.clearRequests();

        cloud.getDevices(withOld(old));

        assertThat(sent()).contains("GET /v1.0/devices/factory-infos?device_ids=bf01plug");
    }

    @ParameterizedTest
    @CsvSource({"name, Old name", "online, false", "ip, 198.51.100.1", "time_zone, +09:00", "update_time, 1"})
    void getDevices_newValueInTheList_isUsedWithoutFurtherRequests(String field, String oldValue) {
        List<Device> now = cloud.getDevices();
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(withOld(with(now, "bf01plug", field, oldValue)));

        assertThat(sent()).noneMatch(line -> line.contains("factory-infos"));
        assertThat(devices).isEqualTo(now);
    }

    @Test
    void getDevices_renamedAndOffline_isUpdated() {
        List<Device> old = cloud.getDevices();
        fake.device("bf01plug").setName("Garage plug").setOnline(false);

        Device plug = cloud.getDevices(withOld(old)).get(0);

        assertThat(plug.name()).isEqualTo("Garage plug");
        assertThat(plug.online()).isFalse();
        assertThat(plug.mac()).isEqualTo(old.get(0).mac());
    }

    @Test
    void getDevices_oldListInOtherOrderWithRemovedDevices_followsTheCloud() {
        List<Device> old = new ArrayList<>(cloud.getDevices());
        old.add(Device.fromMap(Map.of("id", "bf99gone", "name", "Gone")));
        Collections.reverse(old);

        assertThat(cloud.getDevices(withOld(old))).extracting(Device::id).containsExactly("bf01plug", "bf02lamp");
    }

    @Test
    void getDevices_oldDeviceFromAFile_keepsAddressVersionAndMapping() {
        Map<String, Object> fields = new HashMap<>(cloud.getDevices().get(0).asMap());
        fields.put("local_ip", "192.168.1.20");
        fields.put("version", "3.4");
        fields.put("mapping", Map.of("1", Map.of("code", "switch_1", "type", "Boolean", "values", Map.of())));

        Device plug = cloud.getDevices(withOld(List.of(Device.fromMap(fields)))).get(0);

        assertThat(plug.ip()).isEqualTo("192.168.1.20");
        assertThat(plug.version()).isEqualTo("3.4");
        assertThat(plug.mapping().dps()).containsOnlyKeys("1");
    }

    @Test
    void getDevices_productChanged_dropsTheMapping() {
        Map<String, Object> fields = new HashMap<>(cloud.getDevices().get(0).asMap());
        fields.put("product_id", "another");
        fields.put("mapping", Map.of("1", Map.of("code", "switch_1", "type", "Boolean", "values", Map.of())));

        Device plug = cloud.getDevices(withOld(List.of(Device.fromMap(fields)))).get(0);

        assertThat(plug.mapping()).isNull();
    }

    @Test
    void getDevices_hardwareRefused_keepsTheOldValues() {
        List<Device> old = cloud.getDevices();
        fake.device("bf01plug").setLocalKey("newnewnewnewnew1");
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.code(1106, "permission deny"));

        Device plug = cloud.getDevices(withOld(old)).get(0);

        assertThat(plug.mac()).isEqualTo(old.get(0).mac());
        assertThat(plug.sn()).isEqualTo(old.get(0).sn());
    }

    @Test
    void getDevices_mapMissingInTheOldList_isFetched() {
        List<Device> old = cloud.getDevices();
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(
                DeviceListOptions.builder().oldList(old).includeMap(true).build());

        assertThat(fake.requestCount("GET", "/v1.1/devices/{id}/specifications"))
                .isEqualTo(2);
        assertThat(devices)
                .allSatisfy(device -> assertThat(device.mapping().dps()).isNotEmpty());
    }

    @Test
    void getDevices_mapInTheOldList_isReused() {
        List<Device> old =
                cloud.getDevices(DeviceListOptions.builder().includeMap(true).build());
        use(client());
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(
                DeviceListOptions.builder().oldList(old).includeMap(true).build());

        assertThat(sent()).hasSize(2).noneMatch(line -> line.contains("specifications"));
        assertThat(devices).isEqualTo(old);
    }

    private static DeviceListOptions withOld(List<Device> old) {
        return DeviceListOptions.builder().oldList(old).build();
    }

    private static List<Device> with(List<Device> devices, String id, String field, Object value) {
        return devices.stream()
                .map(device -> device.id().equals(id) ? with(device, field, value) : device)
                .toList();
    }

    private static Device with(Device device, String field, Object value) {
        Map<String, Object> fields = new HashMap<>(device.asMap());
        fields.put(field, value);
        return Device.fromMap(fields);
    }
}

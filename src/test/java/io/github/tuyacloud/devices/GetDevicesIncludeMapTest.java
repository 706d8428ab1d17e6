package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks device lists with DP mappings: one request for each product, and devices without data points. */
class GetDevicesIncludeMapTest extends FakeCloudTest {

    private static final DeviceListOptions WITH_MAP =
            DeviceListOptions.builder().includeMap(true).build();

    @Test
    void getDevices_withMap_requestsOncePerProduct() {
        cloud.getDevices(WITH_MAP);

        assertThat(sent())
                .filteredOn(line -> line.contains("specifications"))
                .containsExactlyInAnyOrder(
                        "GET /v1.1/devices/" + DemoWorld.PLUG + "/specifications",
                        "GET /v1.1/devices/" + DemoWorld.LAMP + "/specifications",
                        "GET /v1.1/devices/" + DemoWorld.GATEWAY + "/specifications",
                        "GET /v1.1/devices/" + DemoWorld.SENSOR + "/specifications");
    }

    @Test
    void getDevices_withMap_sharesOneMapAmongTheDevicesOfAProduct() {
        Map<String, DpMapping> mappings =
                cloud.getDevices(WITH_MAP).stream().collect(Collectors.toMap(Device::id, Device::mapping));

        assertThat(mappings.get(DemoWorld.PLUG).dps()).containsOnlyKeys("1", "9", "18", "19", "20");
        assertThat(mappings.get(DemoWorld.OFFLINE_PLUG)).isEqualTo(mappings.get(DemoWorld.PLUG));
        assertThat(mappings.get(DemoWorld.GATEWAY).dps()).isEmpty();
        assertThat(mappings.get(DemoWorld.SENSOR)
                        .dps()
                        .get("1")
                        .valueRange()
                        .orElseThrow()
                        .unit())
                .isEqualTo("°C");
    }

    @Test
    void getDevices_withMapAgain_remembersAllMaps() {
        cloud.getDevices(WITH_MAP);
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(WITH_MAP);

        assertThat(sent()).noneMatch(line -> line.contains("specifications"));
        assertThat(devices).allSatisfy(device -> assertThat(device.mapping()).isNotNull());
    }

    /** A file of tinytuya's wizard can contain names and unknown members. */
    @Test
    void getDevices_mappingsFromAFile_areWrittenUnchanged(@TempDir Path folder) throws IOException {
        String mapping = """
                {"1":{"code":"switch_1","type":"Boolean","values":{},"name":"Küche"},\
                "24":{"code":"colour","type":"Json","raw_values":"{\\"h\\":{\\"max\\":360}}",\
                "values":{"h":{"max":360}},"desc":"hue","other":[1,{"a":0.5}]},\
                "va":{"code":"va","type":"String","values":"{\\"maxlen\\":9}","dp_id":7,"none":null}}""";
        Path file = PrivateFile.write(
                folder.resolve("devices.json"),
                "[{\"id\":\"x\",\"product_id\":\"" + DemoWorld.plug().id() + "\",\"mapping\":" + mapping + "}]");
        Device read = DevicesFile.read(file).get(0);
        cloud.setMappings(Map.of(DemoWorld.plug().id(), read.mapping()));

        DevicesFile.write(file, cloud.getDevices(WITH_MAP));

        ObjectMapper mapper = new ObjectMapper();
        JsonNode written = mapper.readTree(file.toFile()).get(0).path("mapping");
        assertThat(mapper.writeValueAsString(written)).isEqualTo(mapping);
        assertThat(DpMapping.fromMap(read.mapping().asMap())).isEqualTo(read.mapping());
    }

    @Test
    void getDevices_withoutMap_requestsNone() {
        assertThat(cloud.getDevices())
                .allSatisfy(device -> assertThat(device.mapping()).isNull());

        assertThat(sent()).noneMatch(line -> line.contains("specifications"));
    }

    @Test
    void getDevices_specificationRefused_omitsThatMap() {
        fake.on("GET", "/v1.1/devices/{id}/specifications").fail(Fault.code(1106, "permission deny"));

        assertThat(cloud.getDevices(WITH_MAP)).hasSize(5).allSatisfy(device -> assertThat(device.mapping())
                .isNull());
    }

    @Test
    void getDevices_specificationRefusedForTheClientId_throws() {
        fake.on("GET", "/v1.1/devices/{id}/specifications").fail(Fault.code(1005, "clientId invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getDevices(WITH_MAP))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1005));
    }

    @Test
    void getDevices_withMap_requestsSpecificationsWhileAccountsAreStillRead() throws InterruptedException {
        fake.on("GET", "/v1.3/iot-03/devices").fail(Fault.stall());
        BackgroundCall<?> caller = BackgroundCall.start(() -> cloud.getDevices(WITH_MAP));

        // token, list, two accounts, four products
        assertThat(fake.awaitRequestCount(8, Duration.ofSeconds(20))).isTrue();

        assertThat(sent()).filteredOn(line -> line.contains("specifications")).hasSize(4);
        caller.interrupt();
        assertThat(caller.failure()).isInstanceOf(TuyaException.class);
    }

    @Test
    void getDevices_mapSetSinceTheOldList_usesTheNewMap() {
        List<Device> old = cloud.getDevices(WITH_MAP);
        DpMapping own = DpMapping.of(Map.of());
        cloud.setMappings(Map.of(old.get(0).productId(), own));
        fake.clearRequests();

        List<Device> devices = cloud.getDevices(
                DeviceListOptions.builder().oldList(old).includeMap(true).build());

        assertThat(devices.get(0).mapping())
                .isEqualTo(own)
                .isNotEqualTo(old.get(0).mapping());
        assertThat(devices.get(1).mapping()).isEqualTo(old.get(1).mapping());
        assertThat(sent()).noneMatch(line -> line.contains("specifications"));
    }
}

package io.github.tuyacloud.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks DP mappings and their cache: when they are fetched, remembered, replaced or empty. */
class MappingTest extends FakeCloudTest {

    private static final String SPECIFICATIONS = "/v1.1/devices/{id}/specifications";
    private static final DpMapping OWN = DpMapping.of(Map.of("1", new DataPointSpec("switch_1", 1, "Boolean", "{}")));

    @Test
    void getMapping_unknownProductAndDevice_isFetchedOnce() {
        DpMapping mapping = cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG).orElseThrow();

        assertThat(cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG)).contains(mapping);
        assertThat(cloud.getMapping("pnzfakeplug1", "anything")).contains(mapping);
        assertThat(cloud.getMapping("pnzfakeplug1")).contains(mapping);
        assertThat(sent()).containsExactly("GET /v1.1/devices/" + DemoWorld.PLUG + "/specifications");
        assertThat(mapping.dps().keySet()).containsExactly("1", "9", "18", "19", "20");
        assertThat(mapping.dps().get("18"))
                .isEqualTo(new DataPointSpec(
                        "cur_current",
                        18,
                        "Integer",
                        "{\"unit\":\"mA\",\"min\":0,\"max\":30000,\"scale\":0,\"step\":1}"));
    }

    @Test
    void getMapping_unknownProductWithoutDevice_isEmptyAndSendsNothing() {
        assertThat(cloud.getMapping("unknown")).isEmpty();

        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void getMapping_device_returnsThatOfItsProduct() {
        Device plug = cloud.devices().device(DemoWorld.PLUG);
        fake.clearRequests();

        DpMapping mapping = cloud.getMapping(plug).orElseThrow();

        assertThat(sent()).containsExactly("GET /v1.1/devices/" + DemoWorld.PLUG + "/specifications");
        assertThat(cloud.getMapping("pnzfakeplug1")).contains(mapping);
        assertThat(cloud.getMapping(plug)).contains(mapping);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void getMapping_deviceWithoutProduct_returnsItsOwnOrNothing() {
        Device bare = Device.fromMap(Map.of("id", "bf1", "product_id", " "));
        Device mapped = Device.fromMap(Map.of("id", "bf1", "mapping", OWN.asMap()));

        assertThat(cloud.getMapping(bare)).isEmpty();
        assertThat(cloud.getMapping(mapped)).contains(OWN);
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void getMapping_deviceWithoutDataPoints_isEmptyAndRemembered() {
        Optional<DpMapping> first = cloud.getMapping("wg2fakegw004", DemoWorld.GATEWAY);
        Optional<DpMapping> second = cloud.getMapping("wg2fakegw004", DemoWorld.GATEWAY);

        assertThat(first).contains(DpMapping.of(Map.of()));
        assertThat(second).isEqualTo(first);
        assertThat(requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not support this device", "该设备不支持", "", "device is not supported by this client"})
    void getMapping_2009InAnyLanguage_isAnEmptyMap(String message) {
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(2009, message));

        assertThat(cloud.getMapping("p", DemoWorld.PLUG)).contains(DpMapping.of(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId is invalid", "client_id is invalid", "Client ID invalid"})
    void getMapping_2009AboutTheClientId_throwsAndRemembersNothing(String message) {
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(2009, message)).times(1);

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(2009);
                    assertThat(e.hint()).contains("apiKey");
                });
        assertThat(cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG)
                        .orElseThrow()
                        .dps())
                .hasSize(5);
    }

    @Test
    void getMapping_otherRefusal_throwsAndRemembersNothing() {
        fake.on("GET", SPECIFICATIONS)
                .fail(Fault.code(2010, "device not exist"))
                .times(1);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2010));
        assertThat(cloud.getMapping("pnzfakeplug1")).isEmpty();
    }

    @Test
    void getMappings_devices_fetchesOncePerProduct() {
        List<Device> devices = List.of(
                device(DemoWorld.PLUG, "pnzfakeplug1"),
                device(DemoWorld.OFFLINE_PLUG, "pnzfakeplug1"),
                device(DemoWorld.GATEWAY, "wg2fakegw004"),
                Device.fromMap(Map.of("id", "bfNoProduct")));

        Map<String, DpMapping> mappings = cloud.getMappings(devices);

        assertThat(mappings).containsOnlyKeys("pnzfakeplug1", "wg2fakegw004");
        assertThat(mappings.get("pnzfakeplug1").dps()).hasSize(5);
        assertThat(mappings.get("wg2fakegw004").dps()).isEmpty();
        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "GET /v1.1/devices/" + DemoWorld.PLUG + "/specifications",
                        "GET /v1.1/devices/" + DemoWorld.GATEWAY + "/specifications");
    }

    @Test
    void getMappings_emptyCollection_returnsAllCached() {
        cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG);
        cloud.getMapping("lampfake0002", DemoWorld.LAMP);
        fake.clearRequests();

        assertThat(cloud.getMappings(List.of())).containsOnlyKeys("pnzfakeplug1", "lampfake0002");

        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "unreadable"})
    void getMappings_oneSpecificationUnusable_othersAreThere(String kind) {
        fake.on("GET", "/v1.1/devices/" + DemoWorld.LAMP + "/specifications")
                .fail(kind.equals("refused") ? Fault.code(1106, "permission deny") : Fault.result("none"));
        List<Device> devices = List.of(
                device(DemoWorld.LAMP, "lampfake0002"),
                device(DemoWorld.PLUG, "pnzfakeplug1"),
                device(DemoWorld.GATEWAY, "wg2fakegw004"));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getMappings(devices)).containsOnlyKeys("pnzfakeplug1", "wg2fakegw004");

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("no DP mapping for the products [lampfake0002]: GET " + SPECIFICATIONS);
        }
        fake.clearFaults();
        assertThat(cloud.getMappings(devices)).containsKey("lampfake0002");
    }

    @Test
    void getMappings_allSpecificationsRefused_throws() {
        fake.on("GET", SPECIFICATIONS).fail(Fault.code(1106, "permission deny"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getMappings(
                        List.of(device(DemoWorld.LAMP, "lampfake0002"), device(DemoWorld.PLUG, "pnzfakeplug1"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1106));
    }

    @ParameterizedTest
    @ValueSource(ints = {28841004, 1004})
    void getMappings_refusedForAllCalls_throws(int code) {
        fake.on("GET", "/v1.1/devices/" + DemoWorld.LAMP + "/specifications").fail(Fault.code(code, "no"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.getMappings(
                        List.of(device(DemoWorld.LAMP, "lampfake0002"), device(DemoWorld.PLUG, "pnzfakeplug1"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void getMappings_oneUnanswered_throws() {
        fake.on("GET", "/v1.1/devices/" + DemoWorld.LAMP + "/specifications").fail(Fault.disconnect());

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> cloud.withRetries(RetryPolicy.none())
                .getMappings(List.of(device(DemoWorld.LAMP, "lampfake0002"), device(DemoWorld.PLUG, "pnzfakeplug1"))));
    }

    @Test
    void setMappings_earlierOnes_areReplacedAndNotFetched() {
        cloud.getMapping("lampfake0002", DemoWorld.LAMP);
        cloud.setMappings(Map.of("pnzfakeplug1", OWN));
        fake.clearRequests();

        assertThat(cloud.getMapping("pnzfakeplug1", DemoWorld.PLUG)).contains(OWN);
        assertThat(cloud.getMapping("lampfake0002")).isEmpty();
        assertThat(cloud.getMappings(List.of())).isEqualTo(Map.of("pnzfakeplug1", OWN));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void setMappings_givenMapChangedLater_hasNoEffect() {
        Map<String, DpMapping> own = new HashMap<>(Map.of("p", OWN));
        cloud.setMappings(own);
        own.clear();

        assertThat(cloud.getMapping("p")).contains(OWN);
    }

    @Test
    void mappings_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> cloud.setMappings(null));
        assertThatNullPointerException().isThrownBy(() -> cloud.getMappings(null));
        assertThatNullPointerException().isThrownBy(() -> cloud.getMapping((String) null));
        assertThatNullPointerException().isThrownBy(() -> cloud.getMapping("p", null));
    }

    private static Device device(String id, String productId) {
        return Device.fromMap(Map.of("id", id, "product_id", productId));
    }
}

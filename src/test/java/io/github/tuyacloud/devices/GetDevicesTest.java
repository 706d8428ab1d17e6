package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the list of all devices of all linked accounts: pages, second lists, hardware addresses. */
class GetDevicesTest extends FakeCloudTest {

    private static final String FACTORY_INFOS = "GET /v1.0/devices/factory-infos";
    private static final String LINKED = "GET /v1.0/iot-01/associated-users/devices?";

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().empty();
    }

    @BeforeEach
    void addDevices() {
        fake.addDevice(FakeDevice.builder("bf01plug", DemoWorld.plug())
                .uid("eu01anna")
                .name("Kitchen plug")
                .localKey("0123456789abcdef")
                .mac("fc671f7db8c4")
                .uuid("9035eafffeb8f501")
                .serialNumber("10010000000001")
                .homeId(44154302)
                .publicIp("203.0.113.7")
                .build());
        fake.addDevice(FakeDevice.builder("bf02gate", DemoWorld.gateway())
                .uid("eu01anna")
                .build());
        fake.addDevice(FakeDevice.builder("bf03sens", DemoWorld.sensor())
                .uid("eu02bert")
                .gatewayId("bf02gate")
                .localKey("fedcba9876543210")
                .serialNumber(null)
                .build());
    }

    @Test
    void getDevices_twoAccounts_requestsListThenAccountsThenHardware() {
        cloud.getDevices();

        assertThat(sent().get(0)).isEqualTo(LINKED + "size=100");
        assertThat(sent())
                .containsExactlyInAnyOrder(
                        LINKED + "size=100",
                        "GET /v1.3/iot-03/devices?page_size=200&source_id=eu01anna&source_type=tuyaUser",
                        "GET /v1.3/iot-03/devices?page_size=200&source_id=eu02bert&source_type=tuyaUser",
                        FACTORY_INFOS + "?device_ids=bf01plug,bf02gate,bf03sens");
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void getDevices_oneDevice_hasAllDetails() {
        Device plug = cloud.getDevices().get(0);

        assertThat(plug.id()).isEqualTo("bf01plug");
        assertThat(plug.name()).isEqualTo("Kitchen plug");
        assertThat(plug.key()).isEqualTo("0123456789abcdef");
        assertThat(plug.mac()).isEqualTo("fc:67:1f:7d:b8:c4");
        assertThat(plug.uuid()).isEqualTo("9035eafffeb8f501");
        assertThat(plug.sn()).isEqualTo("10010000000001");
        assertThat(plug.category()).isEqualTo("cz");
        assertThat(plug.categoryName()).isEqualTo("Smart Plug");
        assertThat(plug.productId()).isEqualTo("pnzfakeplug1");
        assertThat(plug.productName()).isEqualTo("Smart Plug");
        assertThat(plug.model()).isEmpty();
        assertThat(plug.icon()).isEqualTo("https://images.tuyacn.com/smart/icon/fake/pnzfakeplug1.png");
        assertThat(plug.sub()).isFalse();
        assertThat(plug.gatewayId()).isEmpty();
        assertThat(plug.nodeId()).isNull();
        assertThat(plug.uid()).isEqualTo("eu01anna");
        assertThat(plug.ownerId()).isEqualTo("44154302");
        assertThat(plug.assetId()).isEmpty();
        assertThat(plug.bizType()).isZero();
        assertThat(plug.online()).isTrue();
        assertThat(plug.publicIp()).isEqualTo("203.0.113.7");
        assertThat(plug.ip()).isNull();
        assertThat(plug.lat()).isEqualTo("49.1310");
        assertThat(plug.lon()).isEqualTo("16.8096");
        assertThat(plug.timeZone()).isEqualTo("+01:00");
        assertThat(plug.activeTime()).isEqualTo("2022-12-02T13:37:10Z");
        assertThat(plug.createTime()).isEqualTo("2022-12-02T13:37:10Z");
        assertThat(plug.updateTime()).isEqualTo("2022-12-02T13:37:10Z");
        assertThat(plug.status()).hasSize(5);
        assertThat(plug.mapping()).isNull();
        assertThat(plug.extra()).isEmpty();
    }

    @Test
    void getDevices_manyAccounts_keepsTheCloudsOrder() {
        assertThat(cloud.getDevices()).extracting(Device::id).containsExactly("bf01plug", "bf02gate", "bf03sens");
    }

    @Test
    void getDevices_firstListWithoutKeys_takesThemFromTheSecond() {
        fake.omitLocalKeysInAssociatedList(true);

        Device sensor = cloud.getDevices().get(2);

        assertThat(sensor.key()).isEqualTo("fedcba9876543210");
        assertThat(sensor.gatewayId()).isEqualTo("bf02gate");
        assertThat(sensor.sub()).isTrue();
        assertThat(sensor.sn()).isNull();
    }

    @Test
    void getDevices_moreThanOnePage_followsTheRowKeys() {
        fake.seed(1, 1, 247);

        List<Device> devices = cloud.getDevices();

        assertThat(devices).hasSize(250).extracting(Device::id).doesNotHaveDuplicates();
        List<String> pages =
                sent().stream().filter(line -> line.startsWith(LINKED)).toList();
        assertThat(pages)
                .hasSize(3)
                .satisfiesExactly(
                        page -> assertThat(page).isEqualTo(LINKED + "size=100"),
                        page -> assertThat(page).matches("\\Q" + LINKED + "\\Elast_row_key=[0-9a-f]+&size=100"),
                        page -> assertThat(page).matches("\\Q" + LINKED + "\\Elast_row_key=[0-9a-f]+&size=100"));
        assertThat(pages).doesNotHaveDuplicates();
        assertThat(fake.requestCount("GET", "/v1.3/iot-03/devices")).isEqualTo(4);
    }

    @Test
    void getDevices_manyDevices_requestsHardwareByFifty() {
        fake.seed(1, 1, 117);

        List<Device> devices = cloud.getDevices();

        assertThat(devices).hasSize(120).allSatisfy(device -> assertThat(device.mac())
                .hasSizeGreaterThan(16));
        List<Integer> batches = new ArrayList<>();
        requests().stream()
                .filter(request -> request.path().endsWith("/factory-infos"))
                .forEach(
                        request -> batches.add(request.query().get("device_ids").split(",").length));
        assertThat(batches).containsExactlyInAnyOrder(50, 50, 20);
    }

    @Test
    void getDevices_noDevices_returnsAnEmptyListAfterOneRequest() {
        fake.devices().forEach(device -> fake.removeDevice(device.id()));

        assertThat(cloud.getDevices()).isEmpty();

        assertThat(sent()).containsExactly(LINKED + "size=100");
    }

    @Test
    void getDevices_nameWithUnicodeSpaceAround_isStripped() {
        fake.device("bf01plug").setName("\u00a0\u2003 Kitchen\u00a0plug \u3000\u0085");

        assertThat(cloud.getDevices().get(0).name()).isEqualTo("Kitchen\u00a0plug");
    }

    @ParameterizedTest
    @CsvSource({
        "cn, images.tuyacn.com",
        "us, images.tuyaus.com",
        "us-e, images.tuyaus.com",
        "eu, images.tuyaeu.com",
        "eu-w, images.tuyaeu.com",
        "in, images.tuyain.com",
        "sg, images.tuyaus.com"
    })
    void getDevices_eachRegion_takesIconsFromItsHost(String region, String host) {
        use(client().region(region));

        assertThat(cloud.getDevices().get(0).icon()).isEqualTo("https://" + host + "/smart/icon/fake/pnzfakeplug1.png");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a.png, https://example.com/a.png",
        "HTTP://example.com/a.png, HTTP://example.com/a.png",
        "smart/a.png, https://images.tuyacn.com/smart/a.png",
        "//smart/a.png, https://images.tuyacn.com/smart/a.png"
    })
    void getDevices_anyIcon_isAbsolute(String listed, String icon) {
        fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                .fail(Fault.result(
                        Map.of("devices", List.of(Map.of("id", "bf01plug", "icon", listed)), "has_more", false)));

        assertThat(cloud.getDevices().get(0).icon()).isEqualTo(icon);
    }

    @Test
    void getDevices_hardwareRefused_leavesThoseFieldsEmpty() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.code(1106, "permission deny"));

        Device plug = cloud.getDevices().get(0);

        assertThat(plug.mac()).isNull();
        assertThat(plug.sn()).isNull();
        assertThat(plug.uuid()).isEqualTo("9035eafffeb8f501");
        assertThat(plug.key()).isEqualTo("0123456789abcdef");
    }

    @Test
    void getDevices_hardwareRefusedForQuota_throws() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.code(28841004, "quota is used up"));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(cloud::getDevices)
                .withMessageContaining("28841004");
    }

    @Test
    void getDevices_listRefused_throws() {
        fake.on("GET", "/v1.0/iot-01/associated-users/devices").fail(Fault.code(2002, "user has no devices"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(cloud::getDevices)
                .satisfies(e -> assertThat(e.code()).isEqualTo(2002));
    }

    @Test
    void getDevices_secondListRefused_throws() {
        fake.on("GET", "/v1.3/iot-03/devices").fail(Fault.code(1106, "permission deny"));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(cloud::getDevices)
                .satisfies(e -> assertThat(e.operation()).isEqualTo("GET /v1.3/iot-03/devices"));
    }

    @Test
    void getDevices_itemWithoutId_isUnusable() {
        fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                .fail(Fault.result(Map.of("devices", List.of(Map.of("name", "nameless")), "has_more", false)));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(cloud::getDevices)
                .withMessageContaining("no id");
    }
}

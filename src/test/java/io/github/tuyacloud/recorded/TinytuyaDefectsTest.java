package io.github.tuyacloud.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDataPoint;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.FakeProduct;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that the known defects of Python's tinytuya.Cloud are absent here, with one or two tests for each. */
class TinytuyaDefectsTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @Test
    void defect01_secretHeader_isNeverSent() {
        cloud.getStatus(PLUG);

        assertThat(fake.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("secret")).isNull();
            assertThat(request.headers().values().toString()).doesNotContain(fake.apiSecret());
        });
    }

    @Test
    void defect02_tokenCallRefusedAsTokenInvalid_endsAfterOneRequest() {
        fake.onToken().fail(Fault.code(1010, "token invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1010));
        assertThat(fake.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1010, token is expired", "1012, token status is invalid"})
    void defect03_tokenRefusedWithAnotherMessage_isRenewed(int code, String message) {
        fake.onAny().exceptToken().fail(Fault.code(code, message)).times(1);

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    @Test
    void defect03_deviceNamedTokenInvalid_renewsNothing() {
        fake.device(PLUG).setName("token invalid");

        assertThat(cloud.getDevices().get(0).name()).isEqualTo("token invalid");
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void defect04_logQueryAfterTokenExpiry_isSignedCorrectly() {
        cloud.getStatus(PLUG);
        fake.expireTokens();
        fake.clearRequests();

        assertThat(cloud.getDeviceLog(PLUG).logs()).isNotEmpty();
        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1010, 0, 0);
    }

    @Test
    void defect05_unsortedListAndNullQueries_areSignedAsSent() {
        fake.onAny().exceptToken().fail(Fault.result(true));
        Map<String, Object> query = new HashMap<>();
        query.put("list", List.of(1, 2));
        query.put("nothing", null);

        cloud.cloudRequest("/v1.0/x?b=2&a=1,5", "GET", null, query);

        assertThat(requests().get(0).target()).isEqualTo("/v1.0/x?a=1%2C5&b=2&list=1%2C2");
        assertThat(requests().get(0).code()).isZero();
    }

    @Test
    void defect06_emptyBodyWithoutAction_isAPostSignedAsSent() {
        fake.onAny().exceptToken().fail(Fault.result(true));

        cloud.cloudRequest("/v1.0/x", null, Map.of(), null);

        assertThat(sent()).containsExactly("POST /v1.0/x {}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/x", "GET", Map.of("a", 1), null));
    }

    @Test
    void defect07_putBody_hasAContentType() {
        cloud.cloudRequest("/v1.0/devices/" + PLUG, "PUT", Map.of("name", "x"), null);

        assertThat(requests().get(0).header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void defect08_secretsOfAList_areNotPrinted() {
        List<Device> devices = cloud.getDevices();

        assertThat(devices.toString() + devices.get(0).asMap() + cloud.getDevicesVerbose() + cloud)
                .contains(PLUG)
                .doesNotContain(fake.device(PLUG).localKey(), fake.apiSecret());
    }

    @Test
    void defect09_silentServer_timesOut() {
        fake.onAny().fail(Fault.stall());
        use(client().callTimeout(Duration.ofMillis(300)));
        long start = System.nanoTime();

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("timed out");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(8));
    }

    @Test
    void defect10_manyThreadsWithARejectedToken_fetchOne() {
        cloud.getStatus(PLUG);
        fake.expireTokens();
        fake.clearRequests();

        List<Integer> sizes = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> cloud.getStatus(PLUG).dataPoints().size())
                .toList();

        assertThat(sizes).containsOnly(5);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"101, 101, 2", "250, 250, 3", "1000, 1000, 10", "0, 1000, 10"})
    void defect11_moreThanAHundredLogEntries_arePaged(int size, int expected, int fetches) {
        fake.addLog(
                DemoWorld.GATEWAY,
                IntStream.range(0, 1000)
                        .mapToObj(i -> FakeLogEntry.report(ManualTime.START.minusMillis(i), "a", i))
                        .toList());

        var log = cloud.getDeviceLog(
                DemoWorld.GATEWAY, DeviceLogQuery.builder().size(size).build());

        assertThat(log.logs()).hasSize(expected);
        assertThat(log.fetches()).isEqualTo(fetches);
    }

    @ParameterizedTest
    @CsvSource({"sec, sec", "pcs, pcs", "kcal, kcal", "cm, cm", "c, °C"})
    void defect12_lettersInsideAUnit_stay(String unit, String expected) {
        FakeProduct product = FakeProduct.of("units", "Units", "qt", FakeDataPoint.integer("a", 1, unit, 0, 9, 0));
        fake.addDevice(FakeDevice.builder("bfUnits", product).build());

        assertThat(cloud.getMapping("units", "bfUnits")
                        .orElseThrow()
                        .dps()
                        .get("1")
                        .valueRange()
                        .orElseThrow()
                        .unit())
                .isEqualTo(expected);
    }

    @Test
    void defect13_deviceWithoutDataPoints_isAnEmptyMapFetchedOnce() {
        assertThat(cloud.getMapping("wg", DemoWorld.GATEWAY).orElseThrow().dps())
                .isEmpty();
        assertThat(cloud.getMapping("wg", DemoWorld.GATEWAY).orElseThrow().dps())
                .isEmpty();

        assertThat(requests()).hasSize(1);
    }

    @Test
    void defect14_connectStatusOnError_isNeverTrue() {
        fake.onAny().exceptToken().fail(Fault.http(500));

        assertThatExceptionOfType(TuyaException.class).isThrownBy(() -> cloud.getConnectStatus(PLUG));
    }

    @Test
    void defect15_renewalFailsMidway_throwsThatError() {
        cloud.getStatus(PLUG);
        fake.expireTokens();
        fake.onToken().fail(Fault.code(1004, "sign invalid"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(cloud::getDevices)
                .satisfies(e -> assertThat(e.code()).isEqualTo(1004));
    }

    @Test
    void defect15_oldListButNoKeyFromTheCloud_keepsTheOldKey() {
        List<Device> old = cloud.getDevices();
        fake.on("GET", "/v1.3/iot-03/devices").fail(Fault.result(Map.of("list", List.of(), "has_more", false)));
        fake.omitLocalKeysInAssociatedList(true);

        List<Device> devices =
                cloud.getDevices(DeviceListOptions.builder().oldList(old).build());

        assertThat(devices)
                .extracting(Device::key)
                .isEqualTo(old.stream().map(Device::key).toList());
    }

    @Test
    void defect15_listThatAlwaysHasMore_ends() {
        fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                .fail(Fault.result(
                        Map.of("devices", List.of(Map.of("id", PLUG)), "has_more", true, "last_row_key", "A")));

        assertThat(cloud.getDevices()).hasSize(1);
        assertThat(requests()).hasSize(3);
    }

    @Test
    void defect16_unknownRegion_isNeverChina() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TuyaCloud("xx", "key0", "secret0"))
                .withMessageContaining("cn (China), us or az (Western America)");
    }

    @Test
    void defect17_iconsOfSingapore_comeFromAHostThatServesThem() {
        cloud.setRegion("sg");

        assertThat(cloud.getDevices().get(0).icon()).startsWith("https://images.tuyaus.com/");
    }

    @Test
    void defect18_wrongClock_isCorrectedInTheSignature() {
        use(client().clock(Clock.offset(time, Duration.ofSeconds(-3600))));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1013, 0, 0);
    }

    @Test
    void defect19_errorCodeAndTraceId_areInTheException() {
        fake.onAny().exceptToken().fail(Fault.code(28841105, "No permissions"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(28841105);
                    assertThat(e.tid()).isNotBlank();
                    assertThat(e)
                            .hasMessageContaining("28841105 No permissions")
                            .hasMessageContaining(e.tid());
                });
    }

    @Test
    void defect20_otherRegion_fetchesItsOwnToken() {
        cloud.getStatus(PLUG);
        cloud.setRegion("us");
        cloud.getStatus(PLUG);

        assertThat(fake.tokenRequests()).isEqualTo(2);
    }
}

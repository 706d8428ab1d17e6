package io.github.tuyacloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.RegionReport.Outcome;
import io.github.tuyacloud.config.RegionReport.Response;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeUser;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.BackgroundCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks probing several clouds for the one that accepts a key. */
class DetectRegionTest {

    private static final String KEY = "projectkey0123456789";
    private static final String SECRET = "fedcba9876543210fedcba9876543210";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String LINKED = "/v1.0/iot-01/associated-users/devices";

    private final Map<Region, FakeTuyaCloud> clouds = new EnumMap<>(Region.class);
    private final List<FakeTuyaCloud> others = new ArrayList<>();

    @AfterEach
    void close() {
        clouds.values().forEach(FakeTuyaCloud::close);
        others.forEach(FakeTuyaCloud::close);
    }

    @Test
    void detect_oneAcceptsTheKeyAndHasDevices_isBest() {
        stranger(Region.CN);
        stranger(Region.US);
        home(Region.EU);
        empty(Region.IN);

        RegionReport report = detect(TIMEOUT);

        assertThat(report.region()).contains(Region.EU);
        assertThat(report.responses())
                .extracting(Response::region)
                .containsExactly(Region.CN, Region.US, Region.EU, Region.IN);
        assertThat(report.responses())
                .extracting(Response::outcome)
                .containsExactly(
                        Outcome.KEY_NOT_ACCEPTED, Outcome.KEY_NOT_ACCEPTED, Outcome.HAS_DEVICES, Outcome.NO_DEVICES);
        Response eu = report.responses().get(2);
        assertThat(eu.devices()).isEqualTo(5);
        assertThat(eu.failure()).isNull();
        assertThat(eu.code()).isEqualTo(-1);
        assertThat(eu.endpoint()).isEqualTo(clouds.get(Region.EU).endpoint());
        Response cn = report.responses().get(0);
        assertThat(cn.code()).isEqualTo(1005);
        assertThat(cn.text()).isEqualTo("1005 clientId invalid");
        assertThat(report.toString().lines()).hasSize(4).anyMatch(line -> line.matches("eu +http\\S+ +5 devices"));
        assertThat(report.toString()).doesNotContain(SECRET).doesNotContain(KEY);
    }

    @Test
    void detect_anyCloud_requestsATokenAndOneDevice() {
        home(Region.EU);
        stranger(Region.US);

        detect(TIMEOUT);

        assertThat(clouds.get(Region.EU).requests())
                .extracting(request -> request.method() + " " + request.target())
                .containsExactly("GET /v1.0/token?grant_type=1", "GET " + LINKED + "?size=1");
        assertThat(clouds.get(Region.US).requestCount()).isEqualTo(1);
    }

    @Test
    void detect_wrongSecret_isReportedByAll() {
        clouds.put(
                Region.EU,
                FakeTuyaCloud.builder().apiKey(KEY).apiSecret("0".repeat(32)).start());

        RegionReport report = detect(TIMEOUT);

        assertThat(report.best()).isEmpty();
        assertThat(report.region()).isEmpty();
        assertThat(report.responses().get(0).code()).isEqualTo(1004);
        assertThat(report.responses().get(0).outcome()).isEqualTo(Outcome.KEY_NOT_ACCEPTED);
    }

    @Test
    void detect_severalHaveDevices_choosesTheOneWithMost() {
        empty(Region.US)
                .addUser(new FakeUser("us1", "Uma"))
                .addDevice(
                        FakeDevice.builder("bfone", DemoWorld.plug()).uid("us1").build());
        home(Region.EU_WEST);
        home(Region.IN).removeDevice(DemoWorld.PLUG);

        assertThat(detect(TIMEOUT).region()).contains(Region.EU_WEST);
    }

    @Test
    void detect_noDevicesAnywhere_choosesTheOnlyOneAcceptingTheKey() {
        stranger(Region.CN);
        empty(Region.SG);
        assertThat(detect(TIMEOUT).region()).contains(Region.SG);

        empty(Region.US);
        assertThat(detect(TIMEOUT).region()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "28841002,REFUSED",
        "28841004,REFUSED",
        "28841107,KEY_NOT_ACCEPTED",
        "1004,KEY_NOT_ACCEPTED",
        "1114,KEY_NOT_ACCEPTED",
        "2009,KEY_NOT_ACCEPTED"
    })
    void detect_tokenRefused_isReadByCode(int code, Outcome outcome) {
        home(Region.EU).onToken().fail(Fault.code(code, "no"));

        Response response = detect(TIMEOUT).responses().get(0);

        assertThat(response.outcome()).isEqualTo(outcome);
        assertThat(response.code()).isEqualTo(code);
    }

    @Test
    void detect_listRefused_stillKnowsTheProject() {
        stranger(Region.CN);
        home(Region.EU).on("GET", LINKED).fail(Fault.code(28841101, "No permissions. This API is not subscribed."));

        RegionReport report = detect(TIMEOUT);

        assertThat(report.responses().get(1).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.region()).contains(Region.EU);
    }

    @Test
    void detect_otherDataCentersNotEnabled_choosesTheOneWithTheExpiredPlan() {
        for (Region region : List.of(Region.US, Region.IN)) {
            empty(region).on("GET", LINKED).fail(Fault.code(28841107, "No permission. Not enabled."));
        }
        home(Region.EU).on("GET", LINKED).fail(Fault.code(28841002, "No permissions. Expired."));

        RegionReport report = detect(TIMEOUT);

        assertThat(report.region()).contains(Region.EU);
        assertThat(report.responses())
                .filteredOn(response -> response.code() == 28841107)
                .hasSize(2)
                .allSatisfy(response -> assertThat(response.outcome()).isEqualTo(Outcome.KEY_NOT_ACCEPTED));
    }

    @Test
    void detect_silentAndBrokenClouds_areReportedInTime() {
        home(Region.EU);
        home(Region.US).onAny().fail(Fault.stall());
        home(Region.CN).onAny().fail(Fault.http(502, "text/html", "<html>bad gateway</html>"));
        home(Region.IN).onAny().fail(Fault.disconnect());
        home(Region.SG).on("GET", LINKED).fail(Fault.result("nonsense"));
        long start = System.nanoTime();

        RegionReport report = detect(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(report.region()).contains(Region.EU);
        assertThat(report.responses())
                .filteredOn(response -> response.region() != Region.EU)
                .hasSize(4)
                .allSatisfy(response -> {
                    assertThat(response.outcome()).isEqualTo(Outcome.NO_RESPONSE);
                    assertThat(response.failure()).isInstanceOf(TuyaTransportException.class);
                    assertThat(response.text()).isEqualTo("no usable response");
                });
        assertThat(clouds.get(Region.IN).requestCount()).isEqualTo(1);
    }

    @Test
    void detect_furtherEndpoint_isProbedToo() {
        stranger(Region.EU);
        FakeTuyaCloud other =
                FakeTuyaCloud.builder().apiKey(KEY).apiSecret(SECRET).start();
        others.add(other);

        RegionReport report = new RegionDetection(KEY, SECRET).probe(endpoints(), List.of(other.endpoint()), TIMEOUT);

        assertThat(report.best().orElseThrow().endpoint()).isEqualTo(other.endpoint());
        assertThat(report.best().orElseThrow().region()).isNull();
        assertThat(report.region()).isEmpty();
        assertThat(report.toString()).contains("-     " + other.endpoint());
    }

    @Test
    void detect_countMissing_countsThePage() {
        home(Region.EU)
                .on("GET", LINKED)
                .fail(Fault.result(Map.of("devices", List.of(Map.of("id", "bf1")), "has_more", true)));

        Response response = detect(TIMEOUT).responses().get(0);

        assertThat(response.devices()).isEqualTo(1);
        assertThat(response.text()).isEqualTo("1 device");
    }

    @Test
    void detect_interrupted_endsImmediately() throws Exception {
        FakeTuyaCloud slow = home(Region.EU);
        slow.onAny().fail(Fault.stall());
        BackgroundCall<?> detection = BackgroundCall.start(() -> detect(Duration.ofSeconds(30)));
        assertThat(slow.awaitRequestCount(1, Duration.ofSeconds(5))).isTrue();

        detection.interrupt();

        assertThat(detection.failure()).isInstanceOf(TuyaTransportException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://openapi.example.com", "openapi.tuyaeu.com", "https://a.example/path"})
    void detect_malformedEndpoint_isRefusedAndSendsNothing(String endpoint) {
        assertThatIllegalArgumentException().isThrownBy(() -> TuyaCloud.detectRegion(KEY, SECRET, endpoint));
    }

    @Test
    void detect_malformedKey_isRefusedAndSendsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> TuyaCloud.detectRegion(" ", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> TuyaCloud.detectRegion(KEY, ""));
        assertThatNullPointerException().isThrownBy(() -> TuyaCloud.detectRegion(null, SECRET));
    }

    @Test
    void known_ofDetection_listsAllRegionsWithTheirHosts() {
        assertThat(RegionDetection.KNOWN).containsOnlyKeys(Region.values());
        assertThat(RegionDetection.KNOWN.get(Region.EU_WEST)).isEqualTo("https://openapi-weaz.tuyaeu.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1106, 1114, 28841107})
    void getDevices_wrongRegion_hintNamesDetectRegion(int code) {
        FakeTuyaCloud fake = home(Region.EU);
        fake.on("GET", LINKED).fail(Fault.code(code, "no"));
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .apiKey(KEY)
                .apiSecret(SECRET)
                .build()) {
            assertThatExceptionOfType(TuyaException.class)
                    .isThrownBy(cloud::getDevices)
                    .withMessageContaining("TuyaCloud.detectRegion");
        }
    }

    private RegionReport detect(Duration timeout) {
        return new RegionDetection(KEY, SECRET).probe(endpoints(), List.of(), timeout);
    }

    private Map<Region, String> endpoints() {
        Map<Region, String> endpoints = new EnumMap<>(Region.class);
        clouds.forEach((region, cloud) -> endpoints.put(region, cloud.endpoint()));
        return endpoints;
    }

    /** Adds a cloud that knows the project and has its devices. */
    private FakeTuyaCloud home(Region region) {
        return put(region, FakeTuyaCloud.builder().apiKey(KEY).apiSecret(SECRET));
    }

    /** Adds a cloud that knows the project but has no devices. */
    private FakeTuyaCloud empty(Region region) {
        return put(region, FakeTuyaCloud.builder().apiKey(KEY).apiSecret(SECRET).empty());
    }

    /** Adds a cloud that does not know the project. */
    private void stranger(Region region) {
        put(region, FakeTuyaCloud.builder());
    }

    private FakeTuyaCloud put(Region region, FakeTuyaCloudBuilder builder) {
        FakeTuyaCloud cloud = builder.start();
        clouds.put(region, cloud);
        return cloud;
    }
}

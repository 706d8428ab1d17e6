package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that reads end even if the cloud always has another page under a new row key. */
@Timeout(30)
class HostilePagesTest {

    private final AtomicInteger pages = new AtomicInteger();
    private UnaryOperator<String> otherResponse = path -> path.endsWith("/factory-infos") ? "[]" : null;

    @Test
    void getDevices_endlessRowKeysWithTheSameDevice_ends() {
        try (TuyaCloud cloud = client("{\"devices\":[{\"id\":\"bf1\"}],\"has_more\":true,\"last_row_key\":\"%d\"}")
                .build()) {
            assertThat(cloud.getDevicesVerbose().asMap().get("result"))
                    .asString()
                    .contains("bf1");
            assertThat(pages).hasValue(2);
        }
    }

    @Test
    void getDeviceLog_endlessRowKeys_stopsAtTheDefaultNumberOfFetches() {
        try (TuyaCloud cloud = client(
                        "{\"logs\":[{\"code\":\"a\",\"value\":\"%d\"}],\"has_next\":true,\"next_row_key\":\"%d\"}")
                .build()) {
            assertThat(cloud.getDeviceLog("bf1").fetches()).isEqualTo(50);
            assertThat(pages).hasValue(50);
        }
    }

    @Test
    void getDeviceLog_pagesLargerThanRequested_returnsAtMostTwiceTheSize() {
        String entries = "{\"code\":\"a\",\"value\":\"%d\"},".repeat(99) + "{\"code\":\"b\"}";
        try (TuyaCloud cloud = client("{\"logs\":[" + entries + "],\"has_next\":true,\"next_row_key\":\"%d\"}")
                .build()) {
            DeviceLogQuery query = DeviceLogQuery.builder().size(150).build();
            assertThat(cloud.getDeviceLog("bf1", query).logs()).hasSizeBetween(150, 299);
            assertThat(pages).hasValue(2);
        }
    }

    @Test
    void getDevices_endlessNewDevices_endsAtTheDefaultLimit() {
        try (TuyaCloud cloud = client(devicesPerPage(100)).build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(cloud::getDevices)
                    .withMessageStartingWith("GET /v1.0/iot-01/associated-users/devices failed: the list has more than"
                            + " 100,000 devices, the maximum")
                    .withMessageContaining("raise maxListSize")
                    .matches(e -> !e.retryable());
        }
    }

    @Test
    void getDevicesVerbose_endlessNewDevices_endsAtTheLimit() {
        try (TuyaCloud cloud = client(devicesPerPage(10)).maxListSize(95).build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(cloud::getDevicesVerbose)
                    .withMessageContaining("more than 95 devices");
            assertThat(pages).hasValue(10);
        }
    }

    @Test
    void getDevices_exactlyTheLimit_succeeds() {
        String page = devicesPerPage(10).replace("\"has_more\":true", "\"has_more\":false");
        try (TuyaCloud cloud = client(page).maxListSize(10).build()) {
            assertThat(cloud.getDevices()).hasSize(10);
        }
    }

    @Test
    void getDevices_endlessListsOfAccounts_endsAtTheLimit() {
        String ofAccount = "{\"list\":[{\"id\":\"x%d\"}],\"has_more\":true,\"last_row_key\":\"%d\"}";
        otherResponse = path -> path.startsWith("/v1.3/") ? ofAccount : null;
        String page =
                "{\"devices\":[{\"id\":\"bf1\",\"uid\":\"eu1\"},{\"id\":\"bf2\",\"uid\":\"eu2\"}],\"has_more\":false}";
        try (TuyaCloud cloud = client(page).maxListSize(50).build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(cloud::getDevices)
                    .withMessageStartingWith("GET /v1.3/iot-03/devices failed")
                    .withMessageContaining("more than 50 devices");
        }
    }

    @Test
    void livePicture_endlessNewDevices_reportsTheFailure() throws Exception {
        try (TuyaCloud cloud = client(devicesPerPage(10)).maxListSize(95).build();
                LiveDevices home = cloud.live().every(Duration.ofMinutes(1)).start()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> home.awaitReady(Duration.ofSeconds(20)))
                    .withMessageContaining("more than 95 devices");
        }
    }

    @Test
    void getDeviceLogInParallel_endlessPages_endsAtTheLimit() {
        String page =
                "{\"logs\":[{\"code\":\"a\",\"value\":\"%d\",\"event_time\":1}],\"has_next\":true,\"next_row_key\":\"%d\"}";
        try (TuyaCloud cloud = client(page).maxListSize(500).build()) {
            DeviceLogQuery query = DeviceLogQuery.builder().parallel(4).build();
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.getDeviceLog("bf1", query))
                    .withMessageStartingWith("GET /v1.0/devices/{id}/logs failed: the list has more than 500 entries")
                    .withMessageContaining("read shorter parts of the log, or raise maxListSize");
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.streamDeviceLog("bf1", query).count())
                    .withMessageContaining("more than 500 entries");
        }
    }

    @Test
    void streamDeviceLog_endlessPages_endsAtTheLimit() {
        String page = "{\"logs\":[{\"code\":\"a\",\"value\":\"%d\"}],\"has_next\":true,\"next_row_key\":\"%d\"}";
        try (TuyaCloud cloud = client(page).maxListSize(500).build()) {
            DeviceLogQuery query = DeviceLogQuery.builder().build();
            assertThat(cloud.streamDeviceLog("bf1", query).limit(500)).hasSize(500);
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.streamDeviceLog("bf1", query).count())
                    .withMessageContaining("more than 500 pages");
            assertThat(cloud.streamDeviceLog(
                            "bf1", DeviceLogQuery.builder().maxFetches(600).build()))
                    .hasSize(600);
        }
    }

    @Test
    void maxListSize_tooSmall_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TuyaCloud.builder().maxListSize(0))
                .withMessage("maxListSize must be at least 1, not 0");
    }

    private static String devicesPerPage(int count) {
        String devices = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"bf%d-" + i + "\"}")
                .collect(Collectors.joining(","));
        return "{\"devices\":[" + devices + "],\"has_more\":true,\"last_row_key\":\"%d\"}";
    }

    private TuyaCloudBuilder client(String page) {
        return TuyaCloud.builder()
                .endpoint("http://localhost:1")
                .apiKey("key")
                .apiSecret("secret")
                .initialToken("0123456789abcdef0123456789abcdef")
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(chain -> response(chain, page))
                        .build());
    }

    private Response response(Interceptor.Chain chain, String page) {
        String other = otherResponse.apply(chain.request().url().encodedPath());
        String result = (other == null ? page : other).replace("%d", Integer.toString(pages.incrementAndGet()));
        byte[] body = ("{\"success\":true,\"t\":1,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(body, MediaType.get("application/json")))
                .build();
    }
}

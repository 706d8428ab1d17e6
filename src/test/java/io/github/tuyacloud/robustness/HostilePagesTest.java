package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void getDevices_endlessRowKeysWithTheSameDevice_ends() {
        try (TuyaCloud cloud = client("{\"devices\":[{\"id\":\"bf1\"}],\"has_more\":true,\"last_row_key\":\"%d\"}")) {
            assertThat(cloud.getDevicesVerbose().asMap().get("result"))
                    .asString()
                    .contains("bf1");
            assertThat(pages).hasValue(2);
        }
    }

    @Test
    void getDeviceLog_endlessRowKeys_stopsAtTheDefaultNumberOfFetches() {
        try (TuyaCloud cloud =
                client("{\"logs\":[{\"code\":\"a\",\"value\":\"%d\"}],\"has_next\":true,\"next_row_key\":\"%d\"}")) {
            assertThat(cloud.getDeviceLog("bf1").fetches()).isEqualTo(50);
            assertThat(pages).hasValue(50);
        }
    }

    @Test
    void getDeviceLog_pagesLargerThanRequested_returnsAtMostTwiceTheSize() {
        String entries = "{\"code\":\"a\",\"value\":\"%d\"},".repeat(99) + "{\"code\":\"b\"}";
        try (TuyaCloud cloud = client("{\"logs\":[" + entries + "],\"has_next\":true,\"next_row_key\":\"%d\"}")) {
            DeviceLogQuery query = DeviceLogQuery.builder().size(150).build();
            assertThat(cloud.getDeviceLog("bf1", query).logs()).hasSizeBetween(150, 299);
            assertThat(pages).hasValue(2);
        }
    }

    private TuyaCloud client(String page) {
        return TuyaCloud.builder()
                .endpoint("http://localhost:1")
                .apiKey("key")
                .apiSecret("secret")
                .initialToken("0123456789abcdef0123456789abcdef")
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(chain -> answer(chain, page))
                        .build())
                .build();
    }

    private Response answer(Interceptor.Chain chain, String page) {
        String result = page.replace("%d", Integer.toString(pages.incrementAndGet()));
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

package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.CallTag;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Checks the headers and tags of all kinds of requests, and that none of them carries a secret. */
class RequestHeadersTest extends FakeCloudTest {

    private static final Set<String> OF_HTTP =
            Set.of("host", "connection", "accept-encoding", "user-agent", "content-length");

    @Test
    void send_allMethods_carryExactlyTheHeadersOfTheProtocol() {
        makeOneCallOfEachKind();

        assertThat(requests()).hasSizeGreaterThan(5).allSatisfy(request -> {
            assertThat(ownHeaders(request))
                    .containsExactly("access_token", "client_id", "content-type", "sign", "sign_method", "t");
            assertThat(request.header("client_id")).isEqualTo(fake.apiKey());
            assertThat(request.header("sign")).matches("[0-9A-F]{64}");
            assertThat(request.header("sign_method")).isEqualTo("HMAC-SHA256");
            assertThat(request.header("t")).isEqualTo("1709294400000");
            assertThat(request.header("access_token")).matches("[0-9a-f]{32}");
            assertThat(request.headers().get("Content-Type")).isEqualTo(List.of("application/json"));
        });
    }

    @Test
    void send_tokenCall_carriesNoTokenAndNoSecret() {
        cloud.getStatus(DemoWorld.PLUG);

        FakeRequest token = fake.requests().get(0);
        assertThat(token.target()).isEqualTo("/v1.0/token?grant_type=1");
        assertThat(ownHeaders(token)).containsExactly("client_id", "content-type", "sign", "sign_method", "t");
        assertThat(token.headers().get("Content-Type")).isEqualTo(List.of("application/json"));
    }

    @Test
    void send_anyCall_neverCarriesTheSecretInAnyHeaderUrlOrBody() {
        makeOneCallOfEachKind();

        assertThat(fake.requests()).hasSizeGreaterThan(6).allSatisfy(request -> {
            assertThat(request.headers().values().toString()).doesNotContain(fake.apiSecret());
            assertThat(request.target() + request.body()).doesNotContain(fake.apiSecret());
        });
    }

    @Test
    void send_lang_isSentWhenSet() {
        use(client().lang("zh"));

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("lang"))
                .isEqualTo("zh"));
    }

    @Test
    void send_oldAlgorithm_isAcceptedByAnOldProject() {
        try (FakeTuyaCloud old = FakeTuyaCloud.builder().oldSignAlgorithm(true).start();
                TuyaCloud client = Clients.of(old).newSignAlgorithm(false).build()) {
            assertThat(client.getStatus(DemoWorld.PLUG).dataPoints()).isNotEmpty();
            assertThat(client.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true)))
                    .isTrue();
        }
    }

    @Test
    void send_allMethods_areTaggedWithTheirEndpoint() {
        Set<String> names = new TreeSet<>();
        use(client().httpClient(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    names.add(String.valueOf(chain.request().tag(CallTag.class)));
                    return chain.proceed(chain.request());
                })
                .build()));

        makeOneCallOfEachKind();

        assertThat(names)
                .contains(
                        "GET /v1.0/token",
                        "GET /v1.0/iot-03/devices/{id}/status",
                        "POST /v1.0/iot-03/devices/{id}/commands",
                        "PUT /v1.0/devices/{id}",
                        "DELETE /v1.0/devices/{id}")
                .noneMatch(name -> name.contains(DemoWorld.PLUG))
                .noneMatch(name -> name.contains("?"))
                .noneMatch(name -> name.equals("null"));
    }

    private void makeOneCallOfEachKind() {
        cloud.getDevices();
        cloud.getStatus(DemoWorld.PLUG);
        cloud.getDeviceLog(DemoWorld.PLUG);
        cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true));
        cloud.cloudRequest("/v1.0/devices/" + DemoWorld.PLUG, "PUT", Map.of("name", "x"), null);
        cloud.cloudRequest("/v1.0/devices/" + DemoWorld.PLUG, "DELETE", null, null);
    }

    private static Set<String> ownHeaders(FakeRequest request) {
        Set<String> names = new TreeSet<>();
        request.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.removeAll(OF_HTTP);
        return names;
    }
}

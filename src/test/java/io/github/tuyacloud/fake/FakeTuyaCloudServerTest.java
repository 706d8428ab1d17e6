package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.LoopbackTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the server of the fake cloud: its threads, connections, speed and record of requests. */
@DisplayName("FakeTuyaCloud, server")
@Timeout(60)
class FakeTuyaCloudServerTest {
    private static final String STATUS = "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/status";

    @Test
    void close_duringRequests_endsAllThreadsImmediately() throws Exception {
        Set<Thread> before = userThreads();
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        TestCaller caller = new TestCaller(fake).login();
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.stall()).times(1);
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status")
                .fail(Fault.delay(Duration.ofMinutes(5)))
                .times(1);
        fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.slowBody(1, Duration.ofMinutes(5)));
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callers.add(CompletableFuture.runAsync(() -> caller.get(STATUS)));
        }
        assertThat(fake.awaitRequestCount(4, Duration.ofSeconds(5))).isTrue();

        long start = System.nanoTime();
        fake.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        for (CompletableFuture<Void> future : callers) {
            assertThat(future.handle((nothing, failure) -> failure).get(5, TimeUnit.SECONDS))
                    .isNotNull();
        }
        awaitNoThreadsBut(before);
        fake.close();
    }

    @Test
    void requests_beyondTheLimit_areCountedOnly() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().requestLogLimit(5).start()) {
            TestCaller caller = new TestCaller(fake).login();
            for (int i = 0; i < 20; i++) {
                caller.get(STATUS);
            }
            caller.get("/v1.0/nothing");

            assertThat(fake.requests()).hasSize(5);
            assertThat(fake.requests().get(4).template()).isEqualTo(FakeRequest.UNKNOWN);
            assertThat(fake.requests().get(3).template()).isEqualTo("/v1.0/iot-03/devices/{id}/status");
            assertThat(fake.requestCount()).isEqualTo(22);
            assertThat(fake.requestCount("GET", "/v1.0/iot-03/devices/{id}/status"))
                    .isEqualTo(20);
            assertThat(fake.tokenRequests()).isEqualTo(1);
            fake.clearRequests();
            assertThat(fake.requestCount()).isZero();
            assertThat(fake.requests()).isEmpty();
            assertThat(fake.connections()).isZero();
        }
    }

    @Test
    void request_recorded_hasItsPartsAndPrintsNoSecrets() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            TestCaller caller = new TestCaller(fake).login();
            caller.send("PUT", "/v1.0/devices/" + DemoWorld.PLUG, "{\"name\":\"Küche\"}");

            FakeRequest request = fake.requests().get(1);

            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.template()).isEqualTo("/v1.0/devices/{id}");
            assertThat(request.body()).isEqualTo("{\"name\":\"Küche\"}");
            assertThat(request.header("ACCESS_TOKEN")).isEqualTo(caller.token());
            assertThat(request.header("nonce")).isNull();
            assertThat(request.toString())
                    .contains("PUT /v1.0/devices/" + DemoWorld.PLUG, "Küche", "executed")
                    .doesNotContain(caller.token(), request.header("sign"), "\n");
        }
    }

    @Test
    void connections_ofTwoClients_areCounted() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            TestCaller first = new TestCaller(fake).login();
            first.get(STATUS);
            assertThat(fake.connections()).isEqualTo(1);

            new TestCaller(fake).login();
            assertThat(fake.connections()).isEqualTo(2);
        }
    }

    @Test
    void latency_ofEachRequest_isTheOneSet() {
        try (FakeTuyaCloud fake =
                FakeTuyaCloud.builder().latency(Duration.ofMillis(100)).start()) {
            long start = System.nanoTime();
            new TestCaller(fake).login().get(STATUS);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void responses_overAReusedConnection_areNotDelayed() throws Exception {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
                .build();
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            TestCaller caller = new TestCaller(fake).login();
            Headers.Builder headers = new Headers.Builder();
            caller.request("GET", STATUS)
                    .build()
                    .headers()
                    .map()
                    .forEach((name, values) -> headers.add(name, values.get(0)));
            Request request = new Request.Builder()
                    .url(HttpUrl.get(fake.endpoint() + STATUS))
                    .headers(headers.build())
                    .build();
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                try (Response response = http.newCall(request).execute()) {
                    assertThat(response.body().string()).contains("\"success\":true");
                }
            }

            // If each of them had to wait for a delayed acknowledgment, this would take eight seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(fake.connections()).isEqualTo(2);
        } finally {
            http.connectionPool().evictAll();
        }
    }

    @Test
    void tls_withASocketFactory_speaksHttps() throws Exception {
        LoopbackTls tls = new LoopbackTls();
        OkHttpClient http = tls.trustedBy(new OkHttpClient.Builder()).build();
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().tls(tls.sockets()).start()) {
            Request request =
                    new Request.Builder().url(fake.endpoint() + STATUS).build();
            try (Response response = http.newCall(request).execute()) {
                assertThat(fake.endpoint()).startsWith("https://127.0.0.1:");
                assertThat(response.protocol()).hasToString("http/1.1");
                assertThat(response.body().string()).contains("\"code\":1006");
            }
        } finally {
            http.connectionPool().evictAll();
        }
    }

    private static Set<Thread> userThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static void awaitNoThreadsBut(Set<Thread> before) throws InterruptedException {
        Set<Thread> left = userThreads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.toString()).isFalse();
        }
    }
}

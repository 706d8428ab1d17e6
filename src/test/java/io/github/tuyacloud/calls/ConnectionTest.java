package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Checks the number of connections and token requests of a client, and that building it sends nothing. */
class ConnectionTest extends FakeCloudTest {

    private static final int THREADS = 32;

    @Test
    void build_client_sendsNothing() {
        use(client());

        assertThat(fake.requestCount()).isZero();
        assertThat(fake.connections()).isZero();
    }

    @Test
    void call_hundredInSequence_needsOneConnectionAndOneToken() {
        for (int i = 0; i < 100; i++) {
            cloud.getStatus(DemoWorld.PLUG);
        }

        assertThat(fake.requestCount()).isEqualTo(101);
        assertThat(fake.connections()).isEqualTo(1);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void call_manyThreadsWithoutToken_fetchesOne() throws Exception {
        together(() -> cloud.getStatus(DemoWorld.PLUG));

        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests()).hasSize(THREADS);
    }

    @Test
    void call_manyThreadsWithExpiredToken_fetchesOne() throws Exception {
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.ofHours(3));
        fake.clearRequests();

        together(() -> cloud.getStatus(DemoWorld.PLUG));

        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests()).hasSize(THREADS);
    }

    @Test
    void call_manyThreadsWithRejectedToken_fetchesOne() throws Exception {
        cloud.getStatus(DemoWorld.PLUG);
        fake.expireTokens();
        fake.clearRequests();

        together(() -> cloud.getStatus(DemoWorld.PLUG));

        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests().stream().filter(request -> request.code() == 0)).hasSize(THREADS);
    }

    @Test
    void call_manyThreadsNewTokenEachTime_allSucceed() throws Exception {
        try (FakeTuyaCloud minting = FakeTuyaCloud.builder()
                        .clock(time)
                        .mintNewTokenEachTime(true)
                        .start();
                TuyaCloud client = client().endpoint(minting.endpoint()).build()) {
            together(() -> client.getStatus(DemoWorld.PLUG));

            assertThat(minting.tokenRequests()).isEqualTo(1);
            assertThat(minting.requests()).extracting(FakeRequest::code).containsOnly(0);
        }
    }

    @Test
    void call_tokenCallRefused_failsForAllThreadsAfterOneRequest() throws Exception {
        fake.onToken().fail(Fault.code(1004, "sign invalid").and(Fault.delay(Duration.ofSeconds(1))));

        List<Integer> codes = together(() -> {
            try {
                cloud.getStatus(DemoWorld.PLUG);
                return 0;
            } catch (TuyaAuthException e) {
                return e.code();
            }
        });

        assertThat(codes).hasSize(THREADS).containsOnly(1004);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void call_tokenAboutToExpire_isUsedUntilItExpires() {
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.ofSeconds(7199));
        cloud.getStatus(DemoWorld.PLUG);
        assertThat(fake.tokenRequests()).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.tokenRequests()).isEqualTo(2);
        assertThat(requests()).extracting(FakeRequest::code).containsOnly(0);
    }

    @Test
    void call_olderToken_expiresAfterItsRemainingLifetime() {
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.ofSeconds(7000));
        use(client());
        cloud.getStatus(DemoWorld.PLUG);
        time.advance(Duration.ofSeconds(200));
        fake.clearRequests();

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(0, 0);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void initialToken_valid_isUsedWithoutFetching() {
        cloud.getStatus(DemoWorld.PLUG);
        String token = requests().get(0).header("access_token");
        fake.clearRequests();
        use(client().initialToken(token));

        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.tokenRequests()).isZero();
    }

    @Test
    void initialToken_invalid_isReplacedOnce() {
        use(client().initialToken("00112233445566778899aabbccddeeff"));

        cloud.getStatus(DemoWorld.PLUG);
        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.requests()).extracting(FakeRequest::code).containsExactly(1011, 0, 0, 0);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void close_httpClientOfTheCaller_staysOpen() {
        OkHttpClient own =
                new OkHttpClient.Builder().connectionPool(new ConnectionPool()).build();
        try {
            use(client().httpClient(own));
            cloud.getStatus(DemoWorld.PLUG);
            cloud.close();

            assertThat(own.connectionPool().connectionCount()).isEqualTo(1);
            assertThat(own.dispatcher().executorService().isShutdown()).isFalse();
        } finally {
            own.connectionPool().evictAll();
        }
    }

    private static <T> List<T> together(Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.FaultRule;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.ManualTime;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that only one of many threads renews a token that is missing, expired, revoked early, or refused. */
@Timeout(120)
class TokenStormTest {

    private static final int THREADS = 256;
    private static final String DEVICE = CloudCall.DEVICE;
    private static final String STATUS = "/v1.0/iot-03/devices/{id}/status";

    @Test
    void call_256ThreadsWithoutToken_sendsOneTokenRequest() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount("GET", STATUS)).isEqualTo(THREADS);
        }
    }

    @ParameterizedTest(name = "a new token each time: {0}")
    @ValueSource(booleans = {false, true})
    void call_256ThreadsWithExpiredToken_sendsOneTokenRequest(boolean newEachTime) throws Exception {
        ManualTime clock = new ManualTime();
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder()
                        .clock(clock)
                        .mintNewTokenEachTime(newEachTime)
                        .start();
                TuyaCloud cloud = Clients.withoutWaits(fake).clock(clock).build()) {
            cloud.getStatus(DEVICE);
            clock.advance(Duration.ofHours(2));
            fake.clearRequests();
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount("GET", STATUS)).isEqualTo(THREADS);
        }
    }

    @ParameterizedTest(name = "a new token each time: {0}")
    @ValueSource(booleans = {false, true})
    void call_256ThreadsWithRevokedToken_sendsOneTokenRequestAndSucceeds(boolean newEachTime) throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder()
                        .mintNewTokenEachTime(newEachTime)
                        .start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            cloud.getStatus(DEVICE);
            fake.expireTokens();
            fake.clearRequests();
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount("GET", STATUS)).isBetween((long) THREADS, 2L * THREADS);
        }
    }

    @Test
    void call_tokenRevokedRepeatedly_renewsOncePerToken() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start().killTokensAfter(10);
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            for (int i = 0; i < 100; i++) {
                assertThat(cloud.getStatus(DEVICE).dataPoints()).isNotEmpty();
            }
            assertThat(fake.tokenRequests()).isEqualTo(10);
            assertThat(fake.requestCount("GET", STATUS)).isEqualTo(109);
        }
    }

    @Test
    void call_renewalFails_failsAllWaitersAndIsNotRemembered() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            // The token is refused only once all threads are waiting.
            fake.onToken().times(1).fail(Fault.code(1106, "permission deny").and(Fault.delay(Duration.ofSeconds(2))));
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.results()).isEmpty();
            assertThat(storm.failures()).hasSize(THREADS).hasOnlyElementsOfType(TuyaAuthException.class);
            assertThat(fake.requestCount()).isEqualTo(1);
            assertThat(cloud.getStatus(DEVICE).dataPoints()).isNotEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void call_newTokensAlwaysRefused_fetchesAFewTokensForAllThreads() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            cloud.getStatus(DEVICE);
            fake.clearRequests();
            fake.onAny().exceptToken().fail(Fault.code(1011, "token invalid").and(Fault.delay(Duration.ofSeconds(1))));
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).hasSize(THREADS).hasOnlyElementsOfType(TuyaAuthException.class);
            // One token for all threads, and one or two more for threads that start after the second was refused.
            assertThat(fake.tokenRequests()).isBetween(1L, 4L);
            assertThat(fake.requestCount("GET", STATUS)).isEqualTo(2L * THREADS);
        }
    }

    @ParameterizedTest(name = "expire_time {0}")
    @ValueSource(longs = {0, 1, -5, Long.MAX_VALUE})
    void call_cloudReturnsANearlyExpiredToken_startsNoRenewalStorm(long expireTime) {
        ManualTime clock = new ManualTime();
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().clock(clock).start();
                TuyaCloud cloud = Clients.withoutWaits(fake).clock(clock).build()) {
            fake.onToken().fail(Fault.result(Map.of("access_token", alive(fake), "expire_time", expireTime)));
            fake.clearRequests();
            for (int i = 0; i < 50; i++) {
                assertThat(cloud.getStatus(DEVICE).dataPoints()).isNotEmpty();
            }
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(fake.requestCount("GET", STATUS)).isEqualTo(50);
        }
    }

    @Test
    void call_oldTokenRefusedLate_keepsTheNewToken() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            cloud.getStatus(DEVICE);
            fake.clearRequests();
            FaultRule rule = fake.on("GET", STATUS)
                    .times(1)
                    .fail(Fault.code(1010, "token is expired").and(Fault.delay(Duration.ofMillis(800))));
            CompletableFuture<?> late = CompletableFuture.supplyAsync(() -> cloud.getStatus(DEVICE));
            Await.until(() -> rule.applied() > 0, "the refusal");
            fake.expireTokens();
            cloud.getFunctions(DEVICE);
            assertThat(fake.tokenRequests()).isEqualTo(1);
            assertThat(late.get(20, TimeUnit.SECONDS)).isNotNull();
            cloud.getFunctions(DEVICE);
            assertThat(fake.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void call_leaderInterrupted_isTakenOverByAnotherWaiter() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake).build()) {
            fake.onToken().times(1).fail(Fault.stall());
            CompletableFuture<Boolean> flagged = new CompletableFuture<>();
            Thread leader = new Thread(() -> {
                try {
                    cloud.getStatus(DEVICE);
                    flagged.complete(false);
                } catch (TuyaTransportException e) {
                    flagged.complete(Thread.currentThread().isInterrupted());
                }
            });
            leader.start();
            assertThat(fake.awaitRequestCount(1, Duration.ofSeconds(20))).isTrue();
            CompletableFuture<Storm<?>> others = new CompletableFuture<>();
            Thread crowd = new Thread(() -> {
                try {
                    others.complete(Storm.of(32, () -> cloud.getStatus(DEVICE)));
                } catch (Exception e) {
                    others.completeExceptionally(e);
                }
            });
            crowd.start();
            leader.interrupt();
            assertThat(flagged.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(others.get(20, TimeUnit.SECONDS).failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void initialToken_unknownToTheCloud_isReplacedOnceForAllThreads() throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = Clients.withoutWaits(fake)
                        .initialToken("00000000000000000000000000000000")
                        .build()) {
            Storm<?> storm = Storm.of(THREADS, () -> cloud.getStatus(DEVICE));
            assertThat(storm.failures()).isEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(1);
        }
    }

    /** Returns a token that the fake accepts. */
    private static String alive(FakeTuyaCloud fake) {
        MemoryTokenStore tokens = new MemoryTokenStore();
        try (TuyaCloud other = Clients.withoutWaits(fake).tokenStore(tokens).build()) {
            other.getStatus(DEVICE);
        }
        return tokens.last().value();
    }
}

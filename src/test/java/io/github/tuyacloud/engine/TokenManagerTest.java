package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.engine.TokenManager.Held;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which token is returned, and which thread fetches it. */
@Timeout(10)
class TokenManagerTest {

    private static final Target HERE = ScriptedExchange.TARGET;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ScriptedExchange cloud = new ScriptedExchange();
    private final TokenManager tokens = manager(cloud.clock);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayRespond = new CountDownLatch(1);

    @Test
    void get_first_fetchesOnce() {
        cloud.response(ScriptedExchange.token("a1", 7200));

        AccessToken token = tokens.get(HERE, deadline(LONG)).token();

        assertThat(token.value()).isEqualTo("a1");
        assertThat(token.expiresAt()).isEqualTo(ManualTime.START.plusSeconds(7200));
        assertThat(tokens.get(HERE, deadline(LONG)).token()).isSameAs(token);
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void get_atExpiry_fetchesAnother() {
        cloud.response(ScriptedExchange.token("a1", 7200)).response(ScriptedExchange.token("a2", 7200));
        tokens.get(HERE, deadline(LONG));
        cloud.advance(Duration.ofSeconds(7199));
        assertThat(tokens.get(HERE, deadline(LONG)).token().value()).isEqualTo("a1");

        cloud.advance(Duration.ofSeconds(1));

        assertThat(tokens.get(HERE, deadline(LONG)).token().value()).isEqualTo("a2");
    }

    @Test
    void get_otherTarget_fetchesAnother() {
        cloud.response(ScriptedExchange.token("a1", 7200)).response(ScriptedExchange.token("a2", 7200));
        tokens.get(HERE, deadline(LONG));

        Target there = new RegionResolver(Region.EU, null).target();

        assertThat(tokens.get(there, deadline(LONG)).token().value()).isEqualTo("a2");
    }

    @Test
    void get_initialToken_fetchesNothing() {
        AccessToken initial = new AccessToken("initial", Instant.MAX);
        tokens.use(initial, HERE);

        assertThat(tokens.get(HERE, deadline(LONG)).token()).isSameAs(initial);
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void get_tokenExpiredOnArrival_isReturnedAnyway() {
        cloud.then(request -> {
                    cloud.advance(Duration.ofSeconds(31));
                    return ScriptedExchange.response(request, 200, ScriptedExchange.token("a1", 1));
                })
                .response(ScriptedExchange.token("a2", 7200));

        assertThat(tokens.get(HERE, deadline(Duration.ofMinutes(2))).token().value())
                .isEqualTo("a1");
        assertThat(tokens.get(HERE, deadline(LONG)).token().value()).isEqualTo("a2");
    }

    @Test
    void get_otherThreadHasFetched_usesThatToken() {
        AccessToken brought = new AccessToken("brought", ManualTime.START.plusSeconds(60));
        AtomicReference<Runnable> atFirstLook = new AtomicReference<>();
        InstantSource looking = () -> {
            Runnable once = atFirstLook.getAndSet(() -> {});
            once.run();
            return ManualTime.START;
        };
        TokenManager manager = manager(new ServerClock(looking.withZone(ZoneOffset.UTC)));
        manager.use(new AccessToken("old", ManualTime.START), HERE);
        atFirstLook.set(() -> manager.use(brought, HERE));

        assertThat(manager.get(HERE, deadline(LONG)).token()).isSameAs(brought);
        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void reject_theTokenInUse_fetchesAnother() {
        cloud.response(ScriptedExchange.token("a1", 7200)).response(ScriptedExchange.token("a2", 7200));
        tokens.reject(tokens.get(HERE, deadline(LONG)));

        assertThat(tokens.get(HERE, deadline(LONG)).token().value()).isEqualTo("a2");
    }

    @Test
    void reject_olderTokenOfTheSameText_keepsTheNewOne() {
        cloud.response(ScriptedExchange.token("a1", 7200)).response(ScriptedExchange.token("a1", 7200));
        Held old = tokens.get(HERE, deadline(LONG));
        tokens.reject(old);
        Held current = tokens.get(HERE, deadline(LONG));

        tokens.reject(old);

        assertThat(tokens.get(HERE, deadline(LONG))).isSameAs(current);
    }

    @Test
    void reject_beforeAnyToken_doesNothing() {
        tokens.reject(new Held(new AccessToken("never-held", Instant.MAX), HERE, false));

        assertThat(cloud.requests).isEmpty();
    }

    @Test
    void get_refused_throwsAndFetchesAtTheNextCall() {
        cloud.refuse(1004).response(ScriptedExchange.token("a1", 7200));

        assertThatExceptionOfType(TuyaApiException.class).isThrownBy(() -> tokens.get(HERE, deadline(LONG)));
        assertThat(tokens.get(HERE, deadline(LONG)).token().value()).isEqualTo("a1");
    }

    @Test
    void get_whileAnotherThreadFetches_waitsForItsToken() throws Exception {
        cloud.then(request -> {
            waitToRespond();
            return ScriptedExchange.response(request, 200, ScriptedExchange.token("a1", 7200));
        });
        BackgroundCall<Held> leader = start(LONG);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        BackgroundCall<Held> follower = start(LONG).awaitBlocked();
        mayRespond.countDown();

        assertThat(leader.result().token().value()).isEqualTo("a1");
        assertThat(follower.result()).isSameAs(leader.result());
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void get_otherThreadsTokenExpiredOnArrival_usesItAnyway() throws Exception {
        cloud.then(request -> {
            waitToRespond();
            cloud.time.setClock(ManualTime.START.plusSeconds(31));
            return ScriptedExchange.response(request, 200, ScriptedExchange.token("a1", 1));
        });
        BackgroundCall<Held> leader = start(LONG);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        BackgroundCall<Held> follower = start(LONG).awaitBlocked();
        mayRespond.countDown();

        assertThat(follower.result().token().value()).isEqualTo("a1");
        assertThat(leader.result().token().value()).isEqualTo("a1");
    }

    @Test
    void get_otherThreadIsRefused_throwsTheSameError() throws Exception {
        cloud.then(request -> {
            waitToRespond();
            return ScriptedExchange.response(request, 200, "{\"success\":false,\"code\":1004,\"msg\":\"sign\"}");
        });
        BackgroundCall<Held> leader = start(LONG);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        BackgroundCall<Held> follower = start(LONG).awaitBlocked();
        mayRespond.countDown();

        assertThat(follower.failure()).isInstanceOf(TuyaApiException.class).isSameAs(leader.failure());
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void get_otherThreadTimesOut_takesOver() throws Exception {
        cloud.then(request -> {
                    waitToRespond();
                    cloud.advance(Duration.ofSeconds(2));
                    return ScriptedExchange.response(request, 502, "busy");
                })
                .response(ScriptedExchange.token("a2", 7200));
        BackgroundCall<Held> leader = start(Duration.ofSeconds(2));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        BackgroundCall<Held> follower = start(LONG).awaitBlocked();
        mayRespond.countDown();

        assertThat(follower.result().token().value()).isEqualTo("a2");
        assertThat(leader.failure()).isInstanceOf(TuyaTransportException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void get_otherThreadFetchesTooLong_endsAtItsOwnDeadline(long millis) throws Exception {
        cloud.then(request -> {
            waitToRespond();
            return ScriptedExchange.response(request, 200, ScriptedExchange.token("a1", 7200));
        });
        BackgroundCall<Held> leader = start(LONG);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        TuyaTransportException failure = catchThrowableOfType(
                TuyaTransportException.class, () -> tokens.get(HERE, deadline(Duration.ofMillis(millis))));

        assertThat(failure)
                .hasMessageContaining("did not arrive within " + LogSafe.duration(Duration.ofMillis(millis)));
        assertThat(failure.operation()).isEqualTo("GET /v1.0/token");
        assertThat(failure.sent()).isEqualTo(Sent.NO);
        assertThat(failure.retryable()).isTrue();
        mayRespond.countDown();
        assertThat(leader.result().token().value()).isEqualTo("a1");
    }

    @Test
    void get_interruptedWhileAnotherThreadFetches_endsWithTheFlagSet() throws Exception {
        cloud.then(request -> {
            waitToRespond();
            return ScriptedExchange.response(request, 200, ScriptedExchange.token("a1", 7200));
        });
        BackgroundCall<Held> leader = start(LONG);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        Thread.currentThread().interrupt();
        TuyaTransportException failure =
                catchThrowableOfType(TuyaTransportException.class, () -> tokens.get(HERE, deadline(LONG)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessageContaining("interrupted while another thread was fetching");
        assertThat(failure.sent()).isEqualTo(Sent.NO);
        assertThat(failure.getCause()).isInstanceOf(InterruptedException.class);
        mayRespond.countDown();
        assertThat(leader.result().token().value()).isEqualTo("a1");
    }

    private TokenManager manager(ServerClock clock) {
        return new TokenManager(new TokenFetch(cloud.tokenLoop(), cloud.backoff(), clock), null, clock, "key0");
    }

    private BackgroundCall<Held> start(Duration span) {
        return BackgroundCall.start(() -> tokens.get(HERE, deadline(span)));
    }

    private void waitToRespond() {
        asked.countDown();
        try {
            assertThat(mayRespond.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Deadline deadline(Duration span) {
        return cloud.deadline(span);
    }
}

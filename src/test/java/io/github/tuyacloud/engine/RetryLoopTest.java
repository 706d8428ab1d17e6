package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.support.ManualTime;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which attempts a call makes, and how they end. */
class RetryLoopTest {

    private static final String OK = "{\"success\":true,\"result\":1}";
    private static final ApiRequest READ = ApiRequest.get("/v1.0/devices/{id}", "bf1");
    private static final ApiRequest WRITE =
            ApiRequest.of(HttpMethod.POST, "/v1.0/devices/{id}/commands", "bf1").body(List.of());

    private final ScriptedExchange cloud = new ScriptedExchange();
    private final AccessToken first = new AccessToken("token-1", Instant.MAX);
    private final Replaced store = new Replaced();
    private TokenManager tokens = manager(null);

    /** A token store to which another process has saved the next token each time this one reads it. */
    private static final class Replaced implements TokenStore {

        private final Deque<String> next = new ArrayDeque<>();

        @Override
        public Optional<AccessToken> load(String key) {
            return Optional.ofNullable(next.poll()).map(value -> new AccessToken(value, Instant.MAX));
        }

        @Override
        public void save(String key, AccessToken token) {}

        @Override
        public void clear(String key) {}
    }

    private TokenManager manager(@Nullable TokenStore store) {
        TokenManager manager = new TokenManager(cloud.tokenFetch(), store, cloud.clock, "key0");
        manager.use(first, ScriptedExchange.TARGET);
        return manager;
    }

    @Test
    void run_firstAttemptSucceeds_sendsOneRequest() {
        cloud.response(OK);

        Envelope envelope = run(READ);

        assertThat(envelope.result()).isEqualTo(1L);
        assertThat(envelope.attempts()).isEqualTo(1);
        assertThat(cloud.requests).hasSize(1);
        assertThat(tokenInUse()).isEqualTo("token-1");
    }

    @Test
    void run_tokenRefused_rejectsThatOneAndSendsTheNext() {
        cloud.refuse(1010).response(ScriptedExchange.token("token-2", 7200)).response(OK);

        assertThat(run(READ).attempts()).isEqualTo(2);
        assertThat(tokensSent()).containsExactly("token-1", "token-2");
        assertThat(tokenInUse()).isEqualTo("token-2");
        assertThat(cloud.time.sleeps()).isEmpty();
    }

    @Test
    void run_nextTokenRefusedToo_rejectsBothAndGivesUp() {
        cloud.refuse(1010)
                .response(ScriptedExchange.token("token-2", 7200))
                .refuse(1011)
                .response(ScriptedExchange.token("token-3", 7200));

        TuyaAuthException failure = catchThrowableOfType(TuyaAuthException.class, () -> run(READ));

        assertThat(failure.code()).isEqualTo(1011);
        assertThat(failure.attempts()).isEqualTo(2);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(((TuyaAuthException) failure.getSuppressed()[0]).code()).isEqualTo(1010);
        assertThat(tokensSent()).containsExactly("token-1", "token-2");
        assertThat(tokenInUse()).isEqualTo("token-3");
    }

    @Test
    void run_tokenOfAnotherProcessRefusedToo_sendsOnceMore() {
        tokens = manager(store);
        store.next.addAll(List.of("token-2", "token-2", "token-2"));
        cloud.refuse(1010)
                .refuse(1010)
                .response(ScriptedExchange.token("token-3", 7200))
                .response(OK);

        assertThat(run(READ).attempts()).isEqualTo(3);
        assertThat(tokensSent()).containsExactly("token-1", "token-2", "token-3");
    }

    @Test
    void run_newTokenEndedByThatOfAnotherProcess_sendsThatOne() {
        tokens = manager(store);
        store.next.addAll(List.of("token-1", "token-1", "token-3", "token-3"));
        cloud.refuse(1010)
                .response(ScriptedExchange.token("token-2", 7200))
                .refuse(1010)
                .response(OK);

        assertThat(run(READ).attempts()).isEqualTo(3);
        assertThat(tokensSent()).containsExactly("token-1", "token-2", "token-3");
    }

    @Test
    void run_newTokenRefusedAndStillStored_givesUp() {
        tokens = manager(store);
        store.next.addAll(List.of("token-1", "token-1", "token-2"));
        cloud.refuse(1010).response(ScriptedExchange.token("token-2", 7200)).refuse(1010);

        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> run(READ));
        assertThat(tokensSent()).containsExactly("token-1", "token-2");
    }

    @Test
    void run_threeTokensOfOtherProcessesRefused_givesUp() {
        tokens = manager(store);
        store.next.addAll(List.of("token-2", "token-3", "token-4"));
        cloud.refuse(1010).refuse(1010).refuse(1010);

        TuyaAuthException failure = catchThrowableOfType(TuyaAuthException.class, () -> run(READ));

        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(tokensSent()).containsExactly("token-1", "token-2", "token-3");
    }

    @Test
    void run_tokenCallRefusedForItsToken_rejectsNothing() {
        cloud.refuse(1010);

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.run(cloud.tokenLoop(), READ, Duration.ofSeconds(30), response -> response))
                .satisfies(failure -> assertThat(failure.attempts()).isEqualTo(1));
        assertThat(tokenInUse()).isEqualTo("token-1");
    }

    @Test
    void run_clockOff_adoptsTheCloudsTimeOnce() {
        long cloudTime = ManualTime.START.plusSeconds(3600).toEpochMilli();
        String refusal = "{\"success\":false,\"code\":1013,\"msg\":\"time\",\"t\":" + cloudTime + "}";
        cloud.response(refusal).response(refusal);

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> run(READ))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(1013);
                    assertThat(failure.attempts()).isEqualTo(2);
                });
        assertThat(cloud.requests)
                .extracting(request -> request.header("t"))
                .containsExactly(Long.toString(ManualTime.START.toEpochMilli()), Long.toString(cloudTime));
        assertThat(tokenInUse()).isEqualTo("token-1");
    }

    @Test
    void run_clockOffWithoutServerTime_givesUp() {
        cloud.response("{\"success\":false,\"code\":1013,\"msg\":\"time\"}");

        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> run(READ));
        assertThat(cloud.clock.offset()).isZero();
    }

    @Test
    void run_readKeepsFailing_waitsTwiceAndThrowsTheLastWithTheOthersSuppressed() {
        cloud.refuse(500).response(502, "<html>").refuse(1111);

        TuyaApiException failure = catchThrowableOfType(TuyaApiException.class, () -> run(READ));

        assertThat(failure.code()).isEqualTo(1111);
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(cloud.time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(failure.getSuppressed())
                .satisfiesExactly(
                        earlier ->
                                assertThat(((TuyaApiException) earlier).code()).isEqualTo(500),
                        earlier -> assertThat(((TuyaTransportException) earlier).httpStatus())
                                .isEqualTo(502));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1111, 1112})
    void run_commandOutcomeUnknown_isNotRetried(int code) {
        cloud.refuse(code);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> run(WRITE))
                .satisfies(failure -> assertThat(failure.attempts()).isEqualTo(1));
        assertThat(cloud.time.sleeps()).isEmpty();
    }

    @Test
    void run_waitWouldPassTheDeadline_isNotWaitedFor() {
        cloud.refuse(1111);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.run(cloud.callLoop(tokens), READ, Duration.ofSeconds(1), response -> response));
        assertThat(cloud.time.sleeps()).isEmpty();
    }

    @Test
    void run_interruptedWhileWaiting_endsWithTheFlagSetAndEarlierFailures() {
        cloud.refuse(1111);

        TuyaTransportException failure = catchThrowableOfType(
                TuyaTransportException.class,
                () -> cloud.run(
                        cloud.callLoop(tokens, wait -> {
                            throw new InterruptedException("asked to stop");
                        }),
                        READ,
                        Duration.ofSeconds(30),
                        response -> response));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.sent()).isEqualTo(Sent.NO);
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.getCause()).hasMessage("asked to stop");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(((TuyaApiException) failure.getSuppressed()[0]).code()).isEqualTo(1111);
    }

    @Test
    void run_interruptedAfterALostResponse_mayHaveBeenSent() {
        cloud.response(502, "<html>");

        TuyaTransportException failure = catchThrowableOfType(
                TuyaTransportException.class,
                () -> cloud.run(
                        cloud.callLoop(tokens, wait -> {
                            throw new InterruptedException();
                        }),
                        READ,
                        Duration.ofSeconds(30),
                        response -> response));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
    }

    @Test
    void run_interruptedWhileAwaitingTheResponse_endsWithTheCause() {
        cloud.then(request -> {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException("interrupted");
        });

        TuyaTransportException failure = catchThrowableOfType(TuyaTransportException.class, () -> run(READ));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessageContaining("the thread was interrupted");
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
        assertThat(failure.getCause()).hasMessage("interrupted");
        assertThat(cloud.time.sleeps()).isEmpty();
    }

    @Test
    void run_planRefused_holdsBackTheNextCall() {
        cloud.refuse(28841002);
        RetryLoop loop = cloud.callLoop(tokens);
        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.run(loop, READ, Duration.ofSeconds(30), response -> response));

        assertThatExceptionOfType(TuyaQuotaException.class)
                .isThrownBy(() -> cloud.run(loop, WRITE, Duration.ofSeconds(30), response -> response))
                .withMessageContaining("not sent")
                .satisfies(failure -> assertThat(failure.attempts()).isZero());
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void run_successWithAnErrorStatus_isAFailure() {
        cloud.response(400, OK);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> run(READ))
                .withMessageContaining("success with an error status");
    }

    @Test
    void run_resultOfAnotherShape_isUnusableAndNotRetried() {
        cloud.response("{\"success\":true,\"result\":\"done\",\"tid\":\"t9\"}");

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.run(cloud.callLoop(tokens), READ, Duration.ofSeconds(30), ResultReader.flag()))
                .withMessage(
                        "GET /v1.0/devices/{id} failed: the response cannot be used: the result is neither true nor "
                                + "false (HTTP 200, tid t9, 1 attempt). cloudRequest returns the response in whatever form the "
                                + "cloud sends it.")
                .satisfies(failure -> {
                    assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
                    assertThat(failure.retryable()).isFalse();
                });
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void run_commandResultOfAnotherShape_mayHaveBeenCarriedOut() {
        cloud.response("{\"success\":true,\"result\":\"done\"}");

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.run(cloud.callLoop(tokens), WRITE, Duration.ofSeconds(30), ResultReader.flag()))
                .satisfies(failure -> assertThat(failure.hint()).startsWith("The command may have been carried out"));
    }

    private Envelope run(ApiRequest request) {
        return cloud.run(cloud.callLoop(tokens), request, Duration.ofSeconds(30), response -> response);
    }

    private List<String> tokensSent() {
        return cloud.requests.stream()
                .map(request -> request.header("access_token"))
                .filter(Objects::nonNull)
                .toList();
    }

    private String tokenInUse() {
        return tokens.get(ScriptedExchange.TARGET, cloud.deadline(Duration.ofSeconds(30)))
                .token()
                .value();
    }
}

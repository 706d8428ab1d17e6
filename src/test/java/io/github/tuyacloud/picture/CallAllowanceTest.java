package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks which failed calls use up the allowance of a picture. */
class CallAllowanceTest {

    private static final String LIST = "GET /v1.0/iot-01/associated-users/devices";

    private final CallAllowance calls = new CallAllowance(new ServerTime(Clock.systemUTC(), () -> 0), 2);

    static Stream<TuyaException> definitelyNotSent() {
        TuyaException refusedTwice = lost(Sent.NO);
        refusedTwice.addSuppressed(lost(Sent.NO));
        return Stream.of(
                lost(Sent.NO),
                refusedTwice,
                new TuyaQuotaException(
                        CallFailure.builder(LIST).build(), "not sent: the monthly budget is used up", null),
                new TuyaAuthException(CallFailure.builder("GET /v1.0/token")
                        .httpStatus(200)
                        .code(1004)
                        .build()));
    }

    static Stream<TuyaException> mayHaveArrived() {
        TuyaException refusedAfterLost = lost(Sent.NO);
        refusedAfterLost.addSuppressed(lost(Sent.MAYBE));
        return Stream.of(
                lost(Sent.MAYBE),
                refusedAfterLost,
                new TuyaAuthException(
                        CallFailure.builder(LIST).httpStatus(200).code(1106).build()));
    }

    private static TuyaException lost(Sent sent) {
        return new TuyaTransportException(CallFailure.builder(LIST).build(), "no response", sent, null);
    }

    @ParameterizedTest
    @MethodSource("definitelyNotSent")
    void failed_definitelyNotSent_isUncounted(TuyaException failure) {
        for (int i = 0; i < 10; i++) {
            calls.count(1, true);
            assertThat(calls.failed(failure, true)).isZero();
        }

        assertThat(calls.total()).isZero();
        assertThat(calls.hasRemaining()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mayHaveArrived")
    void failed_mayHaveArrived_isCounted(TuyaException failure) {
        for (int i = 0; i < 2; i++) {
            calls.count(1, true);
            assertThat(calls.failed(failure, true)).isOne();
        }

        assertThat(calls.total()).isEqualTo(2);
        assertThat(calls.hasRemaining()).isFalse();
    }

    @Test
    void failed_callOfTheProgram_doesNotChangeTheAllowance() {
        calls.count(1, false);
        calls.failed(lost(Sent.NO), false);
        calls.count(1, true);
        assertThat(calls.hasRemaining()).isTrue();
        calls.count(1, true);

        assertThat(calls.hasRemaining()).isFalse();
        assertThat(calls.total()).isEqualTo(2);
    }
}

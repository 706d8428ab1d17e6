package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.FaultRule;
import io.github.tuyacloud.robustness.FaultTable.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the fault table: calls a method while a fault is active, and compares everything observable with the
 * expected outcome.
 *
 * @param onToken whether the fault hits the call for a token instead of the method's own
 */
record FaultCell(
        String fault,
        CloudCall call,
        boolean forever,
        boolean onToken,
        Outcome expected,
        ExpectedResults results,
        FakeTuyaCloud elsewhere) {

    private static final Duration GRACE = Duration.ofSeconds(3);

    @Override
    public String toString() {
        return fault + (onToken ? " of the token call" : "") + (forever ? ", forever: " : ", once: ") + call.name();
    }

    /** Runs the call and checks its outcome. */
    void check() {
        try (FaultBench bench = new FaultBench(fault, call.apiDeviceId(), leavesNothingBehind())) {
            if (!fault.equals(Faults.REFUSED)) {
                FaultRule rule =
                        onToken ? bench.fake.onToken() : bench.fake.onAny().exceptToken();
                rule.times(forever ? Integer.MAX_VALUE : 1).fail(Faults.named(fault, otherHost()));
            }
            long start = System.nanoTime();
            Object result = null;
            TuyaException failure = null;
            try {
                result = call.call().apply(bench.cloud);
            } catch (TuyaException e) {
                failure = e;
            }
            checkTime(bench, Duration.ofNanos(System.nanoTime() - start));
            if (expected.succeeds()) {
                assertThat(failure).as("failure").isNull();
                checkResult(result);
            } else {
                checkFailure(failure);
            }
            checkServer(bench);
        }
        assertThat(elsewhere.requestCount()).as("requests after a redirect").isZero();
    }

    /** Returns whether the call carries out no write, waits for no timeout, and all its requests end before it does. */
    private boolean leavesNothingBehind() {
        return !(call.kind().writes() && expected.done())
                && (results.of(call).calls() == 1 || expected.succeeds())
                && !fault.equals(Faults.REFUSED)
                && !Faults.needsShortCalls(fault)
                && !Faults.needsShortReads(fault)
                && !Faults.isLarge(fault);
    }

    /** Returns the address of a server that OkHttp considers another host: its port or its name differs. */
    private String otherHost() {
        return "http://localhost:" + elsewhere.port();
    }

    private void checkTime(FaultBench bench, Duration taken) {
        long limit = results.of(call).calls() * bench.callTimeout.toMillis();
        assertThat(taken).as("time").isLessThan(Duration.ofMillis(limit).plus(GRACE));
    }

    private void checkResult(@Nullable Object result) {
        assertThat(result).as("a result").isNotNull();
        if (expected.what().equals("ok")) {
            assertThat(CloudCall.comparable(result))
                    .as("the result")
                    .isEqualTo(results.of(call).result());
        }
    }

    private void checkFailure(@Nullable TuyaException failure) {
        Class<? extends TuyaException> type =
                switch (expected.what()) {
                    case "transport" -> TuyaTransportException.class;
                    case "auth" -> TuyaAuthException.class;
                    case "quota" -> TuyaQuotaException.class;
                    case "api" -> TuyaApiException.class;
                    default -> throw new IllegalArgumentException(expected.what());
                };
        assertThat(failure).as("failure").isNotNull().isExactlyInstanceOf(type);
        assertThat(failure.attempts()).as("attempts").isEqualTo(expected.attempts());
        assertThat(failure.operation()).isNotBlank().doesNotContain(CloudCall.DEVICE, CloudCall.LOGGED);
        assertThat(failure.getMessage()).doesNotContain(CloudCall.DEVICE, CloudCall.LOGGED);
        if (failure instanceof TuyaTransportException transport && call.kind().writes() && !onToken) {
            assertThat(transport.sent()).isEqualTo(expected.unsent() ? Sent.NO : Sent.MAYBE);
            assertThat(failure.getMessage().contains("may have been carried out"))
                    .as("a warning: " + failure.getMessage())
                    .isEqualTo(transport.sent() == Sent.MAYBE);
        }
    }

    private void checkServer(FaultBench bench) {
        if (fault.equals(Faults.REFUSED)) {
            return;
        }
        long usual = results.of(call).calls();
        if (onToken) {
            assertThat(bench.fake.tokenRequests()).as("token requests").isEqualTo(expected.attempts());
            assertThat(bench.businessRequests()).as("requests").isEqualTo(expected.succeeds() ? usual : 0);
        } else if (usual == 1 || expected.succeeds()) {
            FaultTable.Row row = FaultTable.rows().get(fault);
            boolean oneMore = !expected.succeeds() && (row.fallsBack(call) || row.repeats(call));
            assertThat(bench.businessRequests())
                    .as("requests")
                    .isEqualTo(usual + expected.attempts() - (oneMore ? 0 : 1));
            assertThat(bench.fake.tokenRequests()).as("token requests").isEqualTo(expected.freshToken() ? 2 : 1);
        }
        if (call.kind().writes()) {
            assertThat(bench.carriedOut()).as("writes carried out").isEqualTo(expected.done() ? 1 : 0);
        }
    }
}

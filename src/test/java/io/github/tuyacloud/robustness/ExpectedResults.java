package io.github.tuyacloud.robustness;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The expected result of every call, and the number of requests it takes, when nothing goes wrong. */
final class ExpectedResults {

    private final Map<String, Usual> byCall;

    /**
     * The expected outcome of a call without faults.
     *
     * @param result the expected result
     * @param calls the number of requests, token requests not counted
     */
    record Usual(Object result, long calls) {}

    private ExpectedResults(Map<String, Usual> byCall) {
        this.byCall = byCall;
    }

    /** Runs every call once against a fake cloud. */
    static ExpectedResults collect() {
        return new ExpectedResults(
                CloudCall.all().stream().collect(Collectors.toMap(CloudCall::name, ExpectedResults::make)));
    }

    Usual of(CloudCall call) {
        Usual usual = byCall.get(call.name());
        if (usual == null) {
            throw new IllegalArgumentException("no expected result for the call " + call.name());
        }
        return usual;
    }

    private static Usual make(CloudCall call) {
        try (FaultBench bench = new FaultBench("none", call.apiDeviceId(), false)) {
            Object result =
                    Objects.requireNonNull(CloudCall.comparable(call.call().apply(bench.cloud)));
            return new Usual(result, bench.businessRequests());
        }
    }
}

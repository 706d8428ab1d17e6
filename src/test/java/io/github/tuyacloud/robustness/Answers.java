package io.github.tuyacloud.robustness;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The expected answer of every call, and the number of requests it takes, when nothing goes wrong. */
final class Answers {

    private final Map<String, Usual> byCall;

    /**
     * The expected outcome of a call without faults.
     *
     * @param answer the expected answer
     * @param calls the number of requests, token requests not counted
     */
    record Usual(Object answer, long calls) {}

    private Answers(Map<String, Usual> byCall) {
        this.byCall = byCall;
    }

    /** Runs every call once against a fake cloud. */
    static Answers collect() {
        return new Answers(CloudCall.all().stream().collect(Collectors.toMap(CloudCall::name, Answers::make)));
    }

    Usual of(CloudCall call) {
        Usual usual = byCall.get(call.name());
        if (usual == null) {
            throw new IllegalArgumentException("no recorded answer for the call " + call.name());
        }
        return usual;
    }

    private static Usual make(CloudCall call) {
        try (FaultBench bench = new FaultBench("none", call.apiDeviceId(), false)) {
            Object answer =
                    Objects.requireNonNull(CloudCall.comparable(call.call().apply(bench.cloud)));
            return new Usual(answer, bench.businessRequests());
        }
    }
}

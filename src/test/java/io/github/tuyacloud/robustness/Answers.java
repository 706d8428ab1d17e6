package io.github.tuyacloud.robustness;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What every call answers, and how many requests it takes, when nothing goes wrong. */
final class Answers {

    private final Map<String, Usual> byCall;

    /**
     * The usual course of a call.
     *
     * @param answer the right answer
     * @param calls how many requests it takes, without that for a token
     */
    record Usual(Object answer, long calls) {}

    private Answers(Map<String, Usual> byCall) {
        this.byCall = byCall;
    }

    /** Makes every call once. */
    static Answers collect() {
        return new Answers(CloudCall.all().stream().collect(Collectors.toMap(CloudCall::name, Answers::make)));
    }

    Usual of(CloudCall call) {
        Usual usual = byCall.get(call.name());
        if (usual == null) {
            throw new IllegalArgumentException("nobody has made the call " + call.name());
        }
        return usual;
    }

    private static Usual make(CloudCall call) {
        try (FaultBench bench = new FaultBench("none", call.apiDeviceId())) {
            Object answer =
                    Objects.requireNonNull(CloudCall.comparable(call.call().apply(bench.cloud)));
            return new Usual(answer, bench.businessRequests());
        }
    }
}

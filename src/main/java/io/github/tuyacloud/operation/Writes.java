package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.JsonValues;

/** Sends requests that change something. Throws if the cloud responds with {@code result: false}. */
public final class Writes {

    private static final String NOT_CARRIED_OUT = "the cloud took the command and says that it was not carried out";

    private static final String HINT =
            "Check that the device is online; for a command, compare its code and value with getFunctions.";

    private Writes() {}

    /** Sends a write whose result must be a boolean. Returns true, or throws. */
    public static boolean send(CallPipeline pipeline, ApiRequest request) {
        return send(pipeline, request, ResultReader.flag());
    }

    /** Sends a write. Returns true if the reader does, otherwise throws. */
    public static boolean send(CallPipeline pipeline, ApiRequest request, ResultReader<Boolean> accepted) {
        return pipeline.call(request, response -> {
            if (!accepted.read(response)) {
                throw notCarriedOut(request, response);
            }
            return true;
        });
    }

    /** Returns a reader for calls with any kind of result: every result except false is a success. */
    public static ResultReader<Boolean> anythingButFalse() {
        return response -> !Boolean.FALSE.equals(JsonValues.flag(response.result()));
    }

    private static TuyaApiException notCarriedOut(ApiRequest request, Envelope response) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(response.httpStatus())
                .tid(response.tid())
                .attempts(response.attempts())
                .hint(HINT)
                .build();
        return new TuyaApiException(failure, NOT_CARRIED_OUT, Sent.NO);
    }
}

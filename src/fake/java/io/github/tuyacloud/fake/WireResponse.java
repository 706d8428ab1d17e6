package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;

/** A response under construction: first the endpoint's result, then the changes by a fault, finally the bytes. */
final class WireResponse {
    private static final List<String> CODES = List.of("code", "error_code", "errorCode");

    private final Envelopes envelopes;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private ObjectNode envelope;
    private @Nullable FakeBody replacement;
    private int httpStatus = 200;
    private boolean executed;
    private boolean disconnects;
    private boolean truncates;
    private int bytesAtATime;
    private Duration pause = Duration.ZERO;

    WireResponse(Envelopes envelopes) {
        this.envelopes = envelopes;
        this.envelope = envelopes.success(Json.tree(null));
        this.headers.put("Content-Type", "application/json;charset=UTF-8");
    }

    void succeed(JsonNode result) {
        envelope = envelopes.success(result);
    }

    void fail(int code, String message) {
        envelope = envelopes.failure(code, message);
    }

    void markExecuted() {
        executed = true;
    }

    boolean executed() {
        return executed;
    }

    ObjectNode envelope() {
        return envelope;
    }

    /** Replaces the usual JSON. */
    void replace(int status, String contentType, FakeBody body) {
        httpStatus = status;
        headers.put("Content-Type", contentType);
        replacement = body;
    }

    void header(String name, String value) {
        headers.put(name, value);
    }

    void disconnect() {
        disconnects = true;
    }

    void truncate() {
        truncates = true;
    }

    void slowDown(int bytes, Duration every) {
        bytesAtATime = bytes;
        pause = every;
    }

    /** Returns the HTTP status, -1 if the connection ends without a response. */
    int httpStatus() {
        return disconnects ? -1 : httpStatus;
    }

    /** Returns the code in the envelope: 0 for success, -1 for a word or if no whole envelope is sent. */
    int code() {
        if (disconnects || truncates || replacement != null) {
            return -1;
        }
        return CODES.stream()
                .filter(envelope::has)
                .findFirst()
                .map(name -> envelope.get(name).asInt(-1))
                .orElse(0);
    }

    MockResponse toResponse(Closing closing) {
        MockResponse.Builder response = new MockResponse.Builder();
        if (disconnects) {
            return response.onResponseStart(new SocketEffect.CloseSocket()).build();
        }
        FakeBody body = replacement == null ? FakeBody.of(Json.bytes(envelope)) : replacement;
        if (truncates) {
            body = body.truncated();
        }
        if (bytesAtATime > 0) {
            body = body.slowed(bytesAtATime, pause, closing);
        }
        response.code(httpStatus).body(body);
        headers.forEach(response::setHeader);
        if (body.getContentLength() < 0) {
            response.removeHeader("Content-Length").setHeader("Connection", "close");
        }
        if (truncates || body.getContentLength() < 0) {
            response.onResponseEnd(new SocketEffect.CloseSocket());
        }
        return response.build();
    }
}

package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Wraps results and refusals in the envelope that every response of the cloud has. */
final class Envelopes {
    private final Clock clock;

    Envelopes(Clock clock) {
        this.clock = clock;
    }

    ObjectNode success(JsonNode result) {
        ObjectNode envelope = Json.object();
        envelope.set("result", result);
        return finish(envelope.put("success", true));
    }

    ObjectNode failure(int code, String message) {
        return finish(Json.object().put("code", code).put("msg", message).put("success", false));
    }

    private ObjectNode finish(ObjectNode envelope) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return envelope.put("t", clock.millis())
                .put("tid", hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }
}

package io.github.tuyacloud.fake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses each request whose headers, time, signature or token the real cloud does not accept. */
final class RequestCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern THIRTEEN_DIGITS = Pattern.compile("[0-9]{13}");

    private final String apiKey;
    private final String apiSecret;
    private final boolean oldAlgorithm;
    private final Clock clock;
    private final TokenIssuer tokens;

    RequestCheck(String apiKey, String apiSecret, boolean oldAlgorithm, Clock clock, TokenIssuer tokens) {
        this.apiKey = apiKey;
        this.apiSecret = apiSecret;
        this.oldAlgorithm = oldAlgorithm;
        this.clock = clock;
        this.tokens = tokens;
    }

    /** Returns normally if the request may reach its endpoint. */
    void verify(WireRequest request) {
        verifyContentType(request);
        verifyNothingLeaks(request);
        verifyClient(request);
        verifyTime(request);
        verifySignature(request);
        if (!request.isToken()) {
            tokens.use(required(request, "access_token"));
        }
    }

    private static void verifyContentType(WireRequest request) {
        // The real cloud once returned empty device lists for requests without this header, so GET requires it too.
        if (!request.headers().values("Content-Type").equals(List.of("application/json"))) {
            throw new Refusal(1006, "not support content type: send exactly application/json, on GET too");
        }
        if (request.method().equals("GET") && request.body().size() > 0) {
            throw Refusal.illegal("a GET must not have a body");
        }
        if (request.defect() != null) {
            throw Refusal.illegal(request.defect());
        }
    }

    private static void verifyNothingLeaks(WireRequest request) {
        if (request.header("secret") != null) {
            throw Refusal.illegal("the secret header discloses the API secret; never send it");
        }
        if (request.header("mode") != null) {
            throw Refusal.illegal("this API has no mode header; do not send it");
        }
    }

    private void verifyClient(WireRequest request) {
        if (!required(request, "client_id").equals(apiKey)) {
            throw new Refusal(1005, "clientId invalid");
        }
        if (!required(request, "sign_method").equals("HMAC-SHA256")) {
            throw Refusal.illegal("sign_method must be HMAC-SHA256");
        }
        if (!request.isToken() && request.header("access_token") == null) {
            throw new Refusal(1002, "access_token is null");
        }
    }

    private void verifyTime(WireRequest request) {
        String time = required(request, "t");
        if (!THIRTEEN_DIGITS.matcher(time).matches()) {
            throw new Refusal(1013, "request time is invalid: t must be 13 digits");
        }
        Instant sent = Instant.ofEpochMilli(Long.parseLong(time));
        if (Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            throw new Refusal(1013, "request time is invalid");
        }
    }

    private void verifySignature(WireRequest request) {
        String sent = required(request, "sign");
        String expected = Signature.expected(apiKey, apiSecret, request, oldAlgorithm);
        if (!MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.signInvalid();
        }
    }

    private static String required(WireRequest request, String header) {
        @Nullable String value = request.header(header);
        if (value == null || value.isEmpty()) {
            throw new Refusal(1105, "missing the header: " + header);
        }
        return value;
    }
}

package io.github.tuyacloud.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with HMAC-SHA256, by the current algorithm or by the one for projects made before 30 June 2021; a pure
 * function of its input, safe for use by many threads.
 */
public final class RequestSigner {

    private static final String EMPTY_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final HexFormat LOWER_CASE = HexFormat.of();
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private final String apiKey;
    private final Redactor redactor;
    private final boolean newSignAlgorithm;

    /** Holds the secret, and the access id with which every message begins. */
    private final HmacSha256 hmac;

    /**
     * Everything that a signature covers.
     *
     * @param method the HTTP method in upper case
     * @param url path and decoded query in key order, without scheme and host
     * @param body the bytes that are sent
     * @param accessToken the access token; null for the token call
     * @param timestamp the {@code t} header
     * @param nonce the {@code nonce} header, empty when it is not sent
     * @param headers the headers named in {@code Signature-Headers}, in that order
     */
    record Input(
            String method,
            String url,
            byte[] body,
            @Nullable String accessToken,
            String timestamp,
            String nonce,
            Map<String, String> headers) {}

    /**
     * Makes a signer for one project.
     *
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param newSignAlgorithm false for the old algorithm
     */
    public RequestSigner(String apiKey, String apiSecret, boolean newSignAlgorithm) {
        this.apiKey = apiKey;
        this.redactor = new Redactor(apiSecret);
        this.newSignAlgorithm = newSignAlgorithm;
        this.hmac = new HmacSha256(apiSecret, apiKey);
    }

    String apiKey() {
        return apiKey;
    }

    /** Knows the secret, so that it can take it out of other texts. */
    Redactor redactor() {
        return redactor;
    }

    /** Signs; the signature is in upper-case hex. */
    String sign(Input input) {
        return UPPER_CASE.formatHex(hmac.sign(message(input).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What is signed behind the access id: access token, time and nonce, and then the string to sign, which is method, hash
     * of the body, signed headers (each with a line end of its own) and URL, a line each. The old algorithm has token and
     * time only.
     */
    String message(Input input) {
        String token = input.accessToken() == null ? "" : input.accessToken();
        if (!newSignAlgorithm) {
            return token + input.timestamp();
        }
        return token + input.timestamp() + input.nonce() + input.method() + "\n" + hash(input.body()) + "\n"
                + headerLines(input.headers()) + "\n" + input.url();
    }

    private static String headerLines(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        return lines.toString();
    }

    private String hash(byte[] body) {
        return body.length == 0 ? EMPTY_BODY_HASH : LOWER_CASE.formatHex(hmac.hash(body));
    }
}

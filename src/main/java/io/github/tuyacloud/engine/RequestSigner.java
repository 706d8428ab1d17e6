package io.github.tuyacloud.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with HMAC-SHA256, by the current algorithm or by the one for projects made before 30 June 2021; a pure
 * function of its input, safe for use by many threads.
 */
public final class RequestSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String EMPTY_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final HexFormat LOWER_CASE = HexFormat.of();
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private final String apiKey;
    private final Redactor redactor;
    private final boolean newSignAlgorithm;

    /** Holds the secret and has seen the access id, with which every message begins: each signature starts from a clone. */
    private final Mac prototype;

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
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(apiSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            prototype.update(apiKey.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
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
        String token = input.accessToken() == null ? "" : input.accessToken();
        String rest = newSignAlgorithm ? input.nonce() + stringToSign(input) : "";
        String message = token + input.timestamp() + rest;
        return UPPER_CASE.formatHex(copyOfMac().doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Method, hash of the body, signed headers (each with a line end of its own) and URL, a line each. */
    static String stringToSign(Input input) {
        return input.method() + "\n" + hash(input.body()) + "\n" + headerLines(input.headers()) + "\n" + input.url();
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

    private static String hash(byte[] body) {
        if (body.length == 0) {
            return EMPTY_BODY_HASH;
        }
        try {
            return LOWER_CASE.formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private Mac copyOfMac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The runtime's own " + ALGORITHM + " can be cloned", e);
        }
    }
}

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

    /** Holds the key and is never fed itself: a clone of it is cheaper than a new one. */
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
        StringBuilder text = new StringBuilder(320).append(apiKey);
        if (input.accessToken() != null) {
            text.append(input.accessToken());
        }
        text.append(input.timestamp());
        if (newSignAlgorithm) {
            appendStringToSign(text.append(input.nonce()), input);
        }
        byte[] message = text.toString().getBytes(StandardCharsets.UTF_8);
        return UPPER_CASE.formatHex(copyOfMac().doFinal(message));
    }

    /** Method, hash of the body, signed headers (each with a line end of its own) and URL, a line each. */
    static String stringToSign(Input input) {
        StringBuilder text = new StringBuilder(256);
        appendStringToSign(text, input);
        return text.toString();
    }

    private static void appendStringToSign(StringBuilder text, Input input) {
        text.append(input.method()).append('\n').append(hash(input.body())).append('\n');
        input.headers()
                .forEach((name, value) ->
                        text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(input.url());
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

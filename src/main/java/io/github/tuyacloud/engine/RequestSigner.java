package io.github.tuyacloud.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with HMAC-SHA256, using the current algorithm or the one for projects created before June 30, 2021;
 * safe for use by multiple threads.
 */
public final class RequestSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String EMPTY_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Enough for the text of most requests. */
    private static final int MESSAGE_LENGTH = 256;

    private final String apiKey;
    private final Redactor redactor;
    private final boolean newSignAlgorithm;
    private final SecretKeySpec secret;

    /**
     * Cloned for each signature, which is cheaper than creating one; null if the security provider does not support
     * cloning.
     */
    private final @Nullable Mac prototype;

    /** Cloned for each body, likewise. */
    private final @Nullable MessageDigest digestPrototype;

    /**
     * The parts of a request that a signature covers.
     *
     * @param method the HTTP method in upper case
     * @param url the path and the decoded query in key order, without scheme and host
     * @param body the bytes of the body
     * @param accessToken the access token; null for the token call
     * @param timestamp the {@code t} header
     */
    record Input(
            String method,
            String url,
            byte[] body,
            @Nullable String accessToken,
            String timestamp) {

        /** Returns the method only, because the other parts may contain secrets. */
        @Override
        public String toString() {
            return "Input[method=" + method + "]";
        }
    }

    /**
     * Creates a signer for one project.
     *
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param newSignAlgorithm false for the old algorithm
     */
    public RequestSigner(String apiKey, String apiSecret, boolean newSignAlgorithm) {
        this.apiKey = apiKey;
        this.redactor = new Redactor(apiSecret);
        this.newSignAlgorithm = newSignAlgorithm;
        this.secret = new SecretKeySpec(apiSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.prototype = cloneOf(newMac());
        this.digestPrototype = cloneOf(newDigest());
    }

    String apiKey() {
        return apiKey;
    }

    /** Returns a redactor that knows the secret. */
    public Redactor redactor() {
        return redactor;
    }

    /** Returns the signature in upper-case hex. */
    String sign(Input input) {
        Mac clone = prototype == null ? null : cloneOf(prototype);
        Mac mac = clone == null ? newMac() : clone;
        return Hex.upper(mac.doFinal(message(input).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns the text to sign: access id, access token and time, followed by one line each for the method, the hash of
     * the body, the signed headers (none) and the URL. The old algorithm omits these lines.
     */
    String message(Input input) {
        // Concatenating so many strings with + would take the JVM four milliseconds the first time.
        StringBuilder text = new StringBuilder(MESSAGE_LENGTH).append(apiKey);
        if (input.accessToken() != null) {
            text.append(input.accessToken());
        }
        text.append(input.timestamp());
        if (newSignAlgorithm) {
            text.append(input.method()).append('\n');
            text.append(hash(input.body())).append("\n\n").append(input.url());
        }
        return text.toString();
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    private static @Nullable Mac cloneOf(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            return null;
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static @Nullable MessageDigest cloneOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            return null;
        }
    }

    private String hash(byte[] body) {
        if (body.length == 0) {
            return EMPTY_BODY_HASH;
        }
        MessageDigest clone = digestPrototype == null ? null : cloneOf(digestPrototype);
        return Hex.lower((clone == null ? newDigest() : clone).digest(body));
    }
}

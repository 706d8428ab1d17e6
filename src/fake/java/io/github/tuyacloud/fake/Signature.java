package io.github.tuyacloud.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Computes the signature that the cloud expects of a raw request.
 *
 * <p>It shares no code with any client, because two signers with the same mistake would agree.
 */
final class Signature {
    private Signature() {}

    /** Returns the signature that this request must have; token calls are signed without the access token. */
    static String expected(String apiKey, String apiSecret, WireRequest request, boolean oldAlgorithm) {
        String accessToken = request.isToken() ? "" : orEmpty(request.header("access_token"));
        StringBuilder message = new StringBuilder(apiKey).append(accessToken).append(orEmpty(request.header("t")));
        if (!oldAlgorithm) {
            message.append(orEmpty(request.header("nonce"))).append(stringToSign(request));
        }
        return hmac(apiSecret, message.toString());
    }

    /** Returns method, hash of the body, signed headers and URL, each on a line. */
    static String stringToSign(WireRequest request) {
        return request.method() + "\n"
                + sha256(request.body().toByteArray()) + "\n"
                + headerLines(request) + "\n"
                + url(request);
    }

    private static String headerLines(WireRequest request) {
        StringBuilder lines = new StringBuilder();
        for (String name : orEmpty(request.header("Signature-Headers")).split(":")) {
            if (!name.isBlank()) {
                String value = orEmpty(request.header(name.strip()));
                lines.append(name.strip()).append(':').append(value).append('\n');
            }
        }
        return lines.toString();
    }

    /** Returns the path as on the wire and the decoded parameters in the order of their keys. */
    private static String url(WireRequest request) {
        StringBuilder url = new StringBuilder(request.path());
        char separator = '?';
        for (Map.Entry<String, String> parameter : request.query().entrySet()) {
            url.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
            separator = '&';
        }
        return url.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    private static String hmac(String secret, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

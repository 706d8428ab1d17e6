package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.Hex;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Derives the password for the message service and the decryption key of messages from the project's credentials. */
final class MessageCredentials {

    private static final int KEY_START = 8;
    private static final int KEY_END = 24;

    private final String accessId;
    private final String accessSecret;

    MessageCredentials(String accessId, String accessSecret) {
        this.accessId = accessId;
        this.accessSecret = accessSecret;
    }

    String accessId() {
        return accessId;
    }

    /** Returns the middle 16 digits of {@code md5(accessId + md5(accessSecret))}. */
    String password() {
        return md5(accessId + md5(accessSecret)).substring(8, 24);
    }

    /** Returns the sixteen bytes of the AES key. */
    byte[] payloadKey() {
        if (accessSecret.length() < KEY_END) {
            throw new IllegalArgumentException(
                    "apiSecret is too short to contain the decryption key: copy it from the project's overview in the Tuya console");
        }
        return accessSecret.substring(KEY_START, KEY_END).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the class name only: both fields are secret. */
    @Override
    public String toString() {
        return "MessageCredentials";
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return Hex.lower(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "This JVM has no MD5, which the password for the message service requires", e);
        }
    }
}

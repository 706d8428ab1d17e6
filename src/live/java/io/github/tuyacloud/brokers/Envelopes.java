package io.github.tuyacloud.brokers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts status reports like the cloud, with both of its ciphers and independently of the library. */
final class Envelopes {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Envelopes() {}

    /** Returns a report with one data point, whose value is a counter. */
    static byte[] report(String device, int sequence, int padding, boolean gcm) {
        String content = "{\"dataId\":\"" + "d".repeat(Math.max(1, padding)) + "\",\"devId\":\"" + device
                + "\",\"productKey\":\"pk1\",\"status\":[{\"code\":\"count\",\"t\":1588925778000,\"value\":" + sequence
                + ",\"20\":\"" + sequence + "\"}]}";
        return envelope(gcm ? gcm(content, device.hashCode(), sequence) : ecb(content));
    }

    /** Returns a report of one value, with a time of the device's own clock. */
    static byte[] report(String device, String code, Object value, long time) {
        return envelope(ecb("{\"dataId\":\"" + UUID.randomUUID() + "\",\"devId\":\"" + device
                + "\",\"productKey\":\"pk1\",\"status\":[{\"code\":\"" + code + "\",\"t\":" + time + ",\"value\":"
                + value
                + "}]}"));
    }

    /** Returns an envelope that the secret cannot decrypt. */
    static byte[] unreadable(String device, int sequence) {
        return envelope((device + sequence + " is not encrypted").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] envelope(byte[] sealed) {
        return ("{\"data\":\"" + Base64.getEncoder().encodeToString(sealed)
                        + "\",\"protocol\":4,\"pv\":\"2.0\",\"sign\":\"00\",\"t\":1588925778000}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ecb(String content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key());
            return cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gcm(String content, int device, int sequence) {
        try {
            byte[] nonce =
                    ByteBuffer.allocate(12).putInt(device).putInt(sequence).array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SecretKeySpec key() {
        return new SecretKeySpec(SECRET.substring(8, 24).getBytes(StandardCharsets.US_ASCII), "AES");
    }
}

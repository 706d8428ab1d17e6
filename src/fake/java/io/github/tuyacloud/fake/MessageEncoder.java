package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts live messages and wraps them in the cloud's envelopes. It shares no code with any client and never reuses a
 * nonce.
 */
final class MessageEncoder {
    private static final int NONCE_BYTES = 12;

    private final byte[] key;
    private final Clock clock;
    private final AtomicLong numbers = new AtomicLong();

    MessageEncoder(String apiSecret, Clock clock) {
        // A secret too short for a key can still sign requests.
        byte[] secret = apiSecret.getBytes(StandardCharsets.US_ASCII);
        this.key = new byte[16];
        System.arraycopy(secret, Math.min(8, secret.length), key, 0, Math.max(0, Math.min(16, secret.length - 8)));
        this.clock = clock;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Returns the frame as sent over the wire, without message id and redelivery count. */
    ObjectNode encode(FakeMessage message) {
        ObjectNode envelope = Json.object()
                .put("data", Base64.getEncoder().encodeToString(encrypt(message)))
                .put("protocol", message.protocol())
                .put("pv", "2.0")
                .put("sign", "0123456789abcdef0123456789abcdef")
                .put("t", clock.millis());
        ObjectNode properties = Json.object().put("tid", "fake" + nextNumber());
        switch (message.cipher()) {
            case AES_ECB -> properties.put("em", "aes_ecb");
            case AES_GCM, AES_GCM_DAMAGED -> properties.put("em", "aes_gcm");
            case UNKNOWN -> properties.put("em", "rot13");
            case AES_ECB_UNDECLARED -> {}
        }
        ObjectNode frame = Json.object()
                .put("payload", Base64.getEncoder().encodeToString(Json.bytes(envelope)))
                .put("publishTime", clock.instant().atOffset(ZoneOffset.UTC).toString());
        frame.set("properties", properties);
        if (message.key() != null) {
            frame.put("key", message.key());
        }
        return frame;
    }

    private byte[] encrypt(FakeMessage message) {
        byte[] content = message.content().getBytes(StandardCharsets.UTF_8);
        try {
            return switch (message.cipher()) {
                case AES_ECB, AES_ECB_UNDECLARED, UNKNOWN -> ecb(content);
                case AES_GCM -> gcm(content);
                case AES_GCM_DAMAGED -> {
                    byte[] damaged = gcm(content);
                    damaged[damaged.length - 1] ^= 1;
                    yield damaged;
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM does not support AES", e);
        }
    }

    private byte[] ecb(byte[] content) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return cipher.doFinal(content);
    }

    private byte[] gcm(byte[] content) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, nextNumber()).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] encrypted = cipher.doFinal(content);
        return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                .put(nonce)
                .put(encrypted)
                .array();
    }
}

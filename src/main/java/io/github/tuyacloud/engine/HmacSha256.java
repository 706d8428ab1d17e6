package io.github.tuyacloud.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * SHA-256 and the HMAC (RFC 2104) of messages that all begin alike, for one key; safe for use by many threads.
 *
 * <p>Key and beginning are hashed once, and each message goes on from a clone of that state. That saves a quarter of an
 * HMAC's work, about as much as all else that a signature costs.
 */
final class HmacSha256 {

    private static final int BLOCK_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest fresh;
    private final MessageDigest inner;
    private final MessageDigest outer;

    /** Takes the key and what all messages begin with. */
    HmacSha256(String key, String beginning) {
        try {
            fresh = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(bytes.length > BLOCK_BYTES ? hash(bytes) : bytes, BLOCK_BYTES);
        inner = copyOf(fresh);
        inner.update(padded(block, INNER_PAD));
        inner.update(beginning.getBytes(StandardCharsets.UTF_8));
        outer = copyOf(fresh);
        outer.update(padded(block, OUTER_PAD));
    }

    /** The HMAC of the beginning and the rest. */
    byte[] sign(byte[] rest) {
        return copyOf(outer).digest(copyOf(inner).digest(rest));
    }

    /** The SHA-256 of some bytes, without the key. */
    byte[] hash(byte[] bytes) {
        return copyOf(fresh).digest(bytes);
    }

    private static byte[] padded(byte[] block, byte pad) {
        byte[] padded = block.clone();
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= pad;
        }
        return padded;
    }

    private static MessageDigest copyOf(MessageDigest state) {
        try {
            return (MessageDigest) state.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The runtime's own SHA-256 can be cloned", e);
        }
    }
}

package io.github.tuyacloud.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Limits the length of the cloud's ids in long-lived collections. */
public final class BoundedId {

    /** Longer than any id seen so far. */
    private static final int MAX_LENGTH = 64;

    private static final int CHARS_AT_ONCE = 4096;

    private BoundedId() {}

    /**
     * Returns an id of at most 65 characters that identifies the given one.
     *
     * @param id an id of any length
     * @return the id itself if it has at most 64 characters, otherwise {@code #} and its SHA-256 hash
     */
    public static String of(String id) {
        return id.length() <= MAX_LENGTH ? id : "#" + Hex.lower(hash(id));
    }

    /** Hashes the UTF-16 characters directly, because encoders replace malformed characters. */
    private static byte[] hash(String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = new byte[Character.BYTES * CHARS_AT_ONCE];
            for (int from = 0; from < id.length(); from += CHARS_AT_ONCE) {
                int to = Math.min(from + CHARS_AT_ONCE, id.length());
                ByteBuffer.wrap(bytes).asCharBuffer().put(id, from, to);
                digest.update(bytes, 0, Character.BYTES * (to - from));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}

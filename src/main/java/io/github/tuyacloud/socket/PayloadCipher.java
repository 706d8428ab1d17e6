package io.github.tuyacloud.socket;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts the content of messages with the cipher in their {@code em} property; thread-safe. */
final class PayloadCipher {

    private static final String ECB = "aes_ecb";
    private static final String GCM = "aes_gcm";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Ciphers ecb = new Ciphers("AES/ECB/PKCS5Padding");
    private final Ciphers gcm = new Ciphers("AES/GCM/NoPadding");
    private final SecretKeySpec key;

    PayloadCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Decrypts the content of a message. If it names no cipher, tries ECB and then GCM, whose tag proves the match: the
     * padding of ECB alone does not, because the wrong cipher sometimes yields a valid one.
     */
    byte[] decrypt(byte[] encrypted, @Nullable String method) throws UnreadableException {
        try {
            if (method == null || method.isBlank()) {
                return decryptEither(encrypted);
            }
            if (method.equalsIgnoreCase(ECB)) {
                return decryptEcb(encrypted);
            }
            if (method.equalsIgnoreCase(GCM)) {
                return decryptGcm(encrypted);
            }
        } catch (AEADBadTagException e) {
            throw new UnreadableException("its tag is wrong: it was changed, or encrypted with another access secret");
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("it cannot be decrypted: was it encrypted with another access secret?");
        }
        throw new UnreadableException("its property \"em\" names an unknown cipher");
    }

    private byte[] decryptEither(byte[] encrypted) throws GeneralSecurityException {
        byte[] decrypted = null;
        GeneralSecurityException failure = null;
        try {
            decrypted = decryptEcb(encrypted);
            if (isJson(decrypted)) {
                return decrypted;
            }
        } catch (GeneralSecurityException e) {
            failure = e;
        }
        try {
            return decryptGcm(encrypted);
        } catch (AEADBadTagException neither) {
            if (decrypted != null) {
                return decrypted;
            }
            throw failure == null ? neither : failure;
        }
    }

    /** Returns whether the first character may begin a JSON object or string, the forms in which contents are sent. */
    private static boolean isJson(byte[] decrypted) {
        for (byte character : decrypted) {
            if (character > ' ') {
                return character == '{' || character == '"';
            }
        }
        return false;
    }

    private byte[] decryptEcb(byte[] encrypted) throws GeneralSecurityException {
        Cipher cipher = ecb.take();
        cipher.init(Cipher.DECRYPT_MODE, key);
        byte[] decrypted = cipher.doFinal(encrypted);
        ecb.release(cipher);
        return decrypted;
    }

    private byte[] decryptGcm(byte[] encrypted) throws GeneralSecurityException {
        int length = encrypted.length - NONCE_BYTES;
        if (length < TAG_BITS / Byte.SIZE) {
            throw new AEADBadTagException("too short");
        }
        Cipher cipher = gcm.take();
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, encrypted, 0, NONCE_BYTES));
        byte[] decrypted = cipher.doFinal(encrypted, NONCE_BYTES, length);
        gcm.release(cipher);
        return decrypted;
    }

    /** A pool of ciphers, because looking one up in the providers takes longer than decrypting a message. */
    private static final class Ciphers {

        private final String transformation;
        private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

        Ciphers(String transformation) {
            this.transformation = transformation;
        }

        Cipher take() throws GeneralSecurityException {
            Cipher cipher = idle.poll();
            return cipher == null ? Cipher.getInstance(transformation) : cipher;
        }

        void release(Cipher cipher) {
            idle.add(cipher);
        }
    }
}

package io.github.tuyacloud.engine;

/** Writes bytes as hexadecimal digits; {@code java.util.HexFormat} is missing on Android before API 34. */
public final class Hex {

    private static final String LOWER = "0123456789abcdef";
    private static final String UPPER = "0123456789ABCDEF";

    private Hex() {}

    /**
     * Returns bytes as lower-case digits.
     *
     * @param bytes any bytes
     * @return two digits a byte
     */
    public static String lower(byte[] bytes) {
        return digits(bytes, LOWER);
    }

    /** Returns bytes as upper-case digits. */
    static String upper(byte[] bytes) {
        return digits(bytes, UPPER);
    }

    private static String digits(byte[] bytes, String alphabet) {
        char[] digits = new char[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = alphabet.charAt(bytes[i] >> 4 & 0xf);
            digits[2 * i + 1] = alphabet.charAt(bytes[i] & 0xf);
        }
        return new String(digits);
    }
}

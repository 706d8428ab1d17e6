package io.github.tuyacloud.json;

import java.util.regex.Pattern;

/** Cleans untrusted text for a line of a log or a message, where a line break could forge another line. */
public final class LogSafe {

    /** Line breaks, escapes and other control characters, and the marks that change the direction of text. */
    private static final Pattern CONTROLS = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9f}\\x{61c}\\x{200e}\\x{200f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}]+");

    private static final String CUT = "...";

    private LogSafe() {}

    /**
     * Replaces each run of control characters by one space.
     *
     * @param words any text
     * @return the text without control characters
     */
    public static String of(String words) {
        return CONTROLS.matcher(words).replaceAll(" ");
    }

    /**
     * Like {@link #of(String)}, but also limits the length.
     *
     * @param words any text
     * @param maxLength the maximum number of characters, at least 4
     * @return the text; {@code ...} replaces what was cut off
     */
    public static String of(String words, int maxLength) {
        String line = of(words);
        if (line.length() <= maxLength) {
            return line;
        }
        int end = maxLength - CUT.length();
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}

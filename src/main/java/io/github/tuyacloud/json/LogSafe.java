package io.github.tuyacloud.json;

import java.util.regex.Pattern;

/** Makes words from outside fit to stand in one line of a log or a message, where a line end could forge another line. */
public final class LogSafe {

    /** Line ends, escapes and other controls, and the marks that turn the direction of writing round. */
    private static final Pattern CONTROLS = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9f}\\x{61c}\\x{200e}\\x{200f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}]+");

    private static final String CUT = "...";

    private LogSafe() {}

    /**
     * Puts one space in place of each run of characters that control how the rest is shown.
     *
     * @param words any text
     * @return the text without them
     */
    public static String of(String words) {
        return CONTROLS.matcher(words).replaceAll(" ");
    }

    /**
     * Does the same and cuts the rest off.
     *
     * @param words any text
     * @param maxLength the most characters, more than three
     * @return the text, with dots for what was cut off
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

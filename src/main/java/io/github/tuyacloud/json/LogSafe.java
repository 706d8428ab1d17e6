package io.github.tuyacloud.json;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Cleans untrusted text for logs and error messages, where a line break could forge another line. The library logs only
 * through this class.
 */
public final class LogSafe {

    private static final int MAX_ARGUMENT_LENGTH = 2_000;

    private static final int MAX_QUOTE_LENGTH = 80;

    private static final int MAX_CAUSES = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    private static final String CUT = "...";

    /** Zero-width letters and marks that are not in Unicode's category of format characters. */
    private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0";

    private LogSafe() {}

    /**
     * Replaces each run of invisible characters with one space: line breaks, escapes and other control characters,
     * marks that change the direction of text, zero-width characters, and unpaired surrogates.
     *
     * @param text any text
     * @return the text without invisible characters
     */
    public static String of(String text) {
        return cleaned(text, ' ');
    }

    /**
     * Like {@link #of(String)}, but also limits the length.
     *
     * @param text any text
     * @param maxLength the maximum number of characters, at least 4
     * @return the text; {@code ...} marks where it was cut
     */
    public static String of(String text, int maxLength) {
        return cut(of(text), maxLength, maxLength - CUT.length());
    }

    private static String cut(String line, int maxLength, int kept) {
        if (line.length() <= maxLength) {
            return line;
        }
        return line.substring(0, Character.isHighSurrogate(line.charAt(kept - 1)) ? kept - 1 : kept) + CUT;
    }

    /**
     * Returns a caller's argument for an error message, shortened because a long one would bury the advice.
     *
     * @param argument any text
     * @return the text in quotes on one line, with U+FFFD in place of invisible characters
     */
    public static String quote(String argument) {
        return '"' + cut(cleaned(argument, '\uFFFD'), MAX_QUOTE_LENGTH, MAX_QUOTE_LENGTH) + '"';
    }

    /**
     * Returns a safe line of text with the given values.
     *
     * @param format the text, with {@code {}} for each value: {@code Room[id={}, name={}]}
     * @param values any values
     * @return the text
     */
    public static String line(String format, @Nullable Object... values) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (Object value : values) {
            int end = format.indexOf("{}", start);
            text.append(format, start, end).append(text(value));
            start = end + 2;
        }
        return text.append(format, start, format.length()).toString();
    }

    /**
     * Logs a line at WARN, with its arguments cleaned.
     *
     * @param log the logger
     * @param format the line, with {@code {}} for each argument
     * @param arguments any values
     */
    public static void warn(Logger log, String format, @Nullable Object... arguments) {
        if (log.isWarnEnabled()) {
            log.warn(format, cleaned(arguments));
        }
    }

    /**
     * Logs a failure with its stack trace at WARN, with all messages cleaned.
     *
     * @param log the logger
     * @param line what went wrong
     * @param failure the exception
     */
    public static void warn(Logger log, String line, Throwable failure) {
        if (log.isWarnEnabled()) {
            log.warn(line, new CleanedFailure(failure, MAX_CAUSES));
        }
    }

    /**
     * Logs a line at DEBUG, with its arguments cleaned.
     *
     * @param log the logger
     * @param format the line, with {@code {}} for each argument
     * @param arguments any values
     */
    public static void debug(Logger log, String format, @Nullable Object... arguments) {
        if (log.isDebugEnabled()) {
            log.debug(format, cleaned(arguments));
        }
    }

    /**
     * Returns a duration in hours, minutes and seconds, or in milliseconds.
     *
     * @param duration any duration
     * @return for example {@code 250 ms}, {@code 1 min 30 s} or {@code 2 h}
     */
    public static String duration(Duration duration) {
        long seconds = duration.getSeconds();
        if (duration.isNegative()) {
            // The longest negative duration has no positive counterpart.
            return seconds == Long.MIN_VALUE ? duration.toString() : "-" + duration(duration.negated());
        }
        long millis = duration.getNano() / NANOS_PER_MILLI;
        if (millis != 0 && seconds < HOUR) {
            return seconds * MILLIS_PER_SECOND + millis + " ms";
        }
        String hours = seconds < HOUR ? "" : seconds / HOUR + " h ";
        String minutes = seconds % HOUR < MINUTE ? "" : seconds % HOUR / MINUTE + " min ";
        String rest = seconds % MINUTE == 0 && seconds > 0 ? "" : seconds % MINUTE + " s";
        return (hours + minutes + rest).strip();
    }

    /** Returns a value as one line of text; secrets in maps and lists are masked. */
    private static String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        return value instanceof Map || value instanceof Collection ? JsonObject.show(value) : of(String.valueOf(value));
    }

    private static @Nullable Object[] cleaned(@Nullable Object[] arguments) {
        @Nullable Object[] cleaned = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            cleaned[i] = of(text(arguments[i]), MAX_ARGUMENT_LENGTH);
        }
        return cleaned;
    }

    private static String cleaned(String words, char mark) {
        for (int i = 0; i < words.length(); i++) {
            if (words.charAt(i) < ' ' || words.charAt(i) > '~') {
                return cleaned(words, i, mark);
            }
        }
        return words;
    }

    private static String cleaned(String words, int firstDoubtful, char mark) {
        StringBuilder text = new StringBuilder(words.length()).append(words, 0, firstDoubtful);
        boolean inRun = false;
        for (int i = firstDoubtful; i < words.length(); ) {
            int character = words.codePointAt(i);
            boolean visible = isVisible(character);
            if (visible) {
                text.appendCodePoint(character);
            } else if (!inRun) {
                text.append(mark);
            }
            inRun = !visible;
            i += Character.charCount(character);
        }
        return text.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> INVISIBLE.indexOf(character) < 0;
        };
    }

    /**
     * A copy of a throwable for the log: the same stack traces, but cleaned messages. The throwable may be the
     * program's own, and its methods may throw.
     */
    private static final class CleanedFailure extends Throwable {

        private static final long serialVersionUID = 1L;

        CleanedFailure(Throwable original, int causes) {
            super(describe(original), causes == 0 ? null : causeOf(original, causes));
            try {
                setStackTrace(original.getStackTrace());
            } catch (Throwable e) {
                // Logged without it.
            }
        }

        /** Returns the text of a throwable, or the name of its class if its own code fails. */
        private static String describe(Throwable original) {
            try {
                return of(original.toString(), MAX_ARGUMENT_LENGTH);
            } catch (Throwable e) {
                return original.getClass().getName();
            }
        }

        private static @Nullable CleanedFailure causeOf(Throwable original, int causes) {
            try {
                Throwable cause = original.getCause();
                return cause == null ? null : new CleanedFailure(cause, causes - 1);
            } catch (Throwable e) {
                return null;
            }
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}

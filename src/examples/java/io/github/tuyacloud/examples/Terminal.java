package io.github.tuyacloud.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether output goes to a terminal or to a file or another program, and makes external text safe to print on
 * one.
 */
final class Terminal {

    /** The maximum width of a line. */
    static final int WIDTH = 80;

    /** The indent of continuation lines. */
    private static final String INDENT = "  ";

    /** Control characters, bidirectional marks, zero-width characters, and unpaired surrogates. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    private Terminal() {}

    /** Wraps the lines of a text at spaces; a word that is longer than a line is not broken. */
    static String wrapped(String text) {
        return text.lines().map(Terminal::wrappedLine).collect(Collectors.joining(System.lineSeparator()));
    }

    /** Returns a stream that wraps each text that is printed with a line end. */
    static PrintStream wrapping(PrintStream target) {
        return new PrintStream(target, true) {
            @Override
            public void println(@Nullable String text) {
                super.println(wrapped(String.valueOf(text)));
            }
        };
    }

    private static String wrappedLine(String line) {
        if (line.length() <= WIDTH) {
            return line;
        }
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : line.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                lines.append(System.lineSeparator()).append(INDENT);
                column = INDENT.length();
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }

    /** Returns a value as one line; each run of invisible characters becomes a space. */
    static String line(@Nullable Object value) {
        return HIDDEN.matcher(String.valueOf(value)).replaceAll(" ");
    }

    static boolean isPresent() {
        return isTerminal(System.console(), Console.class);
    }

    /**
     * Returns whether a console is a terminal. Before Java 22, a console exists only on a terminal. Since then, it
     * may always exist; its method {@code isTerminal}, which Java 17 does not have, tells the difference.
     */
    static boolean isTerminal(@Nullable Object console, Class<?> type) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) type.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

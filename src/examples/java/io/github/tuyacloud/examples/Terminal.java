package io.github.tuyacloud.examples;

import java.io.Console;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Distinguishes a terminal from output that goes into a file or another program, and protects it from the texts of others. */
final class Terminal {

    /** Control characters, marks that change the direction of text, what has no width, and halves of surrogate pairs. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    private Terminal() {}

    /** Returns a value as one line in which each run of characters that cannot be seen is a space. */
    static String line(@Nullable Object value) {
        return HIDDEN.matcher(String.valueOf(value)).replaceAll(" ");
    }

    static boolean isPresent() {
        return isTerminal(System.console(), Console.class);
    }

    /**
     * Before Java 22 a console exists only on a terminal. Since then it may always exist, and its method
     * {@code isTerminal}, which Java 17 does not have, returns whether it is one.
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

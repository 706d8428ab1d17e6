package io.github.tuyacloud.examples;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Distinguishes a terminal from output that goes into a file or another program. */
final class Terminal {

    private Terminal() {}

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

package io.github.tuyacloud.examples;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person looks on: nobody does when the output goes into a file or another program. */
final class Terminal {

    private Terminal() {}

    static boolean isThere() {
        return isTerminal(System.console(), Console.class);
    }

    /**
     * Before Java 22 there is a console only where there is a terminal. Since then there may always be one, and a method of
     * it, which this program's Java 17 does not know, tells.
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

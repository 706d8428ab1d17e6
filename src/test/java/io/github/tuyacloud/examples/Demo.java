package io.github.tuyacloud.examples;

import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program to try the library with: {@code mvn -q test-compile exec:java}.
 *
 * <p>It talks to the real cloud when there is a {@code tinytuya.json} in the working directory, else to a fake one that it
 * starts. With arguments ({@code -Dexec.args="log ID 3"}) it does one thing and prints nothing but its result.
 */
public final class Demo {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Demo() {}

    /**
     * Runs the demo; ends the JVM only when something went wrong, with an exit code that says so.
     *
     * @param args nothing, or one of the words that a wrong one brings up a list of
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int exitCode = run(Path.of(TinytuyaConfig.DEFAULT_FILE_NAME), List.of(args), out, System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** The same without ending anything; gives the exit code. */
    static int run(Path configFile, List<String> args, PrintStream out, PrintStream err) {
        List<String> words = new ArrayList<>(args);
        boolean json = words.remove("--json");
        try {
            if (words.isEmpty()) {
                tour(configFile, out);
            } else {
                Table result = result(configFile, new Errand(words));
                out.println(json ? result.toJson() : result);
            }
            return 0;
        } catch (TuyaException e) {
            complain(e, err);
            return FAILED;
        } catch (IllegalArgumentException e) {
            err.println("Error: " + e.getMessage());
            return MISUSED;
        }
    }

    private static void tour(Path configFile, PrintStream out) {
        try (DemoTarget target = DemoTarget.open(configFile)) {
            out.println(target.description());
            new Tour(target.cloud(), target.isReal(), out).run();
        }
    }

    private static Table result(Path configFile, Errand errand) {
        if (!errand.needsCloud()) {
            return Errand.regions();
        }
        try (DemoTarget target = DemoTarget.open(configFile)) {
            return errand.run(target.cloud());
        }
    }

    /** What went wrong in one line, and what to do about it in another. */
    private static void complain(TuyaException e, PrintStream err) {
        String message = String.valueOf(e.getMessage());
        String hint = e.hint();
        if (hint == null) {
            err.println("Error: " + message);
        } else {
            err.println("Error: " + message.replace(". " + hint, ""));
            err.println("Hint: " + hint);
        }
    }
}

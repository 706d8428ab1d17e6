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
 * starts. With arguments ({@code -Dexec.args="log ID 3"}) it does one thing and prints nothing but its result; what is said
 * besides goes to standard error.
 */
public final class Demo {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Path configFile;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean onTerminal;

    Demo(Path configFile, PrintStream out, PrintStream err, boolean onTerminal) {
        this.configFile = configFile;
        this.out = out;
        this.err = err;
        this.onTerminal = onTerminal;
    }

    /**
     * Runs the demo; ends the JVM only when something went wrong, with an exit code that says so.
     *
     * @param args nothing, or one of the words that a wrong one brings up a list of
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Demo demo = new Demo(Path.of(TinytuyaConfig.DEFAULT_FILE_NAME), out, System.err, Terminal.isThere());
        int exitCode = demo.run(List.of(args));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** The same without ending anything; gives the exit code. */
    int run(List<String> args) {
        List<String> words = new ArrayList<>(args);
        boolean json = words.remove("--json");
        try {
            if (args.isEmpty()) {
                tour();
            } else {
                carryOut(new Errand(words.isEmpty() ? args : words), json);
            }
            return 0;
        } catch (TuyaException e) {
            complain(e);
            return FAILED;
        } catch (IllegalArgumentException e) {
            err.println("Error: " + e.getMessage());
            return MISUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0; // the usual end of watching
        }
    }

    private void tour() {
        try (DemoTarget target = DemoTarget.open(configFile)) {
            out.println(target.description());
            new Tour(target.cloud(), target.isReal(), out).run();
        }
    }

    private void carryOut(Errand errand, boolean json) throws InterruptedException {
        if (errand.isWatch()) {
            watch(errand, json);
        } else {
            Table result = result(errand, onTerminal && !json);
            out.println(json ? result.toJson() : result);
        }
    }

    private Table result(Errand errand, boolean showProgress) {
        if (!errand.needsCloud()) {
            return Errand.regions();
        }
        if (!showProgress || !errand.isLong()) {
            try (DemoTarget target = DemoTarget.open(configFile)) {
                return errand.run(target.cloud());
            }
        }
        try (Progress progress = new Progress(err);
                DemoTarget target = DemoTarget.open(configFile, progress)) {
            return errand.run(target.cloud());
        }
    }

    private void watch(Errand errand, boolean json) throws InterruptedException {
        try (DemoTarget target = DemoTarget.open(configFile)) {
            err.println(target.description());
            ChangeLines lines = new ChangeLines(Watch.names(target.cloud(), err), json);
            try (Watch watch = new Watch(target.messages(), lines, out, err)) {
                if (target.isReal()) {
                    err.println("Each change is shown when it happens. Ctrl-C ends this.");
                    watch.await(errand.limit());
                } else {
                    target.act();
                    err.println("That was the fake cloud, which makes a few changes up and ends.");
                }
            }
        }
    }

    /** What went wrong in one line, and what to do about it in another. */
    private void complain(TuyaException e) {
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

package io.github.tuyacloud.examples;

import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.model.CheckUpReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A demo program: {@code mvn -q -P demo}.
 *
 * <p>It calls the real cloud if the environment or a {@code tinytuya.json} in the working directory has a key, and
 * otherwise a fake cloud that it starts. With arguments ({@code -Dexec.args="log ID 3"}) it runs one command and prints
 * its result to standard output; everything else goes to standard error.
 */
public final class Demo {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final DemoConfig config;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean onTerminal;

    Demo(DemoConfig config, PrintStream out, PrintStream err, boolean onTerminal) {
        this.config = config;
        this.out = out;
        this.err = err;
        this.onTerminal = onTerminal;
    }

    /**
     * Runs the demo. The exit code is not 0 if something failed.
     *
     * @param args nothing, or a command; an unknown one prints the usage
     */
    public static void main(String[] args) {
        // The library's warnings must fit the terminal, too.
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
        System.setErr(Terminal.wrapping(System.err));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        DemoConfig config = new DemoConfig(Path.of(TinytuyaConfig.DEFAULT_FILE_NAME), System.getenv());
        Demo demo = new Demo(config, out, System.err, Terminal.isPresent());
        int exitCode = demo.run(List.of(args));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Like {@link #main}, but returns the exit code. */
    int run(List<String> args) {
        try {
            DemoOptions options = DemoOptions.parse(args);
            if (args.isEmpty()) {
                tour(options);
                return 0;
            }
            return run(new DemoCommand(options.words()), options) ? 0 : FAILED;
        } catch (TuyaException e) {
            print(e, e.hint());
            return FAILED;
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof TuyaException refusal) {
                print(refusal, e.getMessage());
                return FAILED;
            }
            err.println(Terminal.wrapped("Error: " + e.getMessage()));
            return MISUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0; // this is how watching usually ends
        }
    }

    private void tour(DemoOptions options) {
        try (DemoTarget target = DemoTarget.open(config, options)) {
            out.println(target.description());
            new Tour(target.cloud(), target.isReal(), out).run();
        }
    }

    /** Runs a command and returns whether it succeeded. */
    private boolean run(DemoCommand command, DemoOptions options) throws InterruptedException {
        if (command.is("detect")) {
            return detect(options);
        }
        if (command.is("doctor")) {
            return doctor(options);
        }
        if (command.is("help")) {
            out.println(DemoCommand.USAGE);
        } else if (command.is("regions")) {
            print(Tables.regions(), options);
        } else if (command.is("watch")) {
            return watch(command, options);
        } else {
            print(result(command, options), options);
        }
        return true;
    }

    private void print(Table table, DemoOptions options) {
        out.println(options.json() ? table.toJson() : table);
    }

    private Table result(DemoCommand command, DemoOptions options) throws InterruptedException {
        if (!onTerminal || options.json() || !command.isLong()) {
            try (DemoTarget target = DemoTarget.open(config, options)) {
                err.println(target.description());
                return command.run(target.cloud(), options);
            }
        }
        try (Progress progress = new Progress(err);
                DemoTarget target = DemoTarget.open(config, options, progress)) {
            err.println(target.description());
            return command.run(target.cloud(), options);
        }
    }

    private boolean detect(DemoOptions options) {
        RegionReport report = config.detectRegion();
        out.println(options.json() ? Tables.responses(report).toJson() : report);
        boolean silent = report.responses().stream()
                .allMatch(response -> response.outcome() == RegionReport.Outcome.NO_RESPONSE);
        PrintStream advice = options.json() ? err : out;
        advice.println(report.region()
                .map(region -> "Use region " + region.code() + ".")
                .orElse(
                        silent
                                ? "No data center answered: check the network."
                                : "No data center stands out: check key and secret, and link your app account."));
        return report.region().isPresent();
    }

    private boolean doctor(DemoOptions options) {
        try (DemoTarget target = DemoTarget.open(config, options)) {
            err.println(target.description());
            CheckUpReport report = target.checkUp();
            out.println(options.json() ? Tables.checkUp(report).toJson() : inCommands(report.toString()));
            return report.isHealthy();
        }
    }

    /** Returns whether there was anything to watch. */
    private boolean watch(DemoCommand command, DemoOptions options) throws InterruptedException {
        try (DemoTarget target = DemoTarget.open(config, options)) {
            err.println(target.description());
            try (Watch watch = new Watch(target.cloud(), options.json(), out, err)) {
                watch.showDevices(command.limit());
                if (target.isReal()) {
                    err.println("Each change is shown as it happens. Press Ctrl-C to stop.");
                    watch.await(command.limit());
                } else {
                    target.act();
                    err.println("These were a few changes made up by the fake cloud.");
                }
                return watch.hasDevices();
            }
        }
    }

    /** Prints what went wrong, then what to do about it. */
    private void print(TuyaException e, @Nullable String advice) {
        String message = String.valueOf(e.getMessage());
        String hint = e.hint();
        err.println(Terminal.wrapped("Error: " + (hint == null ? message : message.replace(". " + hint, ""))));
        if (advice != null) {
            err.println(Terminal.wrapped("Hint: " + inCommands(advice)));
        }
    }

    /** Replaces the method that the library's advice names with the demo's command for it. */
    private static String inCommands(String advice) {
        return advice.replace("TuyaCloud.detectRegion", "The command detect");
    }
}

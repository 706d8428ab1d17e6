package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program to try the library with: {@code mvn -q test-compile exec:java}.
 *
 * <p>It calls the real cloud if there is a {@code tinytuya.json} in the working directory, and otherwise a fake cloud that it
 * starts. With arguments ({@code -Dexec.args="log ID 3"}) it runs one command and prints its result to standard output;
 * everything else goes to standard error.
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
     * Runs the demo, and exits with a code other than 0 if something failed.
     *
     * @param args nothing, or a command; an unknown one prints the usage
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Demo demo = new Demo(Path.of(TinytuyaConfig.DEFAULT_FILE_NAME), out, System.err, Terminal.isPresent());
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
                tour();
            } else {
                run(new DemoCommand(options.words()), options);
            }
            return 0;
        } catch (TuyaException e) {
            print(e);
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
        try (DemoTarget target = DemoTarget.open(configFile, DemoOptions.parse(List.of()))) {
            out.println(target.description());
            new Tour(target.cloud(), target.isReal(), out).run();
        }
    }

    private void run(DemoCommand command, DemoOptions options) throws InterruptedException {
        if (command.is("regions")) {
            print(Tables.regions(), options);
        } else if (command.is("detect")) {
            detect();
        } else if (command.is("doctor")) {
            doctor(options);
        } else if (command.is("watch")) {
            watch(command, options);
        } else {
            print(result(command, options), options);
        }
    }

    private void print(Table table, DemoOptions options) {
        out.println(options.json() ? table.toJson() : table);
    }

    private Table result(DemoCommand command, DemoOptions options) throws InterruptedException {
        if (!onTerminal || options.json() || !command.isLong()) {
            try (DemoTarget target = DemoTarget.open(configFile, options)) {
                return command.run(target.cloud(), options.showKeys());
            }
        }
        try (Progress progress = new Progress(err);
                DemoTarget target = DemoTarget.open(configFile, options, progress)) {
            return command.run(target.cloud(), false);
        }
    }

    private void detect() {
        if (!Files.exists(configFile)) {
            throw new IllegalArgumentException("detect needs your key and secret: there is no " + configFile + " here");
        }
        TinytuyaConfig config = TinytuyaConfig.read(configFile);
        RegionReport report =
                TuyaCloud.detectRegion(String.valueOf(config.apiKey()), String.valueOf(config.apiSecret()));
        out.println(report);
        out.println(report.region()
                .map(region -> "Use region " + region.code() + ".")
                .orElse("No data center stands out: check key and secret, and link your app account."));
    }

    private void doctor(DemoOptions options) {
        try (DemoTarget target = DemoTarget.open(configFile, options)) {
            err.println(target.description());
            out.println(target.checkUp());
        }
    }

    private void watch(DemoCommand command, DemoOptions options) throws InterruptedException {
        try (DemoTarget target = DemoTarget.open(configFile, options)) {
            err.println(target.description());
            try (Watch watch = new Watch(target.cloud(), target.messageOptions(), options.json(), out, err)) {
                watch.showDevices();
                if (target.isReal()) {
                    err.println("Each change is shown as it happens. Press Ctrl-C to stop.");
                    watch.await(command.limit());
                } else {
                    target.act();
                    err.println("These were a few changes made up by the fake cloud.");
                }
            }
        }
    }

    /** Prints what went wrong on one line, and what to do about it on another. */
    private void print(TuyaException e) {
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

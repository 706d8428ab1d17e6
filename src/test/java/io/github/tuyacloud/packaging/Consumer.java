package io.github.tuyacloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.JavaProgram;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** Compiles a user's program from source text against the packed jars and runs it in a separate JVM. */
final class Consumer {
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private final Path folder;
    private final String mainClass;
    private final List<Path> sources = new ArrayList<>();

    /** Creates a program without sources; its files are written to the folder. */
    Consumer(Path folder, String mainClass) {
        this.folder = folder;
        this.mainClass = mainClass;
    }

    /** Adds a source file, such as {@code Main.java}. */
    Consumer source(String fileName, String text) throws IOException {
        sources.add(Files.writeString(folder.resolve(fileName), text, UTF_8));
        return this;
    }

    /** Compiles and runs it on the class path. */
    Run runOnClassPath(List<String> jars, String... arguments) throws IOException, InterruptedException {
        compile(List.of("-cp", join(jars)));
        return run(List.of("-cp", join(jars) + File.pathSeparator + classes(), mainClass), arguments);
    }

    /** Compiles and runs it as a named module; one of the sources is {@code module-info.java}. */
    Run runOnModulePath(String module, List<String> jars, String... arguments)
            throws IOException, InterruptedException {
        compile(List.of("-p", join(jars)));
        return run(
                List.of("-p", join(jars) + File.pathSeparator + classes(), "-m", module + "/" + mainClass), arguments);
    }

    private void compile(List<String> path) {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none"));
        arguments.addAll(List.of("-d", classes().toString()));
        arguments.addAll(path);
        sources.forEach(source -> arguments.add(source.toString()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = ToolProvider.getSystemJavaCompiler().run(null, output, output, arguments.toArray(String[]::new));
        assertThat(exitCode).as(output.toString(UTF_8)).isZero();
    }

    private Run run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(JavaProgram.QUICK_START);
        all.addAll(options);
        all.addAll(List.of(arguments));
        return launch(folder, JavaProgram.command(all));
    }

    /** Runs any program in a folder and waits until it ends. */
    static Run launch(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = JavaProgram.start(folder, output, command);
        try {
            boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            long endedAt = System.currentTimeMillis();
            String printed = Files.readString(output, UTF_8);
            assertThat(ended)
                    .as("ended by itself within %s; printed:%n%s", LIMIT, printed)
                    .isTrue();
            return new Run(process.exitValue(), printed.lines().toList(), endedAt);
        } finally {
            process.destroyForcibly();
        }
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private static String join(List<String> jars) {
        return String.join(File.pathSeparator, jars);
    }

    /**
     * The result of a program.
     *
     * @param exitCode its exit code
     * @param lines the lines that it printed, errors included
     * @param endedAt when its process ended, in milliseconds of Unix time
     */
    record Run(int exitCode, List<String> lines, long endedAt) {
        private static final String RETURNS = "main returns at ";

        /** Returns the time from the last line, {@code main returns at <milliseconds>}, to the end of the JVM. */
        Duration afterMain() {
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            assertThat(last).as("the last of %s", lines).startsWith(RETURNS);
            return Duration.ofMillis(endedAt - Long.parseLong(last.substring(RETURNS.length())));
        }
    }
}

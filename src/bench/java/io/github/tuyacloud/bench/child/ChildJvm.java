package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.bench.server.LocalCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program in a separate JVM that trusts the benchmark server.
 *
 * @param firstLine the first line that it printed
 * @param seconds the time from its start to that line
 */
public record ChildJvm(String firstLine, double seconds) {

    /** Runs a program until it ends. */
    public static ChildJvm run(
            LocalCloud cloud, String classPath, List<String> options, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command(cloud, classPath, options, program, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            double seconds = (System.nanoTime() - start) / 1e9;
            while (out.readLine() != null) {
                // only the first line matters, but the program must not block on a full pipe
            }
            int exit = process.waitFor();
            if (line == null || exit != 0) {
                throw new IllegalStateException(program.getSimpleName() + " ended with " + exit + " after: " + line);
            }
            return new ChildJvm(line, seconds);
        }
    }

    /** Returns the command that starts a program. */
    static List<String> command(
            LocalCloud cloud, String classPath, List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Djavax.net.ssl.trustStore=" + cloud.trusted());
        command.add("-Djavax.net.ssl.trustStoreType=JKS");
        command.addAll(List.of("-classpath", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}

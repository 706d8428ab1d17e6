package io.github.tuyacloud.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs in separate JVMs. */
public final class JavaProgram {

    /** JVM options for short programs. */
    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private JavaProgram() {}

    /** Returns the command that runs a test class as a program, with JVM options and arguments. */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-XX:+UseSerialGC"));
        all.addAll(options);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(List.of(arguments));
        return command(all);
    }

    /** Returns the command that starts a JVM. */
    public static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return command;
    }

    /** Starts a command in a folder; its output, including errors, goes to a file. */
    public static Process start(Path folder, Path output, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}

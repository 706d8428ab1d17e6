package io.github.tuyacloud.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of a message service.
 *
 * @param endpoint its WebSocket address, which serves one client at a time
 * @param process the process of {@link MessageServerMain}
 */
public record MessageServer(String endpoint, Process process) implements AutoCloseable {

    /** Starts the process with the arguments of {@link MessageServerMain}. */
    public static MessageServer start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                MessageServerMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new MessageServer(out.readLine(), process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

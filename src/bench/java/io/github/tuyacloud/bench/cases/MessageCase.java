package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ManyMessages;
import io.github.tuyacloud.bench.server.MessageServerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures live messages per second in separate processes: the library against a hand-written socket. */
public final class MessageCase {

    private static final int MESSAGES = Integer.getInteger("bench.messages", 150_000);

    /** With fewer messages, the measurement would be dominated by JIT compilation. */
    private static final int WARM_UP = Integer.getInteger("bench.messagesBefore", 300_000);

    private static final int SLOW_MESSAGES = Integer.getInteger("bench.slowMessages", 4_000);

    private final Map<String, List<Double>> cpu = new TreeMap<>();
    private String endpoint = "";

    /** Compares both with an empty handler and with one that takes a millisecond. */
    public void run() throws Exception {
        Report.title("Live messages in processes of their own, library against a bare socket");
        Process server = java(MessageServerMain.class);
        try (BufferedReader out = reader(server)) {
            endpoint = out.readLine();
            Rounds empty = Rounds.of(
                    Settings.rounds(),
                    () -> perSecond("bare", 1, 0, WARM_UP, MESSAGES),
                    () -> perSecond("library", 1, 0, WARM_UP, MESSAGES),
                    () -> perSecond("library", 4, 0, WARM_UP, MESSAGES));
            Report.atLeast(0.9, "messages a second, 1 thread, empty handler", empty.ratio(1, 0));
            Report.atLeast(0.95, "4 threads against 1, empty handler", empty.ratio(2, 1));
            Report.note("bare %.0f, 1 thread %.0f, 4 threads %.0f", empty.median(0), empty.median(1), empty.median(2));
            cpu.forEach((way, micros) -> Report.note(
                    "CPU of a message, %s: %s us",
                    way, Rounds.Spread.of(micros.stream().mapToDouble(d -> d).toArray())));
            Rounds slow = Rounds.of(
                    Settings.rounds(),
                    () -> perSecond("library", 1, 1000, WARM_UP, SLOW_MESSAGES),
                    () -> perSecond("library", 4, 1000, WARM_UP, SLOW_MESSAGES));
            Report.atLeast(3.5, "4 threads against 1, handler of a millisecond", slow.ratio(1, 0));
            Report.note("1 thread %.0f, 4 threads %.0f", slow.median(0), slow.median(1));
        } finally {
            server.destroyForcibly();
        }
    }

    private double perSecond(String way, int threads, int handlerMicros, int before, int messages)
            throws IOException, InterruptedException {
        Process client = java(
                ManyMessages.class,
                way,
                endpoint,
                String.valueOf(threads),
                String.valueOf(handlerMicros),
                String.valueOf(before),
                String.valueOf(messages));
        try (BufferedReader out = reader(client)) {
            String line = out.readLine();
            client.waitFor();
            String[] figures = line.split(" ");
            cpu.computeIfAbsent(way + " " + threads, added -> new ArrayList<>()).add(Double.parseDouble(figures[1]));
            return Double.parseDouble(figures[0]);
        }
    }

    private static Process java(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}

package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ManyMessages;
import io.github.tuyacloud.bench.child.WorkerJvm;
import io.github.tuyacloud.bench.server.LocalCloud;
import io.github.tuyacloud.bench.server.MessageServer;
import java.io.IOException;
import java.util.List;

/**
 * Measures live messages per second in separate processes that take turns: the library against a hand-written socket.
 */
public final class MessageCase {

    // The programs, and what they report about a portion of their messages.
    private static final int BARE = 0;
    private static final int ONE = 1;
    private static final int FOUR = 2;
    private static final int SECONDS = 0;
    private static final int CPU_MICROS = 1;

    private static final int MESSAGES = Integer.getInteger("bench.messages", 150_000);

    /** With fewer messages, the measurement would be dominated by JIT compilation. */
    private static final int WARM_UP = Integer.getInteger("bench.messagesBefore", 300_000);

    private static final int SLOW_MESSAGES = Integer.getInteger("bench.slowMessages", 4_000);
    private static final int SLOW_MICROS = 1_000;

    private final LocalCloud cloud;

    /** Creates the benchmark for the server that the programs trust. */
    public MessageCase(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** A program and its own message server. */
    private record Client(MessageServer server, WorkerJvm program) implements AutoCloseable {

        double[] handle(int messages, int micros) throws IOException {
            return program.work(Turns.portionOf(messages) + " " + micros);
        }

        @Override
        public void close() throws IOException {
            program.close();
            server.close();
        }
    }

    /** Compares them with an empty handler and with one that takes a millisecond. */
    public void run() throws Exception {
        Report.title("Live messages in processes of their own, library against a bare socket");
        Turns empty = new Turns();
        Turns slow = new Turns();
        for (int round = 0; round < Settings.rounds(); round++) {
            try (Client bare = start("bare", 1);
                    Client one = start("library", 1);
                    Client four = start("library", 4)) {
                handle(WARM_UP, 0, bare, one, four);
                empty.add(handle(MESSAGES, 0, bare, one, four));
                slow.add(handle(SLOW_MESSAGES, SLOW_MICROS, bare, one, four));
            }
        }
        Report.atLeast(0.9, "messages a second, 1 thread, empty handler", empty.ratio(BARE, ONE, SECONDS));
        Report.atLeast(0.95, "4 threads against 1, empty handler", empty.ratio(ONE, FOUR, SECONDS));
        note(empty, MESSAGES);
        Report.atLeast(3.5, "4 threads against 1, handler of a millisecond", slow.ratio(ONE, FOUR, SECONDS));
        note(slow, SLOW_MESSAGES);
    }

    private static double[][] handle(int messages, int micros, Client bare, Client one, Client four) throws Exception {
        return Turns.take(
                () -> bare.handle(messages, micros),
                () -> one.handle(messages, micros),
                () -> four.handle(messages, micros));
    }

    private static void note(Turns turns, int messages) {
        String[] names = {"bare", "1 thread", "4 threads"};
        for (int program : List.of(BARE, ONE, FOUR)) {
            Report.note(
                    "%s: %.0f a second, CPU of a message %.1f us",
                    names[program],
                    messages / turns.median(program, SECONDS),
                    turns.median(program, CPU_MICROS) / messages);
        }
    }

    private Client start(String way, int threads) throws IOException {
        MessageServer server = MessageServer.start();
        return new Client(
                server,
                WorkerJvm.start(
                        cloud,
                        List.of("-Xmx512m"),
                        ManyMessages.class,
                        way,
                        server.endpoint(),
                        String.valueOf(threads)));
    }
}

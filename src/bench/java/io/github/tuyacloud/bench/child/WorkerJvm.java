package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.bench.server.LocalCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A program in a separate JVM that works on order: it reads an order from its standard input, works, and prints a line
 * of figures.
 */
public final class WorkerJvm implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader replies;

    private WorkerJvm(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program that trusts the benchmark server. */
    public static WorkerJvm start(LocalCloud cloud, List<String> options, Class<?> program, String... arguments)
            throws IOException {
        return new WorkerJvm(new ProcessBuilder(
                        ChildJvm.command(cloud, System.getProperty("java.class.path"), options, program, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Sends an order and waits for its figures. */
    public double[] work(String order) throws IOException {
        orders.println(order);
        String line = replies.readLine();
        if (line == null) {
            throw new IOException("the program has ended after: " + order);
        }
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Ends the program. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        orders.close();
        replies.close();
    }
}

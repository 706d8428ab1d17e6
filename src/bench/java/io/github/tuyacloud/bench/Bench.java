package io.github.tuyacloud.bench;

import io.github.tuyacloud.bench.cases.CallCases;
import io.github.tuyacloud.bench.cases.CheckCase;
import io.github.tuyacloud.bench.cases.DeviceCases;
import io.github.tuyacloud.bench.cases.JmhCases;
import io.github.tuyacloud.bench.cases.LogCases;
import io.github.tuyacloud.bench.cases.MemoryCase;
import io.github.tuyacloud.bench.cases.MessageCase;
import io.github.tuyacloud.bench.cases.StartupCase;
import io.github.tuyacloud.bench.cases.ThreadCases;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.util.List;

/**
 * Starts benchmarks: {@code mvn -q -f src/bench/pom.xml compile exec:exec -Dbench=calls}.
 *
 * <p>In place of {@code calls}:
 *
 * <ul>
 *   <li>{@code calls}: calls a second, connections and allocation of {@code getStatus} in one warm JVM, against bare OkHttp
 *   <li>{@code threads}: calls a second of up to 256 threads in JVMs of their own, against bare OkHttp; failures and
 *       processor time of 10,000 virtual threads if the JVM has them
 *   <li>{@code commands}: the same of {@code sendCommand}
 *   <li>{@code devices}: a list of 1,000 devices with their maps, against what tinytuya does
 *   <li>{@code logs}: 5,000 log entries in one pass, as a stream, and concurrently
 *   <li>{@code memory}: heap kept and allocated for device lists, against Jackson's trees; a million log entries with 32 MB
 *   <li>{@code messages}: live messages a second, against a socket written by hand
 *   <li>{@code startup}: process start to first answer, with and without class-data sharing, and the library's size
 *   <li>{@code jmh}: the signer, the token, and reading a page of 100 devices
 *   <li>{@code check}: that the requests of all clients are right
 *   <li>{@code all}: all of these
 * </ul>
 *
 * <p>{@code -Dbench.rounds=7} sets how often a comparison is repeated, {@code -Dbench.latencyMillis=50} how long the server
 * waits in the cases that are about waiting. Ratios are the median of all rounds, with minimum and maximum in brackets; the
 * alternatives that are compared take turns within a round.
 */
public final class Bench {

    private static final List<String> ALL =
            List.of("check", "jmh", "calls", "threads", "commands", "devices", "logs", "memory", "messages", "startup");

    private Bench() {}

    /**
     * Runs benchmarks.
     *
     * @param names which
     */
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            for (String each : name.equals("all") ? ALL : List.of(name)) {
                run(each);
            }
        }
    }

    private static void run(String name) throws Exception {
        if (name.equals("jmh")) {
            new JmhCases().run();
            return;
        }
        if (name.equals("check")) {
            new CheckCase().run();
            return;
        }
        try (LocalCloud cloud = LocalCloud.start()) {
            switch (name) {
                case "calls" -> new CallCases(cloud).run();
                case "threads" -> new ThreadCases(cloud).runReads();
                case "commands" -> new ThreadCases(cloud).runCommands();
                case "devices" -> new DeviceCases(cloud).run();
                case "logs" -> new LogCases(cloud).run();
                case "memory" -> new MemoryCase(cloud).run();
                case "messages" -> new MessageCase().run();
                case "startup" -> new StartupCase(cloud).run();
                default ->
                    throw new IllegalArgumentException("There is no benchmark \"" + name + "\": take one of " + ALL);
            }
        }
    }
}

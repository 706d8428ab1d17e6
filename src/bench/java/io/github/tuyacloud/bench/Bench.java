package io.github.tuyacloud.bench;

import io.github.tuyacloud.bench.cases.CallCases;
import io.github.tuyacloud.bench.cases.CheckCase;
import io.github.tuyacloud.bench.cases.DeviceCases;
import io.github.tuyacloud.bench.cases.JmhCases;
import io.github.tuyacloud.bench.cases.LogCases;
import io.github.tuyacloud.bench.cases.MemoryCase;
import io.github.tuyacloud.bench.cases.MessageCase;
import io.github.tuyacloud.bench.cases.PictureCase;
import io.github.tuyacloud.bench.cases.StartupCase;
import io.github.tuyacloud.bench.cases.ThreadCases;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.util.List;

/**
 * Starts benchmarks: {@code mvn -q -f src/bench/pom.xml compile exec:exec -Dbench=calls}.
 *
 * <p>The benchmarks:
 *
 * <ul>
 *   <li>{@code calls}: calls per second, connections and allocation of {@code getStatus} in one warm JVM, against bare
 *       OkHttp
 *   <li>{@code threads}: calls per second with up to 256 threads in separate JVMs, against bare OkHttp, once while the
 *       JVM still compiles and once after a pause; failures and CPU time of 10,000 virtual threads if the JVM has them
 *   <li>{@code commands}: like {@code threads}, but for {@code sendCommand}
 *   <li>{@code devices}: a list of 1,000 devices with their mappings, against the way of tinytuya
 *   <li>{@code logs}: 5,000 log entries in one pass, as a stream, and concurrently
 *   <li>{@code memory}: heap kept and allocated for device lists, against Jackson's trees; a million log entries with
 *       32 MB; what is held a minute after load
 *   <li>{@code messages}: live messages per second, against a hand-written socket
 *   <li>{@code picture}: messages per second of a living picture, against {@code messages()}, and its heap
 *   <li>{@code startup}: process start to first result, with and without class-data sharing, and the library's size
 *   <li>{@code jmh}: the signer, the token, and reading a page of 100 devices
 *   <li>{@code check}: whether the requests of all clients are correct
 *   <li>{@code all}: all of these
 * </ul>
 *
 * <p>{@code -Dbench.rounds=7} sets the number of rounds of a comparison (at least 30 for {@code startup}), {@code
 * -Dbench.latencyMillis=50} the delay of the server in the cases about latency. Ratios are the median of all rounds,
 * with minimum and maximum in parentheses; the compared alternatives alternate within a round, in {@code threads}, {@code
 * commands} and {@code messages} after every quarter of the work.
 */
public final class Bench {

    private static final List<String> ALL = List.of(
            "check",
            "jmh",
            "calls",
            "threads",
            "commands",
            "devices",
            "logs",
            "memory",
            "messages",
            "picture",
            "startup");

    private Bench() {}

    /**
     * Runs benchmarks.
     *
     * @param names the benchmarks to run
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
                case "messages" -> new MessageCase(cloud).run();
                case "picture" -> new PictureCase(cloud).run();
                case "startup" -> new StartupCase(cloud).run();
                default ->
                    throw new IllegalArgumentException("There is no benchmark \"" + name + "\": take one of " + ALL);
            }
        }
    }
}

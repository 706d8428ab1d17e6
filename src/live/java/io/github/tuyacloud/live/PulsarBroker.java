package io.github.tuyacloud.live;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Apache Pulsar in a JVM of its own, on free ports of the loopback interface; can be killed and started again. */
final class PulsarBroker implements AutoCloseable {
    private static final String MAIN_CLASS = "org.apache.pulsar.PulsarStandaloneStarter";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.nio",
            "java.base/jdk.internal.misc",
            "java.base/sun.net",
            "java.management/sun.management");

    private final Path folder;
    private final int brokerPort = freePort();
    private final int webPort = freePort();
    private final int bookiePort = freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread lastResort = new Thread(this::kill);
    private Process process;

    PulsarBroker(Path folder) throws IOException, InterruptedException {
        // What an earlier run left behind is no part of this one.
        delete(folder);
        this.folder = Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(lastResort);
        start();
    }

    String serviceUrl() {
        return "pulsar://127.0.0.1:" + brokerPort;
    }

    String webSocketEndpoint() {
        return "ws://127.0.0.1:" + webPort;
    }

    /** Starts it, with whatever it held before; waits until it answers. */
    void start() throws IOException, InterruptedException {
        Path config = Files.write(
                folder.resolve("standalone.conf"),
                List.of(
                        "clusterName=standalone",
                        "brokerServicePort=" + brokerPort,
                        "webServicePort=" + webPort,
                        "bindAddress=127.0.0.1",
                        "advertisedAddress=127.0.0.1",
                        "webSocketServiceEnabled=true",
                        "managedLedgerDefaultEnsembleSize=1",
                        "managedLedgerDefaultWriteQuorum=1",
                        "managedLedgerDefaultAckQuorum=1",
                        // The others take reports of the broker's load for the list of brokers that are there, and
                        // after a
                        // kill and a restart that list may stay empty.
                        "loadManagerClassName=org.apache.pulsar.broker.loadbalance.NoopLoadManager",
                        "loadBalancerEnabled=false"));
        process = new ProcessBuilder(command(config))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("The broker does not start; see " + folder.resolve("broker.log"));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Calls its admin API; gives the answer's body. */
    String admin(String method, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = call(method, path, json);
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** Calls its admin API; gives the answer, whatever its status. */
    HttpResponse<String> call(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/admin/v2/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private boolean answers() throws InterruptedException {
        try {
            return admin("GET", "brokers/ready", null) != null && admin("GET", "namespaces/public", null) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> command(Path config) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx1g", "-XX:MaxDirectMemorySize=1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        OPENED.forEach(module -> command.addAll(List.of("--add-opens", module + "=ALL-UNNAMED")));
        command.addAll(List.of("-cp", System.getProperty("testClasspath"), MAIN_CLASS));
        command.addAll(List.of("--config", config.toString(), "--advertised-address", "127.0.0.1"));
        command.addAll(List.of("--no-functions-worker", "--no-stream-storage"));
        command.addAll(List.of("--metadata-dir", folder.resolve("metadata").toString()));
        command.addAll(List.of("--metadata-url", "rocksdb://" + folder.resolve("metadata")));
        command.addAll(List.of("--bookkeeper-dir", folder.resolve("bookkeeper").toString()));
        command.addAll(List.of("--bookkeeper-port", String.valueOf(bookiePort)));
        return command;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    /** The class path for further JVMs: everything that the tests see. */
    static String fullClassPath() {
        return System.getProperty("liveClasses") + File.pathSeparator + System.getProperty("testClasspath");
    }
}

package io.github.tuyacloud.brokers;

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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs Apache Pulsar in a separate JVM, on free loopback ports; it can be killed and restarted. */
final class PulsarBroker implements AutoCloseable {
    private static final String MAIN_CLASS = "org.apache.pulsar.PulsarStandaloneStarter";
    private static final long START_LIMIT_SECONDS = 180;
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/jdk.internal.misc",
            "java.base/sun.net",
            "java.base/sun.nio.ch",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal");

    /** The brokers shared by test classes; they end with this JVM. */
    private static final Map<BrokerVersion, PulsarBroker> SHARED = new EnumMap<>(BrokerVersion.class);

    private final BrokerVersion version;
    private final Path folder;
    private final int brokerPort = freePort();
    private final int webPort = freePort();
    private final int bookiePort = freePort();
    private final int storePort = freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread lastResort = new Thread(this::kill);
    private Process process;

    /** Starts a broker without data. */
    PulsarBroker(BrokerVersion version, String name) throws Exception {
        this.version = version;
        this.folder = version.folder(name);
        delete(folder);
        Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(lastResort);
        start();
    }

    /** Returns the shared broker of a version; the first call starts it. */
    static synchronized PulsarBroker shared(BrokerVersion version) throws Exception {
        PulsarBroker broker = SHARED.get(version);
        if (broker == null) {
            broker = new PulsarBroker(version, "broker");
            SHARED.put(version, broker);
        }
        return broker;
    }

    String webSocketEndpoint() {
        return "ws://127.0.0.1:" + webPort;
    }

    int webPort() {
        return webPort;
    }

    BrokerVersion version() {
        return version;
    }

    /** Starts the broker with its existing data, and waits until it responds. */
    void start() throws Exception {
        List<String> configuration = new ArrayList<>(List.of(
                "clusterName=standalone",
                "brokerServicePort=" + brokerPort,
                "webServicePort=" + webPort,
                "bindAddress=127.0.0.1",
                "advertisedAddress=127.0.0.1",
                "webSocketServiceEnabled=true",
                "managedLedgerDefaultEnsembleSize=1",
                "managedLedgerDefaultWriteQuorum=1",
                "managedLedgerDefaultAckQuorum=1",
                // Other load managers keep a list of brokers that report their load, which may stay empty after a
                // kill and a restart.
                "loadManagerClassName=org.apache.pulsar.broker.loadbalance.NoopLoadManager",
                "loadBalancerEnabled=false"));
        configuration.addAll(version.configuration(storePort));
        Path config = Files.write(folder.resolve("standalone.conf"), configuration);
        process = new ProcessBuilder(command(config))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
        if (!Patience.awaitSlowly(START_LIMIT_SECONDS, () -> !process.isAlive() || isResponding())
                || !process.isAlive()) {
            kill();
            throw new IllegalStateException("The broker did not start; see " + folder.resolve("broker.log"));
        }
    }

    /** Kills the process, without an orderly shutdown. */
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

    /** Calls the admin API and returns the body of the response; throws on an HTTP error. */
    String admin(String method, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = call(method, path, json);
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** Calls the admin API and returns the response, whatever its status. */
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

    private boolean isResponding() throws InterruptedException {
        try {
            return admin("GET", "brokers/ready", null) != null
                    && !admin("GET", "namespaces/public", null).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> command(Path config) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx1g", "-XX:MaxDirectMemorySize=1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.add("-Dio.netty.tryReflectionSetAccessible=true");
        OPENED.forEach(module -> command.addAll(List.of("--add-opens", module + "=ALL-UNNAMED")));
        command.addAll(List.of("-cp", version.classPath(), MAIN_CLASS));
        command.addAll(List.of("--config", config.toString(), "--advertised-address", "127.0.0.1"));
        command.addAll(List.of("--no-functions-worker", "--no-stream-storage"));
        command.addAll(version.storeArguments(folder, storePort));
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
}

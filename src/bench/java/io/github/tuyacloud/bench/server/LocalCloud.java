package io.github.tuyacloud.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** Starts, controls and ends the process of the benchmark server. */
public final class LocalCloud implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader replies;
    private final Path directory;
    private final Certificates certificates;
    private final String endpoint;

    private LocalCloud(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.certificates = Certificates.install(directory);
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName(),
                        certificates.keys().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.endpoint = reply();
    }

    /** Starts the server; clients of this JVM trust it from now on. */
    public static LocalCloud start() {
        try {
            return new LocalCloud(Files.createTempDirectory("bench"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates could not be created", e);
        }
    }

    /** Returns its base URL. */
    public String endpoint() {
        return endpoint;
    }

    /** Returns a directory that exists as long as the server. */
    public Path directory() {
        return directory;
    }

    /** Returns the certificates that other JVMs must trust. */
    public Path trusted() {
        return certificates.trusted();
    }

    /** Sets the delay of each response. */
    public void latency(Duration latency) {
        orders.println("latency " + latency.toNanos());
        reply();
    }

    /** Sets the number of devices. */
    public void devices(int count) {
        orders.println("devices " + count);
        reply();
    }

    /** Returns the counts since the last call. */
    public Counters counters() {
        orders.println("counters");
        String[] numbers = reply().split(" ");
        return new Counters(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    @Override
    public void close() {
        orders.close();
        process.destroy();
        for (String file : List.of("server.p12", "trusted.jks")) {
            directory.resolve(file).toFile().delete();
        }
        directory.toFile().delete();
    }

    private String reply() {
        try {
            String line = replies.readLine();
            if (line == null) {
                throw new IllegalStateException("the benchmark server has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

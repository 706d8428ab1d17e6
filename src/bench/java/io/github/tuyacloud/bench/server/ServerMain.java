package io.github.tuyacloud.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The cloud for benchmarks, a separate process so that its work is not attributed to a client: HTTPS with keep-alive, a
 * thread for each connection, prepared responses. It checks nothing; {@code -Dbench=check} does that separately.
 *
 * <p>It is controlled over its standard input: {@code latency 500000} sets the delay of each response in nanoseconds,
 * {@code devices 10000} sets the number of devices, {@code counters} prints and resets the counts, and it exits at
 * the end of the input.
 */
public final class ServerMain {

    private static final int BACKLOG = 1024;

    final Responses responses = new Responses();
    final AtomicLong requests = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    volatile long latencyNanos;

    private ServerMain() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the file with its key
     */
    public static void main(String[] arguments) throws Exception {
        SSLServerSocket socket = (SSLServerSocket) Certificates.serverContext(Path.of(arguments[0]))
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        ServerMain server = new ServerMain();
        daemon(() -> server.accept(socket));
        System.out.println("https://127.0.0.1:" + socket.getLocalPort());
        server.obey();
    }

    private void accept(SSLServerSocket socket) {
        try {
            while (true) {
                SSLSocket connection = (SSLSocket) socket.accept();
                connection.setTcpNoDelay(true);
                connections.incrementAndGet();
                daemon(new Connection(this, connection));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the benchmark server has failed", e);
        }
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.startsWith("latency ")) {
                latencyNanos = Long.parseLong(order.substring("latency ".length()));
                System.out.println("ok");
            } else if (order.startsWith("devices ")) {
                responses.devices(Integer.parseInt(order.substring("devices ".length())));
                System.out.println("ok");
            } else {
                System.out.println(requests.getAndSet(0) + " " + connections.getAndSet(0));
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "benchmark-server");
        thread.setDaemon(true);
        thread.start();
    }
}

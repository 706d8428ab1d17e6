package io.github.tuyacloud.calls;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.support.HeadsServer;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.SocksProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers every request with success and, once the caller has the answer, closes or disturbs the connection;
 * with or without TLS.
 */
final class EndingServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    private final HandshakeCertificates keys =
            new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    private final HandshakeCertificates trust = new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    private final boolean tls;
    private final Sockets sockets;
    private final Supplier<After> after;
    private final Map<String, AtomicInteger> bodies = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore answered = new Semaphore(0);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final Semaphore done = new Semaphore(0);

    /** What happens to a connection right after an answer. */
    enum After {
        /** Nothing. */
        STAY(true),
        /** It is closed; under TLS with a {@code close_notify}. */
        CLOSE(false),
        /** It is closed below TLS: only a FIN arrives. */
        FIN(false),
        /** It is reset. */
        RESET(false),
        /** An unsolicited answer arrives, such as servers send before closing an idle connection. */
        ANSWER_408(false),
        /** An unsolicited answer arrives, then the connection is closed. */
        ANSWER_408_AND_CLOSE(false),
        /** Nothing, but the next request is read and the connection is reset without an answer. */
        HANG_UP(false),
        /** Nothing, but later requests get no answer. */
        NO_MORE_ANSWERS(false),
        /** A TLS record without application data arrives, such as a session ticket. */
        KEY_UPDATE(true);

        private final boolean stays;

        After(boolean stays) {
            this.stays = stays;
        }

        boolean stays() {
            return stays;
        }
    }

    EndingServer(boolean tls, Supplier<After> after) throws IOException {
        this(tls, Sockets.LIBRARYS, after);
    }

    /**
     * Starts a server.
     *
     * @param tls whether it speaks TLS
     * @param sockets over which sockets it is reached
     * @param after decides what happens after an answer
     */
    EndingServer(boolean tls, Sockets sockets, Supplier<After> after) throws IOException {
        this.tls = tls;
        this.sockets = sockets;
        this.after = after;
        daemon(this::accept);
    }

    /** Returns the builder of a client that trusts this server and never retries. */
    TuyaCloudBuilder client(OkHttpClient.Builder http) {
        return TuyaCloud.builder()
                .endpoint((tls ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort())
                .apiKey("fakeapikey0123456789")
                .apiSecret("0123456789abcdef0123456789abcdef")
                .initialToken("3f4eda2bdec17232f67c0b188af3eec1")
                .retryPolicy(RetryPolicy.none())
                .httpClient(sockets.applyTo(http, server.getLocalPort())
                        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                        .build());
    }

    /** Returns how often a request with this body arrived. */
    int arrived(String body) {
        AtomicInteger count = bodies.get(body);
        return count == null ? 0 : count.get();
    }

    int requests() {
        return bodies.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int connections() {
        return connections.get();
    }

    /** Holds the next answers back until this many requests have arrived. */
    void holdAnswers(int number) {
        held = new CountDownLatch(number);
    }

    /** Lets the server act on the connection, and waits until the effect has arrived on the loopback interface. */
    void goOn() throws InterruptedException {
        answered.release();
        if (!done.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer was sent");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket raw = server.accept();
            connections.incrementAndGet();
            daemon(() -> serve(raw));
        }
    }

    private void serve(Socket raw) throws IOException {
        try (raw) {
            raw.setTcpNoDelay(true);
            if (sockets == Sockets.SOCKS) {
                SocksProxy.greet(raw);
            }
            Socket socket = tls ? encrypted(raw) : raw;
            After last = After.STAY;
            for (String body = readRequest(socket); body != null; body = readRequest(socket)) {
                bodies.computeIfAbsent(body, key -> new AtomicInteger()).incrementAndGet();
                After next = after.get();
                awaitHeld();
                write(socket, HeadsServer.SUCCESS);
                answered.acquireUninterruptibly();
                act(next, raw, socket);
                done.release();
                last = next;
                if (!next.stays()) {
                    break;
                }
            }
            // Requests that still arrive on a connection that is not closed yet are counted too.
            for (String body = readRequest(socket); body != null; body = readRequest(socket)) {
                bodies.computeIfAbsent(body, key -> new AtomicInteger()).incrementAndGet();
                if (last == After.HANG_UP) {
                    act(After.RESET, raw, socket);
                    break;
                }
            }
        }
    }

    private void awaitHeld() {
        held.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket encrypted(Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) keys.sslSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static void act(After next, Socket raw, Socket socket) throws IOException {
        switch (next) {
            case STAY, HANG_UP, NO_MORE_ANSWERS -> {}
            case CLOSE -> socket.close();
            case FIN -> raw.shutdownOutput();
            case RESET -> {
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case ANSWER_408 -> write(socket, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            case ANSWER_408_AND_CLOSE -> {
                write(socket, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                socket.close();
            }
            // On an established connection this sends a key update.
            case KEY_UPDATE -> ((SSLSocket) socket).startHandshake();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns the body; null at the end of the connection. */
    private static @Nullable String readRequest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return new String(body, StandardCharsets.UTF_8);
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The client closed the connection, or the test has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

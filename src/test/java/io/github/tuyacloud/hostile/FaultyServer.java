package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.SocksProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * A server that counts what it carries out, whatever the caller learns of it: it loses, cuts, doubles and delays answers,
 * and refuses requests. Reads of {@code /v1.0/echo/N} return N.
 */
final class FaultyServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
    private static final Pattern TARGET = Pattern.compile("^(\\S+) (\\S+) ");
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    private final HandshakeCertificates keys;
    private final boolean tls;
    private final Sockets sockets;
    private final Map<String, AtomicInteger> carriedOut = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Faults faults = request -> Fault.NONE;

    /** Decides what happens to a request. */
    interface Faults {

        /** Returns the fault of the next request. */
        Fault next(String target);

        /** Returns one fault in three requests. */
        static Faults random(Random random) {
            Fault[] all = Fault.values();
            return target -> {
                synchronized (random) {
                    return random.nextInt(3) == 0 ? all[random.nextInt(all.length)] : Fault.NONE;
                }
            };
        }
    }

    /** What happens to a request and to its answer. */
    enum Fault {
        NONE,
        LOST,
        RESET,
        HEAD_CUT,
        BODY_CUT,
        CLOSED_AFTER_THE_ANSWER,
        RESET_AFTER_THE_ANSWER,
        NOT_CARRIED_OUT_AND_CLOSED,
        REFUSED_429,
        REFUSED_503_AT_ONCE,
        REFUSED_1110,
        REFUSED_1010,
        GATEWAY_PAGE_AFTER_CARRYING_OUT,
        GATEWAY_PAGE,
        NO_HTTP,
        SURPLUS_SUCCESS,
        SURPLUS_429,
        SURPLUS_1010,
        SURPLUS_1110,
        SURPLUS_401,
        SURPLUS_503,
        SURPLUS_SUCCESS_LATER,
        SURPLUS_429_LATER,
        SURPLUS_1010_LATER,
        SURPLUS_408_AND_CLOSED,
        PROCESSING_FIRST,
        SWITCHING_PROTOCOLS,
        STATUS_042,
        ODD_204_WITH_A_BODY,
        ODD_204_WITH_A_LENGTH,
        ODD_304_WITH_A_BODY,
        ODD_EMPTY_BODY,
        ODD_LENGTH_TOO_SHORT,
        ODD_TWO_LENGTHS,
        ODD_LENGTH_AND_CHUNKS,
        ODD_JUNK_BEHIND,
        ODD_LINES_BEHIND,
        ODD_103_BEHIND,
        ODD_103_AND_SURPLUS_BEHIND,
        ODD_TRAILERS,
        ODD_CHUNKS_BEFORE_SURPLUS,
        ODD_GZIP_BEFORE_JUNK,
        ODD_HTTP_10,
        ODD_CLOSE_WITHOUT_CLOSING
    }

    FaultyServer(boolean tls) throws IOException {
        this(tls, Sockets.LIBRARYS);
    }

    /**
     * Starts a server.
     *
     * @param tls whether it speaks TLS
     * @param sockets over which sockets it is reached
     */
    FaultyServer(boolean tls, Sockets sockets) throws IOException {
        this.tls = tls;
        this.sockets = sockets;
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        this.keys = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build();
        daemon(this::accept);
    }

    /** Returns a client that trusts this server and reaches it over its kind of sockets. */
    OkHttpClient.Builder http() {
        return sockets.applyTo(new OkHttpClient.Builder(), server.getLocalPort())
                .sslSocketFactory(keys.sslSocketFactory(), keys.trustManager());
    }

    TuyaCloudBuilder client() {
        return TuyaCloud.builder()
                .endpoint((tls ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort())
                .apiKey("fakeapikey0123456789")
                .apiSecret("0123456789abcdef0123456789abcdef")
                .initialToken("3f4eda2bdec17232f67c0b188af3eec1");
    }

    void faults(Faults next) {
        this.faults = next;
    }

    /** Returns how often the command with this body was carried out. */
    int carriedOut(String body) {
        AtomicInteger count = carriedOut.get(body);
        return count == null ? 0 : count.get();
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.get();
    }

    /** Waits until everything is sent that belongs to earlier requests, and has arrived on the loopback interface. */
    void settle() {
        while (busy.get() > 0) {
            LockSupport.parkNanos(DELAY_NANOS / 50);
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
            InputStream in = socket.getInputStream();
            boolean open = true;
            while (open) {
                String head = readHead(in);
                if (head == null) {
                    return;
                }
                Matcher length = LENGTH.matcher(head);
                byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                requests.incrementAndGet();
                busy.incrementAndGet();
                try {
                    open = answer(head, new String(body, StandardCharsets.UTF_8), raw, socket);
                } finally {
                    busy.decrementAndGet();
                }
            }
        }
    }

    /** Returns whether the connection stays open. */
    private boolean answer(String head, String body, Socket raw, Socket socket) throws IOException {
        Matcher line = TARGET.matcher(head);
        if (!line.find()) {
            return false;
        }
        String target = line.group(2);
        if (target.startsWith("/v1.0/token")) {
            write(
                    socket,
                    ok(
                            "{\"access_token\":\"3f4eda2bdec17232f67c0b188af3eec1\",\"refresh_token\":\"r\",\"expire_time\":7200}"));
            return true;
        }
        Fault fault = faults.next(target);
        boolean reads = line.group(1).equals("GET");
        String result = reads ? target.substring(target.lastIndexOf('/') + 1) : "true";
        String success = ok(result);
        if (!reads && !isRefusal(fault)) {
            carriedOut.computeIfAbsent(body, key -> new AtomicInteger()).incrementAndGet();
        }
        switch (fault) {
            case NONE -> write(socket, success);
            case LOST, NOT_CARRIED_OUT_AND_CLOSED -> {
                return false;
            }
            case RESET -> reset(raw);
            case HEAD_CUT -> {
                write(socket, success.substring(0, 30));
                return false;
            }
            case BODY_CUT -> {
                write(socket, success.substring(0, success.length() - 5));
                return false;
            }
            case CLOSED_AFTER_THE_ANSWER -> {
                write(socket, success);
                return false;
            }
            case RESET_AFTER_THE_ANSWER -> {
                write(socket, success);
                LockSupport.parkNanos(DELAY_NANOS);
                reset(raw);
            }
            case REFUSED_429 -> write(socket, http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case REFUSED_503_AT_ONCE ->
                write(
                        socket,
                        http(
                                "503 Unavailable\r\nRetry-After: 0",
                                "{\"success\":false,\"code\":1110,\"msg\":\"busy\"}"));
            case REFUSED_1110 -> write(socket, refusal(1110));
            case REFUSED_1010 -> write(socket, refusal(1010));
            case GATEWAY_PAGE_AFTER_CARRYING_OUT, GATEWAY_PAGE ->
                write(socket, http("502 Bad Gateway", "<html>bad gateway</html>"));
            case NO_HTTP -> write(socket, "busy now\r\n\r\n");
            case SURPLUS_SUCCESS -> write(socket, success + ok("true"));
            case SURPLUS_429 ->
                write(socket, success + http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case SURPLUS_1010 -> write(socket, success + refusal(1010));
            case SURPLUS_1110 -> write(socket, success + refusal(1110));
            case SURPLUS_401 ->
                write(
                        socket,
                        success
                                + http(
                                        "401 Unauthorized",
                                        "{\"success\":false,\"code\":1010,\"msg\":\"token invalid\"}"));
            case SURPLUS_503 ->
                write(
                        socket,
                        success
                                + http(
                                        "503 Unavailable\r\nRetry-After: 0",
                                        "{\"success\":false,\"code\":1110,\"msg\":\"busy\"}"));
            case SURPLUS_SUCCESS_LATER -> later(socket, success, ok("true"));
            case SURPLUS_429_LATER ->
                later(socket, success, http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case SURPLUS_1010_LATER -> later(socket, success, refusal(1010));
            case SURPLUS_408_AND_CLOSED -> {
                later(socket, success, http("408 Request Timeout", ""));
                return false;
            }
            case PROCESSING_FIRST -> write(socket, "HTTP/1.1 102 Processing\r\n\r\n" + success);
            case SWITCHING_PROTOCOLS -> write(socket, "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
            case STATUS_042 -> write(socket, http("042 Odd", "{\"success\":false,\"code\":1010,\"msg\":\"token\"}"));
            default -> write(socket, OddAnswers.of(fault, body(result)));
        }
        return true;
    }

    private static boolean isRefusal(Fault fault) {
        return switch (fault) {
            case NOT_CARRIED_OUT_AND_CLOSED,
                    REFUSED_429,
                    REFUSED_503_AT_ONCE,
                    REFUSED_1110,
                    REFUSED_1010,
                    GATEWAY_PAGE -> true;
            default -> false;
        };
    }

    private static void later(Socket socket, String answer, String surplus) throws IOException {
        write(socket, answer);
        LockSupport.parkNanos(DELAY_NANOS);
        write(socket, surplus);
    }

    private static void reset(Socket raw) throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    private static String ok(String result) {
        return http("200 OK", body(result));
    }

    private static String body(String result) {
        return "{\"success\":true,\"t\":1709294400000,\"result\":" + result + "}";
    }

    private static String refusal(int code) {
        return http("200 OK", "{\"success\":false,\"code\":" + code + ",\"msg\":\"no\",\"t\":1709294400000}");
    }

    private static String http(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private Socket encrypted(Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) keys.sslSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    /** Returns null at the end of the connection. */
    private static @Nullable String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            end = next == "\r\n\r\n".charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
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

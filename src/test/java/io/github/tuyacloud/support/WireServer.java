package io.github.tuyacloud.support;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A server on plain sockets, with or without TLS, that reads HTTP requests and sends whatever bytes a test needs. */
public final class WireServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServerSocket server;
    private final Service service;
    private final @Nullable LoopbackTls tls;
    private final Sockets sockets;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** Serves a connection on its own thread; the connection is closed afterwards. */
    public interface Service {
        void serve(Connection connection) throws IOException;
    }

    /** A request: its head up to the empty line, and its body. */
    public record Request(String head, String body) {

        /** Returns a word of the request line. */
        private String word(int index) {
            return head.substring(0, head.indexOf('\r')).split(" ", 3)[index];
        }

        public String method() {
            return word(0);
        }

        public String target() {
            return word(1);
        }
    }

    public WireServer(Service service) {
        this(null, service);
    }

    public WireServer(@Nullable LoopbackTls tls, Service service) {
        this(tls, Sockets.LIBRARYS, service);
    }

    /**
     * Starts a server.
     *
     * @param tls its certificate, or null for a server without TLS
     * @param sockets the kind of socket that clients use
     * @param service serves its connections
     */
    public WireServer(@Nullable LoopbackTls tls, Sockets sockets, Service service) {
        this.tls = tls;
        this.sockets = sockets;
        this.service = service;
        try {
            server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Returns a server that responds to every request with the same text, which need not be valid HTTP. */
    public static WireServer returning(String response) {
        return new WireServer(connection -> {
            while (connection.next() != null) {
                connection.write(response);
            }
        });
    }

    /** Returns a response; the status may be followed by more lines of the head. */
    public static String response(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** Returns a successful response. */
    public static String success(String result) {
        return response("200 OK", successBody(result));
    }

    public static String successBody(String result) {
        return "{\"success\":true,\"t\":1709294400000,\"result\":" + result + "}";
    }

    /** Returns the address with the scheme for HTTP. */
    public String endpoint() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Configures a client to trust this server and to use its kind of socket. */
    public OkHttpClient.Builder reachedBy(OkHttpClient.Builder http) {
        OkHttpClient.Builder connecting = sockets.applyTo(http, port());
        return tls == null ? connecting : tls.trustedBy(connecting);
    }

    /**
     * Returns the builder of a client that has a token and skips its waits. For TLS, it must still be made to trust
     * the server.
     */
    public TuyaCloudBuilder client() {
        return BuilderHooks.withoutWaits(TuyaCloud.builder())
                .endpoint(endpoint())
                .apiKey("fakeapikey0123456789")
                .apiSecret("0123456789abcdef0123456789abcdef")
                .initialToken("3f4eda2bdec17232f67c0b188af3eec1");
    }

    public int connections() {
        return connections.get();
    }

    /** Returns the number of requests read. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket raw = server.accept();
            int number = connections.incrementAndGet();
            daemon(() -> {
                try (raw) {
                    service.serve(new Connection(number, raw));
                }
            });
        }
    }

    private static void daemon(Connecting task) {
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

    private interface Connecting {
        void run() throws IOException;
    }

    /** The server's end of a connection. */
    public final class Connection {

        private final int number;
        private final Socket raw;
        private final Socket socket;

        private Connection(int number, Socket raw) throws IOException {
            this.number = number;
            this.raw = raw;
            raw.setTcpNoDelay(true);
            if (sockets == Sockets.SOCKS) {
                SocksProxy.greet(raw);
            }
            socket = tls == null ? raw : encrypted(tls);
        }

        private Socket encrypted(LoopbackTls keys) throws IOException {
            SSLSocket encrypted = (SSLSocket) keys.sockets().createSocket(raw, null, raw.getPort(), true);
            encrypted.setUseClientMode(false);
            return encrypted;
        }

        /** Returns the number of the connection, from 1. */
        public int number() {
            return number;
        }

        /** Reads the next request; returns null at the end of the connection. */
        public @Nullable Request next() throws IOException {
            InputStream in = socket.getInputStream();
            String head = head(in);
            if (head == null) {
                return null;
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            requests.incrementAndGet();
            return new Request(head, new String(body, StandardCharsets.UTF_8));
        }

        private static @Nullable String head(InputStream in) throws IOException {
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

        /** Sends a text, one byte for each character. */
        public void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        /** Reads and discards everything, until the connection ends. */
        public void drain() throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        /** Closes the connection, with a {@code close_notify} if it uses TLS. */
        public void close() throws IOException {
            socket.close();
        }

        /** Sends a FIN below TLS; the server can still read. */
        public void finish() throws IOException {
            raw.shutdownOutput();
        }

        public void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Sends a TLS record without application data, a key update. */
        public void updateKeys() throws IOException {
            ((SSLSocket) socket).startHandshake();
        }
    }
}

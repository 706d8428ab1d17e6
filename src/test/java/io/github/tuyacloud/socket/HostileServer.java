package io.github.tuyacloud.socket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A WebSocket server that answers each handshake and then sends whatever bytes a test wants. */
public final class HostileServer implements AutoCloseable {

    /** The first byte of a frame. */
    public static final int TEXT = 0x01;

    public static final int CONTINUATION = 0x00;
    public static final int FINAL = 0x80;
    public static final int PING = 0x89;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final Attack attack;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String extraHeaders = "";

    /** What is sent after a handshake. */
    public interface Attack {

        /** Sends bytes to the connection with a number, from 1; the connection is closed afterwards. */
        void send(OutputStream out, int connection) throws IOException;
    }

    public HostileServer(ServerSocketFactory sockets, Attack attack) throws IOException {
        this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.attack = attack;
        Thread thread = new Thread(this::serve, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    public HostileServer(Attack attack) throws IOException {
        this(ServerSocketFactory.getDefault(), attack);
    }

    /** Adds header lines to the answer to the handshake. */
    public HostileServer headers(String lines) {
        extraHeaders = lines;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** Returns the heads of the requests, in lower case. */
    public Queue<String> requests() {
        return requests;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> attack(socket), "hostile-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void attack(Socket socket) {
        try (socket) {
            shakeHands(socket);
            Thread drain = new Thread(() -> discard(socket), "hostile-reader");
            drain.setDaemon(true);
            drain.start();
            attack.send(socket.getOutputStream(), connections.incrementAndGet());
        } catch (IOException | NoSuchAlgorithmException e) {
            // The client has closed the connection, as it should.
        }
    }

    private static void discard(Socket socket) {
        byte[] buffer = new byte[8192];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                // Answers are not of interest.
            }
        } catch (IOException e) {
            // The connection has ended.
        }
    }

    private void shakeHands(Socket socket) throws IOException, NoSuchAlgorithmException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        String key = "";
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line.toLowerCase(Locale.ROOT)).append('\n');
            if (line.startsWith("Sec-WebSocket-Key: ")) {
                key = line.substring("Sec-WebSocket-Key: ".length());
            }
        }
        requests.add(head.toString());
        byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + extraHeaders + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Returns the header of a frame, with the length in eight bytes. */
    public static byte[] header(int first, long length) {
        return ByteBuffer.allocate(10)
                .put((byte) first)
                .put((byte) 127)
                .putLong(length)
                .array();
    }

    /** Returns a whole text frame. */
    public static byte[] text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(10 + payload.length)
                .put(header(FINAL | TEXT, payload.length))
                .put(payload)
                .array();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

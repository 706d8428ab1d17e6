package io.github.tuyacloud.socket;

import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.WireServer;
import io.github.tuyacloud.support.WireServer.Connection;
import io.github.tuyacloud.support.WireServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A WebSocket server that accepts each handshake and then sends whatever bytes a test needs. */
public final class HostileServer implements AutoCloseable {

    /** The first byte of a frame. */
    public static final int TEXT = 0x01;

    public static final int CONTINUATION = 0x00;
    public static final int FINAL = 0x80;
    public static final int PING = 0x89;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final WireServer server;
    private final Attack attack;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Semaphore handshakes = new Semaphore(0);
    private volatile String extraHeaders = "";

    /** Sends bytes after a handshake. */
    public interface Attack {

        /** Sends bytes to the connection with a number, from 1; the connection is closed afterwards. */
        void send(OutputStream out, int connection) throws IOException;
    }

    public HostileServer(Attack attack) {
        this(null, attack);
    }

    public HostileServer(@Nullable LoopbackTls tls, Attack attack) {
        this.attack = attack;
        this.server = new WireServer(tls, this::serve);
    }

    /** Returns a server that is silent after the handshake, as if the network had broken. */
    public static HostileServer silent() {
        return new HostileServer((out, connection) -> LockSupport.park());
    }

    /** Adds header lines to the response to the handshake. */
    public HostileServer headers(String lines) {
        extraHeaders = lines;
        return this;
    }

    public int port() {
        return server.port();
    }

    public int connections() {
        return server.connections();
    }

    /** Waits until that many more handshakes were accepted. */
    public boolean awaitHandshakes(int count) throws InterruptedException {
        return handshakes.tryAcquire(count, 20, TimeUnit.SECONDS);
    }

    /** Returns the heads of the requests, in lower case. */
    public Queue<String> requests() {
        return requests;
    }

    private void serve(Connection connection) throws IOException {
        Request handshake = connection.next();
        if (handshake == null) {
            return;
        }
        requests.add(handshake.head().toLowerCase(Locale.ROOT));
        connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + extraHeaders + "Sec-WebSocket-Accept: " + proof(handshake.head()) + "\r\n\r\n");
        handshakes.release();
        Thread drain = new Thread(() -> drain(connection), "hostile-reader");
        drain.setDaemon(true);
        drain.start();
        attack.send(connection.out(), connection.number());
    }

    private static void drain(Connection connection) {
        try {
            connection.drain();
        } catch (IOException e) {
            // The connection has ended.
        }
    }

    private static String proof(String head) {
        String key = head.replaceAll("(?is).*\r\nSec-WebSocket-Key: (\\S+)\r\n.*", "$1");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
    public void close() {
        server.close();
    }
}

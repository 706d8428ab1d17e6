package io.github.tuyacloud.bench.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The message service for benchmarks, a separate process: sends messages endlessly, but never more unacknowledged
 * ones than the client allows. It checks nothing. It ends when its standard input ends.
 */
public final class MessageServerMain {

    /** The secret that messages are encrypted with. */
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final int PAYLOADS = 1000;
    private static final int DEVICES = 100;

    /** The start of the ids of those devices, which are also the first ones of the server's lists. */
    private static final String DEVICE = "bf0000000000000000";

    private static final Instant OLD = Instant.ofEpochMilli(1_588_925_778_123L);
    private static final DateTimeFormatter PUBLISHED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final int MEDIUM = 126;
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final byte[] PONG_FRAME = {(byte) 0x8a, 0};
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern QUEUE = Pattern.compile("receiverQueueSize=(\\d+)");
    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)", Pattern.CASE_INSENSITIVE);

    private final byte[][] tails = new byte[PAYLOADS][];
    private final boolean timed;

    private MessageServerMain(boolean timed) throws GeneralSecurityException {
        this.timed = timed;
        for (int i = 0; i < PAYLOADS; i++) {
            tails[i] = tail(i, OLD);
        }
    }

    /**
     * Serves until its standard input ends. Usually it sends the same thousand contents again and again; with the
     * argument {@code timed}, each message is new and has the current time.
     */
    public static void main(String[] arguments) throws Exception {
        MessageServerMain server = new MessageServerMain(List.of(arguments).contains("timed"));
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> server.accept(socket));
        accepting.setDaemon(true);
        accepting.start();
        System.out.println("ws://127.0.0.1:" + socket.getLocalPort());
        while (System.in.read() >= 0) {
            // until the end
        }
    }

    private void accept(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                serve(socket);
            } catch (IOException | GeneralSecurityException | InterruptedException e) {
                // The client has disconnected; another one will connect.
            }
        }
    }

    private void serve(Socket socket) throws IOException, GeneralSecurityException, InterruptedException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        Semaphore places = new Semaphore(shakeHands(in, out));
        Thread reader = new Thread(() -> countResponses(in, out, places));
        reader.setDaemon(true);
        reader.start();
        for (long number = 0; !socket.isClosed() && reader.isAlive(); number++) {
            if (!places.tryAcquire()) {
                synchronized (out) {
                    out.flush();
                }
                places.acquire();
            }
            synchronized (out) {
                send(out, number);
            }
        }
    }

    private static int shakeHands(DataInputStream in, OutputStream out) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        String request = head.toString(StandardCharsets.US_ASCII);
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((group(KEY, request) + MAGIC).getBytes(StandardCharsets.US_ASCII));
        out.write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return Integer.parseInt(group(QUEUE, request));
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in the request");
        }
        return matcher.group(1);
    }

    private static void countResponses(DataInputStream in, OutputStream out, Semaphore places) {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0xf;
                int length = in.readUnsignedByte() & 0x7f;
                in.skipNBytes(4 + (length == MEDIUM ? in.readUnsignedShort() : length));
                if (opcode == TEXT) {
                    places.release();
                } else if (opcode == PING) {
                    synchronized (out) {
                        out.write(PONG_FRAME);
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            places.release(1 << 20); // wakes the sender, whose next write fails
        }
    }

    private void send(OutputStream out, long number) throws IOException, GeneralSecurityException {
        byte[] id = Base64.getEncoder()
                .encode(ByteBuffer.allocate(6)
                        .put((byte) 16)
                        .put((byte) 1)
                        .putInt((int) number | 0x08000000)
                        .array());
        byte[] tail = timed ? tail((int) number, Instant.now()) : tails[(int) (number % PAYLOADS)];
        byte[] start = "{\"messageId\":\"".getBytes(StandardCharsets.US_ASCII);
        int length = start.length + id.length + tail.length;
        out.write(0x81);
        out.write(MEDIUM);
        out.write(length >> 8);
        out.write(length);
        out.write(start);
        out.write(id);
        out.write(tail);
    }

    private static byte[] tail(int number, Instant now) throws GeneralSecurityException {
        String device = DEVICE + String.valueOf(DEVICES + number % DEVICES).substring(1);
        long time = now.toEpochMilli();
        String content = "{\"dataId\":\"00065C52DC74B28295BBF86100000\",\"devId\":\"" + device
                + "\",\"productKey\":\"xjuuufndz8qezkud\",\"status\":[{\"code\":\"cur_power\",\"t\":" + time
                + ",\"value\":"
                + number + ",\"20\":\"" + number
                + "\"},{\"code\":\"switch_1\",\"t\":" + time + ",\"value\":true,\"1\":\"true\"}]}";
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(12).putInt(number).array();
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(SECRET.substring(8, 24).getBytes(StandardCharsets.US_ASCII), "AES"),
                new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
        byte[] data =
                ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
        String envelope = "{\"data\":\"" + Base64.getEncoder().encodeToString(data)
                + "\",\"protocol\":4,\"pv\":\"2.0\",\"sign\":\"0123456789abcdef0123456789abcdef\",\"t\":" + time + "}";
        return ("\",\"payload\":\""
                        + Base64.getEncoder().encodeToString(envelope.getBytes(StandardCharsets.UTF_8))
                        + "\",\"properties\":{\"em\":\"aes_gcm\",\"tid\":\"0123456789\"},"
                        + "\"publishTime\":\""
                        + now.truncatedTo(ChronoUnit.MILLIS)
                                .atOffset(ZoneOffset.UTC)
                                .format(PUBLISHED)
                        + "\",\"redeliveryCount\":0,\"key\":\"" + device
                        + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}

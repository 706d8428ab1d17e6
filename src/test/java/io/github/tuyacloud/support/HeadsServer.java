package io.github.tuyacloud.support;

import static io.github.tuyacloud.BuilderHooks.sleeper;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers every request with the same bytes, which need not be valid HTTP. */
public final class HeadsServer implements AutoCloseable {

    /** A successful answer. */
    public static final String SUCCESS = ok("");

    /** Closes its first connection after the first answer; later connections stay open. */
    public static final boolean HANG_UP = true;

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final String answer;
    private final boolean hangUp;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    public HeadsServer(String answer, boolean hangUp) throws IOException {
        this.answer = answer;
        this.hangUp = hangUp;
        daemon(this::accept);
    }

    /** Returns a successful answer with one more line in its head. */
    public static String ok(String headLine) {
        String body = "{\"success\":true,\"t\":1709294400000,\"result\":true}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                + headLine + "\r\n" + body;
    }

    public TuyaCloudBuilder client() {
        return sleeper(
                TuyaCloud.builder()
                        .endpoint("http://127.0.0.1:" + server.getLocalPort())
                        .apiKey("fakeapikey0123456789")
                        .apiSecret("0123456789abcdef0123456789abcdef")
                        .initialToken("3f4eda2bdec17232f67c0b188af3eec1"),
                wait -> {});
    }

    public int requests() {
        return requests.get();
    }

    public int connections() {
        return connections.get();
    }

    public void awaitHungUp() throws InterruptedException {
        if (!hungUp.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no request arrived");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            boolean first = connections.incrementAndGet() == 1;
            daemon(() -> serve(socket, first && hangUp));
        }
    }

    private void serve(Socket socket, boolean once) throws IOException {
        try (socket) {
            while (readRequest(socket.getInputStream())) {
                requests.incrementAndGet();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                if (once) {
                    break;
                }
            }
        }
        hungUp.countDown();
    }

    /** Returns false at the end of the connection. */
    private static boolean readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return true;
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The client has closed the connection, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

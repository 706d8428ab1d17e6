package io.github.tuyacloud.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** One connection of the benchmark server: reads the heads of GETs and writes each answer in one piece. */
final class Connection implements Runnable {

    private static final int LARGEST_HEAD = 32 * 1024;
    private static final int END_OF_HEAD = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    private final ServerMain server;
    private final Socket socket;
    private final byte[] head = new byte[LARGEST_HEAD];

    Connection(ServerMain server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int length = readHead(in); length > 0; length = readHead(in)) {
                server.requests.incrementAndGet();
                byte[] answer = server.answers.to(target(length));
                await(server.latencyNanos);
                out.write(answer);
            }
        } catch (IOException e) {
            // The client has gone: so does the connection.
        }
    }

    /** Finer than sleeping, which Java 17 counts in whole milliseconds. */
    private static void await(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Reads up to the empty line; there is no body behind it, and no second request before the answer. */
    private int readHead(InputStream in) throws IOException {
        int length = 0;
        int lastFour = 0;
        while (true) {
            int count = in.read(head, length, head.length - length);
            if (count <= 0) {
                return 0;
            }
            for (int end = length + count; length < end; length++) {
                lastFour = lastFour << 8 | head[length];
            }
            if (lastFour == END_OF_HEAD) {
                return length;
            }
        }
    }

    /** What stands between the first two spaces. */
    private String target(int length) {
        int start = indexOf(' ', 0, length) + 1;
        return new String(head, start, indexOf(' ', start, length) - start, StandardCharsets.ISO_8859_1);
    }

    private int indexOf(char wanted, int from, int to) {
        int at = from;
        while (at < to && head[at] != wanted) {
            at++;
        }
        return at;
    }
}

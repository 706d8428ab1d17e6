package io.github.tuyacloud.bench.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** One connection of the benchmark server: reads one request after the other and writes each response in one piece. */
final class Connection implements Runnable {

    private static final int LARGEST_REQUEST = 32 * 1024;
    private static final int END_OF_HEAD = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';
    private static final String LENGTH = "content-length: ";

    private final ServerMain server;
    private final Socket socket;
    private final byte[] request = new byte[LARGEST_REQUEST];

    Connection(ServerMain server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int length = readRequest(in); length > 0; length = readRequest(in)) {
                server.requests.incrementAndGet();
                byte[] response = server.responses.to(target(length));
                await(server.latencyNanos);
                out.write(response);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    /** Waits more precisely than {@code Thread.sleep}, which has a resolution of a millisecond on Java 17. */
    private static void await(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Returns the length of the head; the client sends no second request before the response. */
    private int readRequest(InputStream in) throws IOException {
        int read = 0;
        int lastFour = 0;
        int head = 0;
        while (head == 0) {
            int count = in.read(request, read, request.length - read);
            if (count <= 0) {
                return 0;
            }
            for (int end = read + count; read < end; read++) {
                lastFour = lastFour << 8 | request[read];
                if (lastFour == END_OF_HEAD && head == 0) {
                    head = read + 1;
                }
            }
        }
        if (request[0] == 'P' && in.readNBytes(request, read, head + bodyLength(head) - read) < 0) {
            throw new EOFException();
        }
        return head;
    }

    private int bodyLength(int head) {
        String lines = new String(request, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = lines.indexOf(LENGTH);
        return at < 0 ? 0 : Integer.parseInt(lines.substring(at + LENGTH.length(), lines.indexOf('\r', at)));
    }

    /** Returns the text between the first two spaces. */
    private String target(int length) {
        int start = indexOf(' ', 0, length) + 1;
        return new String(request, start, indexOf(' ', start, length) - start, StandardCharsets.ISO_8859_1);
    }

    private int indexOf(char wanted, int from, int to) {
        int at = from;
        while (at < to && request[at] != wanted) {
            at++;
        }
        return at;
    }
}

package io.github.tuyacloud.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards TCP connections to a port of this machine and can cut all of them. */
final class CuttableProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile boolean blocked;

    CuttableProxy(int target) throws IOException {
        this.target = target;
        inBackground(this::accept);
    }

    String webSocketEndpoint() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    /** Cuts all connections; new ones are accepted again. */
    void cut() {
        open.forEach(CuttableProxy::reset);
        open.clear();
    }

    /** Cuts all connections, and each new one immediately, until {@link #unblock}. */
    void block() {
        blocked = true;
        cut();
    }

    /** Accepts connections again. */
    void unblock() {
        blocked = false;
    }

    private static void reset(Socket socket) {
        try (socket) {
            // an RST instead of a FIN
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // the other side has already closed it
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            open.add(client);
            if (blocked) {
                cut();
            } else {
                inBackground(() -> forward(client));
            }
        }
    }

    /** Forwards one connection; if the target is down, only that connection is closed. */
    private void forward(Socket client) throws IOException {
        try (client;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(broker);
            inBackground(() -> copy(client, broker));
            copy(broker, client);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException cutOrClosed) {
                // expected: the connection was cut
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

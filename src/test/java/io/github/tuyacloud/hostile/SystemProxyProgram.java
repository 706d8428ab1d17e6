package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.WireServer;
import io.github.tuyacloud.support.WireServer.Connection;
import io.github.tuyacloud.support.WireServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Uses the library's own client through a proxy that is set for the whole JVM, and prints what happened. */
final class SystemProxyProgram {

    private static final int READS = 40;
    private static final int COMMANDS = 20;

    private static final AtomicInteger RESPONSES = new AtomicInteger();
    private static final Map<String, AtomicInteger> CARRIED_OUT = new ConcurrentHashMap<>();
    private static final AtomicInteger PROXIED = new AtomicInteger();

    private SystemProxyProgram() {}

    /** Runs the program: kind of proxy, whether the server uses TLS, file for its certificate. */
    public static void main(String[] args) throws Exception {
        boolean socks = args[0].equals("socks");
        @Nullable LoopbackTls tls = null;
        if (Boolean.parseBoolean(args[1])) {
            tls = new LoopbackTls();
            tls.trustedByThisJvm(Path.of(args[2]));
        }
        try (WireServer server =
                new WireServer(tls, socks ? Sockets.SOCKS : Sockets.LIBRARYS, SystemProxyProgram::serve)) {
            int port = tls == null || socks ? server.port() : tunnel(server.port());
            System.setProperty("http.nonProxyHosts", "");
            System.setProperty("socksNonProxyHosts", "");
            for (String prefix : socks ? new String[] {"socksProxy"} : new String[] {"http.proxy", "https.proxy"}) {
                System.setProperty(prefix + "Host", "127.0.0.1");
                System.setProperty(prefix + "Port", Integer.toString(port));
            }
            try (TuyaCloud cloud = server.client().build()) {
                read(cloud);
                command(cloud);
            }
            System.out.println("proxied: " + (socks || PROXIED.get() > 0));
        }
    }

    private static void read(TuyaCloud cloud) {
        int right = 0;
        int wrong = 0;
        int failed = 0;
        for (int i = 0; i < READS; i++) {
            try {
                Object result = cloud.cloudRequest("/v1.0/echo/" + i, "GET", null, null)
                        .asMap()
                        .get("result");
                if (String.valueOf(i).equals(String.valueOf(result))) {
                    right++;
                } else {
                    wrong++;
                }
            } catch (TuyaException e) {
                failed++;
                System.out.println(e);
            }
        }
        System.out.println("reads: " + right + " right, " + wrong + " wrong, " + failed + " failed");
    }

    private static void command(TuyaCloud cloud) {
        int wrong = 0;
        for (int i = 0; i < COMMANDS; i++) {
            String outcome = "success";
            int least = 1;
            int most = 1;
            try {
                cloud.sendCommand("bf1", Command.of("countdown_1", i));
            } catch (TuyaTransportException e) {
                outcome = e.toString();
                least = 0;
                most = e.sent() == Sent.NO ? 0 : 1;
            }
            AtomicInteger count = CARRIED_OUT.get("{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + i + "}]}");
            int times = count == null ? 0 : count.get();
            if (times < least || times > most) {
                wrong++;
                System.out.println("command " + i + " carried out " + times + " times: " + outcome);
            }
        }
        System.out.println("commands: " + wrong + " wrong");
    }

    private static void serve(Connection connection) throws IOException {
        Request request = connection.next();
        while (request != null) {
            String target = request.target();
            if (target.startsWith("http://")) {
                PROXIED.incrementAndGet();
            }
            boolean reads = request.method().equals("GET");
            if (!reads) {
                CARRIED_OUT
                        .computeIfAbsent(request.body(), body -> new AtomicInteger())
                        .incrementAndGet();
            }
            String response = WireServer.success(reads ? target.substring(target.lastIndexOf('/') + 1) : "true");
            switch (RESPONSES.incrementAndGet() % 6) {
                case 2 -> connection.write(response + WireServer.success("\"of another request\""));
                case 4 ->
                    connection.write(response
                            + WireServer.response("200 OK", "{\"success\":false,\"code\":1110,\"msg\":\"busy\"}"));
                case 0 -> {
                    connection.write(response);
                    return;
                }
                default -> connection.write(response);
            }
            request = connection.next();
        }
    }

    /** Starts an HTTP proxy that opens tunnels to a port. Returns its own port. */
    private static int tunnel(int port) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                Socket client = proxy.accept();
                InputStream in = client.getInputStream();
                int end = 0;
                while (end < 4) {
                    int next = in.read();
                    end = next == "\r\n\r\n".charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
                }
                PROXIED.incrementAndGet();
                Socket server = new Socket(Proxy.NO_PROXY);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                daemon(() -> pass(client, server));
                daemon(() -> pass(server, client));
            }
        });
        return proxy.getLocalPort();
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

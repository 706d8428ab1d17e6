package io.github.tuyacloud.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the fake cloud: HTTP/1.1 only, without logging and without a record of requests. */
final class FakeServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    /** Referenced from here because java.util.logging otherwise drops the logger, and its level with it. */
    private final Logger logger = Logger.getLogger(MockWebServer.class.getName());

    private final boolean secure;
    private final LoopbackServerSocketFactory sockets;

    FakeServer(Dispatcher dispatcher, @Nullable SSLSocketFactory tls) {
        if (logger.getLevel() == null) {
            logger.setLevel(Level.WARNING);
        }
        secure = tls != null;
        if (tls != null) {
            server.useHttps(tls);
        }
        sockets = new LoopbackServerSocketFactory(secure);
        server.setServerSocketFactory(sockets);
        // HTTP/2 would send everything over one connection, and connections could not be counted.
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.setDispatcher(new UnrecordedDispatcher(server, dispatcher));
        try {
            server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the fake cloud could not open a port on 127.0.0.1", e);
        }
    }

    int port() {
        return server.getPort();
    }

    String endpoint() {
        return (secure ? "https" : "http") + "://127.0.0.1:" + port();
    }

    String messageEndpoint() {
        return (secure ? "wss" : "ws") + "://127.0.0.1:" + port();
    }

    void cutConnections() {
        sockets.cutConnections();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Removes each request from the server's queue, which otherwise keeps all of them. */
    private static final class UnrecordedDispatcher extends Dispatcher {
        private final MockWebServer server;
        private final Dispatcher delegate;

        UnrecordedDispatcher(MockWebServer server, Dispatcher delegate) {
            this.server = server;
            this.delegate = delegate;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
                // Removes it; its content does not matter.
            }
            return delegate.dispatch(request);
        }
    }
}

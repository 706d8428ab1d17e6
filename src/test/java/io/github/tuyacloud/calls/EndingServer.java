package io.github.tuyacloud.calls;

import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.WireServer;
import io.github.tuyacloud.support.WireServer.Connection;
import io.github.tuyacloud.support.WireServer.Request;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A server that responds to every request with success and, once the caller has the response, closes or disturbs the
 * connection; with or without TLS.
 */
final class EndingServer implements AutoCloseable {

    private final WireServer server;
    private final Supplier<After> after;
    private final Map<String, AtomicInteger> bodies = new ConcurrentHashMap<>();
    private final Semaphore responses = new Semaphore(0);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final Semaphore done = new Semaphore(0);

    /** What happens to a connection right after a response. */
    enum After {
        /** Nothing. */
        STAY(true),
        /** It is closed; under TLS with a {@code close_notify}. */
        CLOSE(false),
        /** It is closed below TLS: only a FIN arrives. */
        FIN(false),
        /** It is reset. */
        RESET(false),
        /**
         * An unsolicited response arrives, such as the one that some servers send before closing an idle connection.
         */
        RESPONSE_408(false),
        /** An unsolicited response arrives, then the connection is closed. */
        RESPONSE_408_AND_CLOSE(false),
        /** Nothing, but the next request is read and the connection is reset without a response. */
        HANG_UP(false),
        /** Nothing, but later requests get no response. */
        NO_MORE_RESPONSES(false),
        /** A TLS record without application data arrives, such as a session ticket. */
        KEY_UPDATE(true);

        private final boolean stays;

        After(boolean stays) {
            this.stays = stays;
        }

        boolean stays() {
            return stays;
        }
    }

    EndingServer(boolean secure, Supplier<After> after) {
        this(secure, Sockets.LIBRARYS, after);
    }

    /**
     * Starts a server.
     *
     * @param secure whether it speaks TLS
     * @param sockets the kind of socket that clients use
     * @param after decides what happens after a response
     */
    EndingServer(boolean secure, Sockets sockets, Supplier<After> after) {
        this.after = after;
        this.server = new WireServer(secure ? new LoopbackTls() : null, sockets, this::serve);
    }

    /** Returns the builder of a client that trusts this server and never retries. */
    TuyaCloudBuilder client(OkHttpClient.Builder http) {
        return server.client()
                .retryPolicy(RetryPolicy.none())
                .httpClient(server.reachedBy(http).build());
    }

    /** Returns the number of requests with this body. */
    int arrived(String body) {
        AtomicInteger count = bodies.get(body);
        return count == null ? 0 : count.get();
    }

    int requests() {
        return server.requests();
    }

    int connections() {
        return server.connections();
    }

    /** Holds the next responses back until this many requests have arrived. */
    void holdResponses(int number) {
        held = new CountDownLatch(number);
    }

    /**
     * Lets the server continue, and waits until its effect on the connection has arrived over the loopback interface.
     */
    void proceed() {
        responses.release();
        try {
            if (!done.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no response was sent");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Connection connection) throws IOException {
        After last = After.STAY;
        while (last.stays()) {
            if (read(connection) == null) {
                return;
            }
            last = after.get();
            awaitHeld();
            connection.write(WireServer.success("true"));
            responses.acquireUninterruptibly();
            act(last, connection);
            done.release();
        }
        // Requests that still arrive on a connection that is not closed yet are counted too.
        while (read(connection) != null) {
            if (last == After.HANG_UP) {
                connection.reset();
            }
        }
    }

    private @Nullable Request read(Connection connection) throws IOException {
        Request request = connection.next();
        if (request != null) {
            bodies.computeIfAbsent(request.body(), key -> new AtomicInteger()).incrementAndGet();
        }
        return request;
    }

    private void awaitHeld() {
        held.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void act(After next, Connection connection) throws IOException {
        switch (next) {
            case STAY, HANG_UP, NO_MORE_RESPONSES -> {}
            case CLOSE -> connection.close();
            case FIN -> connection.finish();
            case RESET -> connection.reset();
            case RESPONSE_408 -> connection.write(WireServer.response("408 Request Timeout", ""));
            case RESPONSE_408_AND_CLOSE -> {
                connection.write(WireServer.response("408 Request Timeout\r\nConnection: close", ""));
                connection.close();
            }
            case KEY_UPDATE -> connection.updateKeys();
        }
    }
}

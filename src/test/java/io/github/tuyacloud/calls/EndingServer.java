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
 * A server that answers every request with success and, once the caller has the answer, closes or disturbs the connection;
 * with or without TLS.
 */
final class EndingServer implements AutoCloseable {

    private final WireServer server;
    private final Supplier<After> after;
    private final Map<String, AtomicInteger> bodies = new ConcurrentHashMap<>();
    private final Semaphore answered = new Semaphore(0);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final Semaphore done = new Semaphore(0);

    /** What happens to a connection right after an answer. */
    enum After {
        /** Nothing. */
        STAY(true),
        /** It is closed; under TLS with a {@code close_notify}. */
        CLOSE(false),
        /** It is closed below TLS: only a FIN arrives. */
        FIN(false),
        /** It is reset. */
        RESET(false),
        /** An unsolicited answer arrives, such as servers send before closing an idle connection. */
        ANSWER_408(false),
        /** An unsolicited answer arrives, then the connection is closed. */
        ANSWER_408_AND_CLOSE(false),
        /** Nothing, but the next request is read and the connection is reset without an answer. */
        HANG_UP(false),
        /** Nothing, but later requests get no answer. */
        NO_MORE_ANSWERS(false),
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
     * @param sockets over which sockets it is reached
     * @param after decides what happens after an answer
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

    /** Returns how often a request with this body arrived. */
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

    /** Holds the next answers back until this many requests have arrived. */
    void holdAnswers(int number) {
        held = new CountDownLatch(number);
    }

    /** Lets the server act on the connection, and waits until the effect has arrived on the loopback interface. */
    void goOn() throws InterruptedException {
        answered.release();
        if (!done.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer was sent");
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
            answered.acquireUninterruptibly();
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
            case STAY, HANG_UP, NO_MORE_ANSWERS -> {}
            case CLOSE -> connection.close();
            case FIN -> connection.finish();
            case RESET -> connection.reset();
            case ANSWER_408 -> connection.write(WireServer.answer("408 Request Timeout", ""));
            case ANSWER_408_AND_CLOSE -> {
                connection.write(WireServer.answer("408 Request Timeout\r\nConnection: close", ""));
                connection.close();
            }
            case KEY_UPDATE -> connection.updateKeys();
        }
    }
}

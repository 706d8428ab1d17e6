package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a write from being sent twice, and every request off a connection that has ended or has received something
 * unsolicited. Also records when a request is about to be sent.
 *
 * <p>OkHttp repeats a request on its own, with the same and possibly stale signature, after 503 with
 * {@code Retry-After: 0} and in a few other cases. The header is therefore hidden from it, and one-shot bodies
 * prevent the other cases unless the user's interceptors replace the body.
 *
 * <p>Added after the user's interceptors, twice: as a network interceptor, it guards each exchange; as an application
 * interceptor, it sees which failures come from OkHttp.
 */
final class SendOnceInterceptor implements Interceptor {

    private static final int FIRST_FINAL_STATUS = 200;

    private final InterruptibleSocketFactory sockets;
    private final ThreadLocal<@Nullable Progress> current = new ThreadLocal<>();

    /** The states of the connections whose reads cannot be counted. */
    private final Map<Connection, AtomicInteger> uncounted = new WeakHashMap<>();

    /**
     * Creates an interceptor.
     *
     * @param sockets finds the socket that counts the reads of a connection
     */
    SendOnceInterceptor(InterruptibleSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Progress progress = progressOf(chain);
        Connection connection = chain.connection();
        if (connection != null) {
            return exchange(chain, connection, progress);
        }
        progress.passed();
        try {
            return chain.proceed(chain.request());
        } catch (IOException e) {
            progress.failed(e);
            throw e;
        }
    }

    /**
     * Sets the progress of the current thread's call, which needs no tag then. Null clears it.
     *
     * <p>A tag takes seven milliseconds of a program's first call, in which OkHttp loads Kotlin's reflection.
     */
    void bind(@Nullable Progress progress) {
        if (progress == null) {
            current.remove();
        } else {
            current.set(progress);
        }
    }

    /** Takes the tag from the call, because an interceptor may have replaced the request or changed the thread. */
    private Progress progressOf(Chain chain) {
        @Nullable Progress bound = current.get();
        return bound != null
                ? bound
                : Objects.requireNonNull(chain.call().request().tag(Progress.class));
    }

    private Response exchange(Chain chain, Connection connection, Progress progress) throws IOException {
        Request request = chain.request();
        boolean withBody = request.body() != null;
        Socket socket = connection.socket();
        @Nullable ObservedSocket observed = sockets.below(socket);
        progress.send(observed == null ? stateOf(connection) : observed.state(), withBody);
        progress.observedBy(observed);
        if (progress.distrusts() || ConnectionProbe.hasEnded(socket, observed, withBody, progress)) {
            progress.connectionEnded();
            throw new IOException(ConnectionProbe.ENDED);
        }
        if (socket.getChannel() == null) {
            progress.followInterrupts();
        } else if (chain.readTimeoutMillis() != 0) {
            // OkHttp enforces read timeouts itself. With a timeout of its own, the socket would switch the mode of
            // its channel for each read.
            socket.setSoTimeout(0);
        }
        progress.step();
        if (observed == null && !InterruptibleSocketFactory.ANDROID) {
            // If the connection were reused, a surplus response could not be told from the response to the next
            // request.
            request = request.newBuilder().header("Connection", "close").build();
        }
        long reads = observed == null ? 0 : observed.reads();
        Response response = proceed(chain, request);
        progress.step();
        if (progress.connectionHadEnded()) { // OkHttp may nevertheless have found a response
            throw new IOException(ConnectionProbe.ENDED);
        }
        if (observed != null && observed.reads() == reads) {
            throw new IOException("a response arrived before the request was sent");
        }
        progress.received(response);
        if (response.code() < FIRST_FINAL_STATUS) {
            throw new ProtocolException("not a final response");
        }
        return response.header("Retry-After") == null
                ? response
                : response.newBuilder().removeHeader("Retry-After").build();
    }

    /**
     * Replaces runtime exceptions of OkHttp: it throws all kinds of them for malformed headers, such as a negative
     * length, and their messages may quote the response. Those of the user's event listeners and sockets are not
     * replaced.
     */
    private static Response proceed(Chain chain, Request request) throws IOException {
        try {
            return chain.proceed(request);
        } catch (RuntimeException e) {
            if (isFromOkHttp(e)) {
                throw new ProtocolException(e.getClass().getName());
            }
            throw e;
        }
    }

    private static boolean isFromOkHttp(RuntimeException e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("kotlin.")) {
                return name.startsWith("okhttp3.") || name.startsWith("okio.");
            }
        }
        return true;
    }

    private AtomicInteger stateOf(Connection connection) {
        synchronized (uncounted) {
            @Nullable AtomicInteger state = uncounted.get(connection);
            if (state == null) {
                state = new AtomicInteger(Progress.NEW);
                uncounted.put(connection, state);
            }
            return state;
        }
    }
}

package io.github.tuyacloud.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Tracks one request: whether it may have been sent, and over which connection. Attached to the call, because the
 * user's interceptors may replace or repeat the request.
 */
final class Progress {

    /** The state of a connection that has not been used for a request. */
    static final int NEW = 0;

    /** The state of a connection that has been used for a request. */
    private static final int USED = 1;

    /** The state after an unusable response: the next bytes may still belong to it. */
    private static final int DISTRUSTED = 2;

    private final boolean write;
    private final boolean intercepted;
    private final long stepNanos;
    private TimeoutWatchdog.@Nullable Watched watched;
    private @Nullable AtomicInteger state;
    private @Nullable ObservedSocket socket;
    private long readsOfResponse;
    private @Nullable IOException failure;
    private @Nullable Response response;
    private @Nullable ByteString responseBody;
    private boolean reached;
    private boolean reachedBefore;
    private boolean sentElsewhere;
    private boolean copied;
    private boolean over;
    private boolean reused;
    private boolean ended;
    private @Nullable String retryAfter;

    /**
     * Creates the progress of a request.
     *
     * @param write whether the request must not be sent twice
     * @param intercepted whether the user's client has interceptors
     * @param stepNanos the time limit of each step
     */
    Progress(boolean write, boolean intercepted, long stepNanos) {
        this.write = write;
        this.intercepted = intercepted;
        this.stepNanos = stepNanos;
    }

    /** Sets the watchdog entry of the call. */
    void watchedBy(TimeoutWatchdog.Watched watched) {
        this.watched = watched;
    }

    /** Cancels the call if its thread is interrupted, for a socket that does not notice that. */
    void followInterrupts() {
        if (watched != null) {
            watched.followInterrupts();
        }
    }

    /** Records that a step is complete, which restarts the time limit. */
    void step() {
        if (watched != null) {
            watched.allow(stepNanos);
        }
    }

    /**
     * Records that a request is about to be sent.
     *
     * @param connection the state of its connection
     * @param withBody whether it has a body, as every write does
     * @throws IOException if it may have been sent before and must not be sent twice
     */
    synchronized void send(AtomicInteger connection, boolean withBody) throws IOException {
        if (over) {
            throw new IOException("an interceptor tried to send the request after its call");
        }
        if (reached && (write || withBody)) {
            throw new IOException("an interceptor tried to repeat the request");
        }
        reachedBefore = reached;
        reached = true;
        response = null;
        responseBody = null;
        ended = false;
        state = connection;
        reused = !connection.compareAndSet(NEW, USED);
    }

    /** Returns whether the connection must not be used for further requests. */
    synchronized boolean distrusts() {
        return state != null && state.get() == DISTRUSTED;
    }

    /** Sets the socket of the connection; null if its reads cannot be counted. */
    synchronized void observedBy(@Nullable ObservedSocket observed) {
        socket = observed;
    }

    /** Records that the response is complete. */
    synchronized void complete() {
        readsOfResponse = socket == null ? 0 : socket.reads();
    }

    /** Returns whether another response has arrived on the connection before its next request. */
    synchronized boolean isFollowed() {
        return socket != null && socket.hasSurplus(readsOfResponse);
    }

    /** Returns whether the connection has been used for an earlier request. */
    synchronized boolean reusesConnection() {
        return reused;
    }

    /** Records that the request was not sent because its connection had ended. */
    synchronized void connectionEnded() {
        reached = reachedBefore;
        ended = true;
    }

    /** Records the response; for a write that interceptors see, also its body. */
    void received(Response response) throws IOException {
        // Not under the lock, because this waits for the network.
        ByteString body = write && intercepted ? ResponseText.of(response) : null;
        synchronized (this) {
            this.response = response;
            responseBody = body;
            retryAfter = response.header("Retry-After");
        }
    }

    /** Records that the last of the user's interceptors has passed on the request. */
    synchronized void passed() {
        failure = null;
        copied = false;
    }

    /** Records the failure of the request before the user's interceptors see it. */
    synchronized void failed(IOException e) {
        failure = e;
    }

    /**
     * Records that the body is being read. If this request is not being sent, an interceptor sends the body with
     * another client, or copies it. Copies are harmless, as for a log, unless they are made after the request has
     * failed.
     *
     * @param copy whether it is read into memory
     */
    synchronized void bodyRead(boolean copy) {
        if (!reached) {
            sentElsewhere |= !copy;
            copied |= failure != null;
        }
    }

    /** Prevents interceptors from sending the request later, because its outcome is about to be determined. */
    synchronized void end() {
        over = true;
    }

    /**
     * Returns whether the request may have been sent. An interceptor that fails may have sent the request by other
     * means.
     */
    synchronized boolean mayHaveBeenSent(IOException e) {
        return reached || intercepted && (sentElsewhere || copied || !isOrContains(e, failure));
    }

    /** Returns whether the request may have been sent over a connection. */
    synchronized boolean reached() {
        return reached;
    }

    /** Returns whether the request was not sent because its connection had ended. */
    synchronized boolean connectionHadEnded() {
        return ended;
    }

    /** Returns whether a reused connection failed before a response arrived. */
    synchronized boolean reusedConnectionFailed() {
        return reused && !ended && response == null;
    }

    /**
     * Returns whether a response is the one that arrived over the connection, neither changed nor replaced by an
     * interceptor.
     */
    synchronized boolean isOriginal(Response candidate, @Nullable Buffer body) {
        if (!write || !intercepted) {
            return true; // harmless for reads
        }
        return response != null
                && response.code() == candidate.code()
                && body != null
                && responseBody != null
                && body.size() == responseBody.size()
                && body.snapshot().equals(responseBody);
    }

    /** Returns the {@code Retry-After} header of the response, or null. */
    synchronized @Nullable String retryAfter() {
        return retryAfter;
    }

    /** Marks the response as unusable: its connection is not used for further requests. */
    synchronized void distrust() {
        if (state != null) {
            state.set(DISTRUSTED);
        }
    }

    private static boolean isOrContains(@Nullable Throwable e, @Nullable IOException part) {
        int depth = 0;
        for (Throwable t = e; t != null && depth < 10; t = t.getCause(), depth++) {
            if (t == part) {
                return true;
            }
        }
        return false;
    }
}

package io.github.tuyacloud.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one request: whether it may have been sent, and over which connection. It belongs to the call, so the
 * user's interceptors cannot lose it when they replace the request or send it again.
 */
final class Progress {

    /** The state of a connection that has carried no request yet. */
    static final int NEW = 0;

    private static final int USED = 1;

    /** Its last answer could not be used, so what comes next may belong to that one. */
    private static final int DISTRUSTED = 2;

    private final boolean write;
    private final boolean intercepted;
    private final long stepNanos;
    private TimeoutWatchdog.@Nullable Watched watched;
    private @Nullable AtomicInteger state;
    private @Nullable IOException failure;
    private @Nullable Response answer;
    private @Nullable ByteString text;
    private boolean reached;
    private boolean reachedBefore;
    private boolean kept;
    private boolean ended;
    private @Nullable String retryAfter;

    /**
     * Creates the progress of a request.
     *
     * @param write whether the request must not be sent twice
     * @param intercepted whether the user's interceptors see it
     * @param stepNanos the time for each step
     */
    Progress(boolean write, boolean intercepted, long stepNanos) {
        this.write = write;
        this.intercepted = intercepted;
        this.stepNanos = stepNanos;
    }

    /** Sets the watch on the request. */
    void watchedBy(TimeoutWatchdog.Watched watched) {
        this.watched = watched;
    }

    /** Records progress, so that the next step gets its full time. */
    void step() {
        if (watched != null) {
            watched.allow(stepNanos);
        }
    }

    /**
     * Records that a request is about to be sent.
     *
     * @param connection the state of its connection
     * @param withBody whether it has a body, as any request does that must not be sent twice
     * @throws IOException if it must not be sent, because it already was
     */
    synchronized void send(AtomicInteger connection, boolean withBody) throws IOException {
        if (reached && (write || withBody)) {
            throw new IOException("an interceptor tried to repeat the request");
        }
        reachedBefore = reached;
        reached = true;
        answer = null;
        text = null;
        ended = false;
        state = connection;
        kept = !connection.compareAndSet(NEW, USED);
    }

    /** Returns whether the connection should carry no more requests. */
    synchronized boolean distrusts() {
        return state != null && state.get() == DISTRUSTED;
    }

    /** Records that the request was not sent after all, because its connection had ended. */
    synchronized void connectionEnded() {
        reached = reachedBefore;
        ended = true;
    }

    /** Records the answer; one to a write also with its text, if an interceptor could change it. */
    void answered(Response response) throws IOException {
        // Before the lock, because it waits for the network.
        ByteString said = write && intercepted ? AnswerText.of(response) : null;
        synchronized (this) {
            answer = response;
            text = said;
            retryAfter = response.header("Retry-After");
        }
    }

    /** Records how sending the request failed, before the user's interceptors see it. */
    synchronized void failed(IOException e) {
        failure = e;
    }

    /**
     * Returns whether the request may have been sent. A failure that comes from an interceptor may follow a request that the
     * interceptor sent by itself.
     */
    synchronized boolean mayHaveBeenSent(IOException e) {
        return reached() || intercepted && !isOrContains(e, failure);
    }

    /** Returns whether the request may have been sent over a connection. */
    synchronized boolean reached() {
        return reached;
    }

    /** Returns whether nothing was sent because the connection had ended. */
    synchronized boolean endedBefore() {
        return ended;
    }

    /** Returns whether a kept connection failed before it brought an answer. */
    synchronized boolean keptConnectionFailed() {
        return kept && !ended && answer == null;
    }

    /**
     * Returns whether a response says what came over the connection: whether no interceptor has changed it or made another
     * one.
     */
    synchronized boolean brought(Response response, @Nullable Buffer body) {
        if (!write || !intercepted) {
            return true; // the interceptors of a read can do no harm
        }
        return answer != null
                && answer.code() == response.code()
                && body != null
                && text != null
                && body.size() == text.size()
                && body.snapshot().equals(text);
    }

    /** Returns the {@code Retry-After} header of the answer, or null. */
    synchronized @Nullable String retryAfter() {
        return retryAfter;
    }

    /** Records that the answer could not be used, so that its connection carries no more requests. */
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

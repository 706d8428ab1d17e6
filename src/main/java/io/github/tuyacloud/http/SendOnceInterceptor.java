package io.github.tuyacloud.http;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OkHttp from sending a request twice, or a write on a connection that has ended, and records when a request is
 * about to be sent.
 *
 * <p>OkHttp repeats a request on its own, with the same and possibly stale signature, after 503 with
 * {@code Retry-After: 0} and in a few other cases. It relies on that header, so the header is hidden from it. A one-shot body
 * prevents the other cases.
 */
final class SendOnceInterceptor implements Interceptor {

    /** The progress of a running request, which has it as a tag. */
    static final class Progress {

        private final long stepNanos;
        private TimeoutWatchdog.@Nullable Watched watched;
        private boolean reached;
        private @Nullable String retryAfter;

        /** Creates the progress of a request that has this much time for each step. */
        Progress(long stepNanos) {
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

        /** Returns whether the request may have been sent. */
        boolean reached() {
            return reached;
        }

        /** Returns the {@code Retry-After} header of the answer, or null. */
        @Nullable
        String retryAfter() {
            return retryAfter;
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Progress progress = chain.request().tag(Progress.class);
        Connection connection = chain.connection();
        if (progress == null || connection == null) {
            return chain.proceed(chain.request());
        }
        if (chain.request().body() != null) {
            ConnectionProbe.check(connection);
        }
        if (chain.readTimeoutMillis() != 0 && connection.socket().getChannel() != null) {
            // OkHttp itself times reads out; a timeout of the socket would switch the channel's mode around each of
            // them.
            connection.socket().setSoTimeout(0);
        }
        progress.reached = true;
        progress.step();
        Response response = chain.proceed(chain.request());
        progress.step();
        progress.retryAfter = response.header("Retry-After");
        return progress.retryAfter == null
                ? response
                : response.newBuilder().removeHeader("Retry-After").build();
    }
}

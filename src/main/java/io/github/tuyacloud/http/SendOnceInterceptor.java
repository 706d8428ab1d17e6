package io.github.tuyacloud.http;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OkHttp from sending a request twice, or a write on a connection that has ended, and notes when one is about to be
 * sent.
 *
 * <p>OkHttp repeats a request on its own, with the same and by then perhaps stale signature, after 503 with
 * {@code Retry-After: 0} and in a few other cases. It decides by that header, so the header is hidden from it. A body that
 * can be written only once does the rest.
 */
final class SendOnceInterceptor implements Interceptor {

    private final ConnectionProbe probe = new ConnectionProbe();

    /** What is known of a request under way; its tag of this type. */
    static final class Progress {

        private boolean reached;
        private @Nullable String retryAfter;

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
            probe.check(connection);
        }
        progress.reached = true;
        Response response = chain.proceed(chain.request());
        probe.used(connection);
        progress.retryAfter = response.header("Retry-After");
        return progress.retryAfter == null
                ? response
                : response.newBuilder().removeHeader("Retry-After").build();
    }

    /** Returns the body to send, which OkHttp may write only once, or null for a read. */
    static @Nullable RequestBody bodyOf(HttpRequest request) {
        if (!request.method().writes()) {
            return null;
        }
        byte[] bytes = request.body();
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null; // it is among the headers, and OkHttp would add a charset
            }

            @Override
            public long contentLength() {
                return bytes.length;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.write(bytes);
            }
        };
    }
}

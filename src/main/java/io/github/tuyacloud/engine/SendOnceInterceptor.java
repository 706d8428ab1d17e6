package io.github.tuyacloud.engine;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OkHttp from sending a request twice, and notes when it is about to be sent at all.
 *
 * <p>OkHttp repeats a request by itself, with the same and by then perhaps stale signature, after 503 with
 * {@code Retry-After: 0} and in a few other cases. It decides by that header, so the header is moved out of its sight; a
 * body that can be written only once does the rest.
 */
final class SendOnceInterceptor implements Interceptor {

    /** The name under which an answer's {@code Retry-After} is kept. */
    static final String KEPT_RETRY_AFTER = "Kept-Retry-After";

    /** Told how far a request has come. */
    interface Progress {

        /** A connection stands, and the request goes out on it. */
        void requestGoesOut();

        /** The head of the answer is there. */
        void answerBegins();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Progress progress = chain.request().tag(Progress.class);
        if (progress == null) {
            return chain.proceed(chain.request());
        }
        progress.requestGoesOut();
        Response response = chain.proceed(chain.request());
        progress.answerBegins();
        String retryAfter = response.header("Retry-After");
        if (retryAfter == null) {
            return response;
        }
        return response.newBuilder()
                .removeHeader("Retry-After")
                .header(KEPT_RETRY_AFTER, retryAfter)
                .build();
    }

    /** The body to send, which OkHttp may write only once; null for a read. */
    static @Nullable RequestBody bodyOf(ApiRequest request) {
        if (!request.method().writes()) {
            return null;
        }
        byte[] bytes = request.bodyBytes();
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null; // the header is set with all others, and OkHttp would add a charset
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

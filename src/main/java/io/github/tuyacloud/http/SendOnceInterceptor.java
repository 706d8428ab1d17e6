package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OkHttp from sending a request twice, and a command on a connection that is over; notes when one is about to be sent.
 *
 * <p>OkHttp repeats a request by itself, with the same and by then perhaps stale signature, after 503 with
 * {@code Retry-After: 0} and in a few other cases. It decides by that header, so the header is taken out of its sight; a
 * body that can be written only once does the rest.
 */
final class SendOnceInterceptor implements Interceptor {

    /** Zero would be for ever. */
    private static final int SHORTEST_MILLIS = 1;

    /** Told how far a request has come. */
    interface Progress {

        /** A connection stands, and the request goes out on it. */
        void requestGoesOut();

        /** The head of the answer is there, with a {@code Retry-After} or null. */
        void answerBegins(@Nullable String retryAfter);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Progress progress = chain.request().tag(Progress.class);
        if (progress == null) {
            return chain.proceed(chain.request());
        }
        if (chain.request().body() != null && hasEnded(chain.connection())) {
            throw new IOException("the other side had closed the connection");
        }
        progress.requestGoesOut();
        Response response = chain.proceed(chain.request());
        String retryAfter = response.header("Retry-After");
        progress.answerBegins(retryAfter);
        return retryAfter == null
                ? response
                : response.newBuilder().removeHeader("Retry-After").build();
    }

    /**
     * Whether a kept connection was closed from the other side, or brings something that nobody has asked for. A read sent
     * on it would be repeated; a command could not be, for it might have arrived.
     */
    private static boolean hasEnded(@Nullable Connection connection) throws IOException {
        if (connection == null) {
            return false;
        }
        Socket socket = connection.socket();
        int patience = socket.getSoTimeout();
        try {
            socket.setSoTimeout(SHORTEST_MILLIS);
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(patience);
        }
    }

    /** The body to send, which OkHttp may write only once; null for a read. */
    static @Nullable RequestBody bodyOf(HttpRequest request) {
        if (!request.method().writes()) {
            return null;
        }
        byte[] bytes = request.body();
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

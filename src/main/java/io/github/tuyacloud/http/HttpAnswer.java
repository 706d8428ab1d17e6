package io.github.tuyacloud.http;

import java.io.InputStream;
import java.time.Duration;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** An HTTP answer, read completely. */
public final class HttpAnswer {

    private final Response response;
    private final @Nullable Buffer body;
    private final Progress progress;
    private final boolean fromServer;

    HttpAnswer(Response response, @Nullable Buffer body, Progress progress) {
        this.response = response;
        this.body = body;
        this.progress = progress;
        this.fromServer = progress.brought(response, body); // before the body is read
    }

    /** Returns the HTTP status. */
    public int status() {
        return response.code();
    }

    /** Returns the {@code Retry-After} header, or null. */
    public @Nullable String retryAfter() {
        return progress.retryAfter();
    }

    /** Returns the {@code Content-Type} header, or null. */
    public @Nullable String contentType() {
        return response.header("Content-Type");
    }

    /**
     * Returns the decompressed body, in memory, to be read once; null if it is longer than
     * {@link OkHttpTransport#MAX_BODY_BYTES}.
     */
    public @Nullable InputStream body() {
        return body == null ? null : body.inputStream();
    }

    /** Returns the time between sending the request and receiving the answer's head. */
    public Duration roundTrip() {
        return Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
    }

    /**
     * Returns whether the server sent this answer to this request; false if the request changes something and one of the
     * user's interceptors changed the answer, made it, or got it in another way.
     */
    public boolean isFromServer() {
        return fromServer;
    }

    /** Records that the answer could not be used, so that its connection carries no more requests. */
    public void distrust() {
        progress.distrust();
    }
}

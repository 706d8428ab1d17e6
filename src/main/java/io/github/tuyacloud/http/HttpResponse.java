package io.github.tuyacloud.http;

import java.io.InputStream;
import java.time.Duration;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** An HTTP response whose body has been read into memory. */
public final class HttpResponse {

    private final Response response;
    private final @Nullable Buffer body;
    private final Progress progress;
    private final boolean fromServer;

    HttpResponse(Response response, @Nullable Buffer body, Progress progress) {
        this.response = response;
        this.body = body;
        this.progress = progress;
        this.fromServer = progress.isOriginal(response, body); // must run before the body is consumed
        progress.complete();
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
     * Returns the decompressed body, which can be read once; null if it is longer than
     * {@link OkHttpTransport#MAX_BODY_BYTES}.
     */
    public @Nullable InputStream body() {
        return body == null ? null : body.inputStream();
    }

    /** Returns the time between sending the request and receiving the head of the response. */
    public Duration roundTrip() {
        return Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
    }

    /**
     * Returns whether the server sent this response to this request. Checked for writes only: false if one of the
     * user's interceptors changed or created the response, or obtained it in another way.
     */
    public boolean isFromServer() {
        return fromServer;
    }

    /**
     * Returns whether more has arrived on the connection than this response, which may then belong to an earlier
     * request. Takes one system call.
     */
    public boolean isFollowed() {
        return progress.isFollowed();
    }

    /** Marks the response as unusable: its connection is not used for further requests. */
    public void distrust() {
        progress.distrust();
    }
}

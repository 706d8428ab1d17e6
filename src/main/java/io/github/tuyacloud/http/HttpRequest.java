package io.github.tuyacloud.http;

import io.github.tuyacloud.config.CallTag;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** An HTTP request, which can be sent once its headers have been added. Not safe for use by multiple threads. */
public final class HttpRequest {

    private final HttpMethod method;
    private final String baseUrl;
    private final String path;
    private final @Nullable String query;
    private final byte[] body;
    private final CallTag tag;
    private final Request.Builder request = new Request.Builder();

    /**
     * Creates a request without headers.
     *
     * @param method the HTTP method
     * @param baseUrl scheme, host and port
     * @param path the encoded path
     * @param query the encoded query; null for none
     * @param body the body, which must not be modified afterwards; ignored for a read
     * @param tag names the endpoint for the user's interceptors
     */
    public HttpRequest(
            HttpMethod method, String baseUrl, String path, @Nullable String query, byte[] body, CallTag tag) {
        this.method = method;
        this.baseUrl = baseUrl;
        this.path = path;
        this.query = query;
        this.body = body;
        this.tag = tag;
    }

    /**
     * Adds a header.
     *
     * @return this request
     */
    public HttpRequest header(String name, String value) {
        request.addHeader(name, value);
        return this;
    }

    /** Returns whether this is a write, which is sent at most once. */
    boolean writes() {
        return method.writes();
    }

    /** Returns the base URL: scheme, host and port. */
    String baseUrl() {
        return baseUrl;
    }

    /**
     * Returns the OkHttp request for one attempt.
     *
     * @param base the parsed base URL
     * @param progress the progress of the attempt
     * @param tagged whether it has tags, for interceptors of the program
     */
    Request at(HttpUrl base, Progress progress, boolean tagged) {
        HttpUrl url = base.newBuilder().encodedPath(path).encodedQuery(query).build();
        request.url(url).method(method.name(), method.writes() ? new OneShotBody(body, progress) : null);
        return (tagged ? request.tag(CallTag.class, tag).tag(Progress.class, progress) : request).build();
    }

    /** A body that OkHttp writes at most once. */
    private static final class OneShotBody extends RequestBody {

        private final byte[] bytes;
        private final Progress progress;

        OneShotBody(byte[] bytes, Progress progress) {
            this.bytes = bytes;
            this.progress = progress;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null; // set as a header, because OkHttp would add a charset
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
            progress.bodyRead(sink instanceof Buffer);
            sink.write(bytes);
        }
    }
}

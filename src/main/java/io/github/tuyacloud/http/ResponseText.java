package io.github.tuyacloud.http;

import java.io.IOException;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads the body of a response before the user's interceptors see it, to detect later whether they changed it. */
final class ResponseText {

    /** More than the length of any response to a write. */
    private static final long MAX_BYTES = 64 * 1024;

    private ResponseText() {}

    /**
     * Returns the body of a response, decompressed as in OkHttp, without consuming it; null if it is too long or
     * cannot be decompressed.
     */
    static @Nullable ByteString of(Response response) throws IOException {
        BufferedSource body = response.peekBody(MAX_BYTES + 1).source();
        return "gzip".equalsIgnoreCase(response.header("Content-Encoding")) ? decompressed(body) : text(body);
    }

    private static @Nullable ByteString decompressed(BufferedSource body) {
        try {
            return text(Okio.buffer(new GzipSource(body)));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable ByteString text(BufferedSource source) throws IOException {
        Buffer text = source.request(MAX_BYTES + 1) ? null : source.getBuffer();
        return text == null ? null : text.readByteString();
    }
}

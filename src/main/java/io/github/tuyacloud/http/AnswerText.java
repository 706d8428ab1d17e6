package io.github.tuyacloud.http;

import java.io.IOException;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads the body of a response before the user's interceptors see it, to detect whether they change it. */
final class AnswerText {

    /** Longer than any response to a write. */
    private static final long LONGEST = 64 * 1024;

    private AnswerText() {}

    /**
     * Returns the body of a response, decompressed like in OkHttp, without consuming it; null if it is too long or
     * cannot be decompressed.
     */
    static @Nullable ByteString of(Response answer) throws IOException {
        BufferedSource body = answer.peekBody(LONGEST + 1).source();
        return "gzip".equalsIgnoreCase(answer.header("Content-Encoding")) ? decompressed(body) : text(body);
    }

    private static @Nullable ByteString decompressed(BufferedSource body) {
        try {
            return text(Okio.buffer(new GzipSource(body)));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable ByteString text(BufferedSource source) throws IOException {
        Buffer text = source.request(LONGEST + 1) ? null : source.getBuffer();
        return text == null ? null : text.readByteString();
    }
}

package io.github.tuyacloud.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponseBody;
import okio.Buffer;
import okio.BufferedSink;

/** The body of a response and how it is sent: immediately, slowly, truncated or endlessly. */
final class FakeBody implements MockResponseBody {
    /** Writes the bytes to a connection or a buffer. */
    @FunctionalInterface
    interface Writer {
        void writeTo(BufferedSink sink) throws IOException;
    }

    private static final byte[] FILLING = "a".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    private static final String JSON_START = "{\"success\":true,\"result\":\"";
    private static final String JSON_END = "\"}";

    private final long length;
    private final Writer writer;

    private FakeBody(long length, Writer writer) {
        this.length = length;
        this.writer = writer;
    }

    static FakeBody of(byte[] bytes) {
        return new FakeBody(bytes.length, sink -> sink.write(bytes));
    }

    /** Returns a successful response of at least the given number of bytes, generated while it is sent. */
    static FakeBody padded(long bytes) {
        long length = JSON_START.length() + bytes + JSON_END.length();
        return new FakeBody(length, sink -> writePadded(sink.outputStream(), bytes));
    }

    /** Like {@link #padded}, but compressed. */
    static FakeBody paddedAndZipped(long bytes) {
        return new FakeBody(-1, sink -> {
            GZIPOutputStream zipped = new GZIPOutputStream(sink.outputStream());
            writePadded(zipped, bytes);
            zipped.finish();
        });
    }

    /** Returns a response that never ends; it stops when either side closes the connection. */
    static FakeBody endless() {
        return new FakeBody(-1, sink -> writePadded(sink.outputStream(), Long.MAX_VALUE));
    }

    /** Returns a successful response of nested arrays. */
    static FakeBody nested(int depth) {
        String json = "{\"success\":true,\"t\":1,\"result\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        return of(json.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the first half of this body, with the content length of the whole. */
    FakeBody truncated() {
        return new FakeBody(length, sink -> {
            Buffer whole = new Buffer();
            writer.writeTo(whole);
            sink.write(whole, whole.size() / 2);
        });
    }

    /** Returns this body, sent a few bytes at a time. */
    FakeBody slowed(int bytesAtATime, Duration pause, Closing closing) {
        return new FakeBody(length, sink -> {
            Buffer whole = new Buffer();
            writer.writeTo(whole);
            while (!whole.exhausted()) {
                sink.write(whole, Math.min(bytesAtATime, whole.size()));
                sink.flush();
                rest(pause, closing);
            }
        });
    }

    /** Returns the announced length, -1 if the end of the connection ends the response. */
    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        writer.writeTo(sink);
    }

    private static void rest(Duration pause, Closing closing) throws IOException {
        try {
            if (!closing.waitFor(pause)) {
                throw new IOException("the fake cloud was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in the middle of a response", e);
        }
    }

    private static void writePadded(OutputStream out, long bytes) throws IOException {
        out.write(JSON_START.getBytes(StandardCharsets.US_ASCII));
        for (long left = bytes; left > 0; left -= FILLING.length) {
            out.write(FILLING, 0, (int) Math.min(FILLING.length, left));
        }
        out.write(JSON_END.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}

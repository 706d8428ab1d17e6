package io.github.tuyacloud.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/**
 * Hands a body on up to a limit, and tells failures of the network apart from whatever its reader throws.
 *
 * <p>It counts bytes after decompression, so a small body that unpacks to a huge one is caught as well.
 */
final class BoundedInputStream extends FilterInputStream {

    private final Runnable progress;
    private long remaining;

    /** The network failed while the body was read. */
    static final class NetworkException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final IOException failure;

        NetworkException(IOException cause) {
            super(cause);
            this.failure = cause;
        }

        @Override
        public synchronized IOException getCause() {
            return failure;
        }
    }

    /** The body is longer than the limit. */
    static final class TooLongException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    /** Hands on so many bytes at most, and tells of each piece that it is there. */
    BoundedInputStream(InputStream body, long limit, Runnable progress) {
        super(body);
        this.remaining = limit;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new NetworkException(e);
        }
        progress.run();
        if (count > 0) {
            remaining -= count;
        }
        if (remaining < 0) {
            throw new TooLongException();
        }
        return count;
    }
}

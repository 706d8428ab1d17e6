package io.github.tuyacloud.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import javax.net.SocketFactory;

/**
 * Tracks when a connection was last heard: a message, a pong, any byte. Two clocks reveal that the machine was
 * suspended.
 */
final class Heard {

    private final LongSupplier nanoTime;
    private final Clock clock;
    private volatile long nanos;
    private volatile long millis;

    Heard(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        now();
    }

    /** Records that it was heard. */
    void now() {
        nanos = nanoTime.getAsLong();
        millis = clock.millis();
    }

    Instant at() {
        return Instant.ofEpochMilli(millis);
    }

    /** Returns the time since, by the clock that measured more. */
    Duration silence() {
        Duration monotonic = Duration.ofNanos(nanoTime.getAsLong() - nanos);
        Duration wall = Duration.ofMillis(clock.millis() - millis);
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }

    /** Creates plain sockets that record every read, because OkHttp does not report pongs. */
    static final class Sockets extends SocketFactory {

        private final Heard heard;

        Sockets(Heard heard) {
            this.heard = heard;
        }

        @Override
        public Socket createSocket() {
            return new HeardSocket(heard);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("not used by OkHttp");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw new IOException("not used by OkHttp");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("not used by OkHttp");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw new IOException("not used by OkHttp");
        }
    }

    private static final class HeardSocket extends Socket {

        private final Heard heard;

        HeardSocket(Heard heard) {
            this.heard = heard;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    if (count > 0) {
                        heard.now();
                    }
                    return count;
                }
            };
        }
    }
}

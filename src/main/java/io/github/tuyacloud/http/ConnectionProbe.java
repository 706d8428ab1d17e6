package io.github.tuyacloud.http;

import java.io.IOException;
import java.io.Serial;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import okhttp3.Connection;

/**
 * Checks a connection just before a write goes out on it: whether the server has closed it or sent something
 * unsolicited. A read that is sent on such a connection can be retried; a command cannot, because it may have arrived.
 *
 * <p>The check takes about two microseconds and does not wait. Only bytes that have already arrived are read through
 * TLS, because they may be just a session ticket, as on every new connection; that takes up to a millisecond. Sockets
 * without a channel, from the user's socket factory or through a SOCKS proxy, are always read for a millisecond.
 */
final class ConnectionProbe {

    /** The shortest read timeout; zero would mean none. */
    private static final int SHORTEST_MILLIS = 1;

    /** Signals that a request was not sent because its connection had already ended. */
    static final class EndedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        EndedException() {
            super("the server had closed the connection");
        }
    }

    private enum Sight {
        /** Nothing has arrived. */
        SILENT,
        /** Bytes have arrived, or that is unknown. */
        SOMETHING,
        /** The server has closed the connection. */
        ENDED
    }

    private ConnectionProbe() {}

    /** Throws if a write must not go out on this connection. */
    static void check(Connection connection) throws EndedException {
        if (hasEnded(connection.socket())) {
            throw new EndedException();
        }
    }

    private static boolean hasEnded(Socket socket) {
        try {
            SocketChannel channel = socket.getChannel();
            Sight sight = channel == null ? Sight.SOMETHING : look(channel);
            return switch (sight) {
                case SILENT -> false;
                // A new TLS connection usually has a session ticket waiting.
                case SOMETHING -> bringsData(socket);
                case ENDED -> true;
            };
        } catch (IOException e) {
            return true; // a reset, or an alert instead of an orderly end
        }
    }

    /** Reads below TLS, without waiting. */
    private static Sight look(SocketChannel channel) throws IOException {
        if (channel.socket().getInputStream().available() > 0) {
            return Sight.SOMETHING;
        }
        channel.configureBlocking(false);
        try {
            // TLS would miss a byte that arrives at this moment, so it counts as the end, too.
            return channel.read(ByteBuffer.allocate(1)) == 0 ? Sight.SILENT : Sight.ENDED;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Returns whether data or the end has arrived, not just a TLS record without data. */
    private static boolean bringsData(Socket socket) throws IOException {
        int timeout = socket.getSoTimeout();
        socket.setSoTimeout(SHORTEST_MILLIS);
        try {
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(timeout);
        }
    }
}

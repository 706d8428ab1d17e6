package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection just before a request is sent over it: whether the server has closed it or sent something
 * unsolicited. A command that is sent over such a connection cannot be retried, because it may have arrived, and a
 * response that is already there would be taken for the response to the next request.
 *
 * <p>The check takes about two microseconds and does not wait. If bytes have arrived, they are read through TLS,
 * because they may be just a session ticket, as on every new connection; that takes up to a millisecond. So does each
 * command over a socket without a channel (from the user's socket factory or through a SOCKS proxy), and each call
 * over a socket of the user's own class.
 */
final class ConnectionProbe {

    /** The shortest read timeout; zero would mean no timeout. */
    private static final int SHORTEST_MILLIS = 1;

    private ConnectionProbe() {}

    /**
     * Returns whether the connection must not be used for a request.
     *
     * @param socket the socket of the connection
     * @param observed the socket below it that counts its reads; null if they cannot be counted
     * @param write whether the request is a write. For a read, a silent end of the connection is not checked, because
     *     that takes three system calls instead of one, and the read is repeated anyway.
     */
    static boolean hasEnded(Socket socket, @Nullable ObservedSocket observed, boolean write) {
        try {
            boolean canCheck = observed != null && (write ? socket.getChannel() != null : observed.showsAvailable());
            if (!canCheck) {
                return hasData(socket);
            }
            int arrived = write ? observed.peek() : observed.available();
            // A new TLS connection usually has a session ticket waiting.
            return arrived == ObservedSocket.END || arrived > 0 && hasData(socket);
        } catch (IOException e) {
            return true; // a reset, or a TLS alert instead of an orderly end
        }
    }

    /** Returns whether data or the end of the connection has arrived, as opposed to a TLS record without data. */
    private static boolean hasData(Socket socket) throws IOException {
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

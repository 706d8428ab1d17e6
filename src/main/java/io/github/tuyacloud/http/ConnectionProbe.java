package io.github.tuyacloud.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection just before a request goes out on it: whether the server has closed it or sent something
 * unsolicited. A command that is sent on such a connection cannot be retried, because it may have arrived, and an answer
 * that is already there would be taken for the next one.
 *
 * <p>The check takes about two microseconds and does not wait. Only bytes that have already arrived are read through
 * TLS, because they may be just a session ticket, as on every new connection; that takes up to a millisecond. So does each
 * command on a socket without a channel, from the user's socket factory or through a SOCKS proxy, and each call on a socket
 * of the user's own class.
 */
final class ConnectionProbe {

    /** The shortest read timeout; zero would mean none. */
    private static final int SHORTEST_MILLIS = 1;

    private ConnectionProbe() {}

    /**
     * Returns whether no request must go out on a connection with this socket.
     *
     * @param observed the socket below it whose reads are counted; null if they cannot be
     * @param write whether it must not be sent in vain. For a read, an end without a word from the server is not looked for,
     *     because that takes three calls of the system instead of one, and a read is repeated after it.
     */
    static boolean hasEnded(Socket socket, @Nullable ObservedSocket observed, boolean write) {
        try {
            boolean canCheck = observed != null && (write ? socket.getChannel() != null : observed.showsAvailable());
            if (!canCheck) {
                return bringsData(socket);
            }
            int arrived = write ? observed.peek() : observed.available();
            // A new TLS connection usually has a session ticket waiting.
            return arrived == ObservedSocket.END || arrived > 0 && bringsData(socket);
        } catch (IOException e) {
            return true; // a reset, or an alert instead of an orderly end
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

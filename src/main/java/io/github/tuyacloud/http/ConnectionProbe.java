package io.github.tuyacloud.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection before a request is sent over it: whether the server has closed it or sent something
 * unsolicited. A command that is sent over such a connection cannot be retried, because it may have arrived, and a
 * response that is already there would be taken for the response to the next request.
 *
 * <p>The check is made by the output stream of the socket, at the first write of the request: an earlier one would miss
 * what arrives while OkHttp prepares the request. It takes about three microseconds and does not wait.
 *
 * <p>Bytes that arrive below TLS may be just a session ticket, as on every new connection. They are therefore read
 * through TLS before the request is prepared, which takes up to a millisecond. So does each command over a socket
 * without a channel (from the user's socket factory or through a SOCKS proxy), and each call over a socket of the
 * user's own class.
 */
final class ConnectionProbe extends FilterOutputStream {

    /** The message of the failure if a connection must not be used. */
    static final String ENDED = "the server had ended the connection";

    /** The shortest read timeout; zero would mean no timeout. */
    private static final int SHORTEST_MILLIS = 1;

    private final ObservedSocket socket;

    /** The request that is about to be written; null after its first write. */
    private @Nullable Progress next;

    private boolean nextIsWrite;
    private boolean ended;

    /**
     * Creates the output stream of a socket.
     *
     * @param out the stream to write to
     */
    ConnectionProbe(OutputStream out, ObservedSocket socket) {
        super(out);
        this.socket = socket;
    }

    /**
     * Returns whether the connection must not be used for a request. If not, it is checked again when the request is
     * written.
     *
     * @param socket the socket of the connection
     * @param observed the socket below it that counts its reads; null if they cannot be counted
     * @param write whether the request is a write. For a read, a silent end of the connection is not checked, because
     *     that takes five system calls instead of one, and the read is repeated anyway.
     * @param request the request
     */
    static boolean hasEnded(Socket socket, @Nullable ObservedSocket observed, boolean write, Progress request) {
        try {
            if (observed == null || !observed.showsAvailable()) {
                return hasData(socket);
            }
            boolean secure = socket != observed;
            // On a new TLS connection, a session ticket may arrive at any moment.
            boolean checksLater = !secure || request.reusesConnection();
            boolean mustRead = write && !observed.canPeek(); // or a silent end would not be seen
            if (secure || mustRead) {
                int arrived = write && !checksLater && !mustRead ? observed.peek() : observed.available();
                boolean ended = arrived == ObservedSocket.END || (arrived > 0 || mustRead) && hasData(socket);
                if (ended) {
                    observed.arrivedUnsolicited(arrived);
                    return true;
                }
            }
            if (checksLater) {
                observed.getOutputStream().checkBeforeWriting(request, write);
            }
            return false;
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

    private synchronized void checkBeforeWriting(Progress request, boolean write) {
        next = request;
        nextIsWrite = write;
    }

    @Override
    public void write(int single) throws IOException {
        check();
        out.write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        check();
        out.write(bytes, offset, length);
    }

    /**
     * Checks the connection if a request is about to be written. After a failed check, nothing is written anymore. Other
     * threads, which may close TLS, wait meanwhile.
     */
    private synchronized void check() throws IOException {
        @Nullable Progress request = next;
        next = null;
        if (request != null && hasArrived()) {
            ended = true;
            request.connectionEnded();
            socket.close(); // or OkHttp would read a response
        }
        if (ended) {
            throw new SocketException(ENDED);
        }
    }

    private boolean hasArrived() {
        try {
            int seen = nextIsWrite && socket.canPeek() ? socket.peek() : socket.available();
            if (seen > 0) {
                socket.arrivedUnsolicited(socket.available());
            }
            return seen != 0;
        } catch (IOException e) {
            return true; // a reset
        }
    }
}

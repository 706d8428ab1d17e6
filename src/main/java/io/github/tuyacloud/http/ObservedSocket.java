package io.github.tuyacloud.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that wraps another one, holds the state of its connection, and counts its reads. A response that OkHttp
 * returns without a read arrived before its request was sent, so it belongs to another request.
 */
final class ObservedSocket extends Socket {

    /** The result of {@link #peek} if the server has closed the connection. */
    static final int END = -1;

    /** The length of a TLS alert, at most; every response of the cloud is longer. */
    private static final int ALERT_BYTES = 69;

    /** The value of {@code peeked} without such a byte. */
    private static final int NOTHING = -1;

    private final Socket socket;
    private final @Nullable SocketChannel channel;
    private final Map<SocketChannel, ObservedSocket> open;
    private final AtomicInteger state = new AtomicInteger(Progress.NEW);
    private volatile long reads;

    /** A byte that has been peeked but not yet read from the stream. */
    private volatile int peeked = NOTHING;

    private @Nullable ConnectionProbe output;

    /** Whether a response has arrived without a request. */
    private volatile boolean surplus;

    /**
     * Creates a socket around an open one.
     *
     * @param open the open sockets, from which this one is removed when it is closed
     */
    ObservedSocket(Socket socket, Map<SocketChannel, ObservedSocket> open) {
        this.socket = socket;
        // The channel below a user's own TLS would not show the bytes that TLS has already read.
        this.channel = socket instanceof SSLSocket ? null : socket.getChannel();
        this.open = open;
    }

    /** Returns the state of the connection, as defined by {@link Progress}. */
    AtomicInteger state() {
        return state;
    }

    /** Returns the number of reads so far. */
    long reads() {
        return reads;
    }

    /** Returns whether {@link #peek} can be used, which also sees the end of the connection. */
    boolean canPeek() {
        return channel != null;
    }

    /** Returns whether {@link #available} can be trusted; a socket of the user's own class may buffer bytes. */
    boolean showsAvailable() {
        return channel != null || socket.getClass() == Socket.class;
    }

    /**
     * Returns the number of bytes that have arrived below TLS; also 0 at the end of the connection. Takes one system
     * call.
     */
    int available() throws IOException {
        return socket.getInputStream().available();
    }

    /** Records how many bytes have arrived without a request. */
    void arrivedUnsolicited(int bytes) {
        surplus |= bytes > ALERT_BYTES;
    }

    /**
     * Returns whether a response has arrived without a request.
     *
     * @param readsBefore the number of reads at the end of the last response; if there have been more, the bytes that
     *     have arrived may belong to another request
     */
    boolean hasSurplus(long readsBefore) {
        try {
            return surplus || available() > ALERT_BYTES && reads == readsBefore;
        } catch (IOException e) {
            return false; // closed
        }
    }

    /**
     * Returns whether something has arrived, without waiting: 1 for bytes, 0 for nothing, or {@link #END}. The byte
     * can still be read. Takes five system calls.
     *
     * @throws NullPointerException if the socket has no channel
     */
    int peek() throws IOException {
        SocketChannel silent = Objects.requireNonNull(channel);
        ByteBuffer one = ByteBuffer.allocate(1);
        silent.configureBlocking(false);
        try {
            int arrived = silent.read(one);
            if (arrived > 0) {
                peeked = Byte.toUnsignedInt(one.get(0));
            }
            return arrived;
        } finally {
            silent.configureBlocking(true);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                count();
                int first = peeked;
                peeked = NOTHING;
                return first == NOTHING ? in.read() : first;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (peeked == NOTHING || length == 0) {
                    count();
                    return in.read(bytes, offset, length);
                }
                bytes[offset] = (byte) read();
                return 1;
            }
        };
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread at a time reads a connection
    private void count() {
        reads++;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            open.remove(channel);
        }
        socket.close();
    }

    @Override
    public @Nullable SocketChannel getChannel() {
        return channel;
    }

    @Override
    public synchronized ConnectionProbe getOutputStream() throws IOException {
        if (output == null) {
            output = new ConnectionProbe(socket.getOutputStream(), this);
        }
        return output;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        socket.connect(endpoint);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        socket.connect(endpoint, timeout);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        socket.bind(address);
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return socket.getTcpNoDelay();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        socket.setSoLinger(on, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        socket.setSendBufferSize(size);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return socket.getSendBufferSize();
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        socket.setReceiveBufferSize(size);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return socket.getReceiveBufferSize();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        socket.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return socket.getKeepAlive();
    }

    @Override
    public void setTrafficClass(int trafficClass) throws SocketException {
        socket.setTrafficClass(trafficClass);
    }

    @Override
    public int getTrafficClass() throws SocketException {
        return socket.getTrafficClass();
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        socket.setReuseAddress(on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return socket.getReuseAddress();
    }

    @Override
    public void setOOBInline(boolean on) throws SocketException {
        socket.setOOBInline(on);
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        return socket.getOOBInline();
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        socket.sendUrgentData(data);
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}

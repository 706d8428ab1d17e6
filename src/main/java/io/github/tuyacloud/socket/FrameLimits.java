package io.github.tuyacloud.socket;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the WebSocket frames that a socket receives and throws as soon as a message exceeds the size limit, because
 * OkHttp buffers a whole message before it delivers it. A single frame is checked when its header arrives; fragments
 * are added up. Used only by the thread that reads the socket.
 */
final class FrameLimits {

    /**
     * Far more than the message service sends. Each ping is answered by a pong, and unsent pongs are queued in memory.
     */
    static final int MAX_CONTROL_FRAMES = 1000;

    private static final long CONTROL_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");
    private static final int STATUS_LENGTH = 12;
    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CONTINUATION = 0;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final long maxMessage;
    private final LongSupplier nanoTime;
    private Part part = Part.HEAD;

    private final StringBuilder status = new StringBuilder(STATUS_LENGTH);
    private boolean statusRead;
    private int lineLength;
    private boolean lineEndsWithReturn;

    private int headerBytes;
    private int first;
    private int lengthBytes;
    private long length;
    private long payloadLeft;
    private long message;

    private long controlWindow;
    private int controlFrames;

    /** The part that the next byte belongs to. */
    private enum Part {
        /** The head of the handshake response. */
        HEAD,
        /** The body of a response that refuses the handshake. */
        CONTENT,
        FRAME_HEADER,
        PAYLOAD
    }

    /**
     * Creates the limits of one socket, which starts with the handshake response.
     *
     * @param maxMessage the maximum size of a message in bytes
     * @param nanoTime the monotonic clock
     */
    FrameLimits(long maxMessage, LongSupplier nanoTime) {
        this.maxMessage = maxMessage;
        this.nanoTime = nanoTime;
    }

    /** Parses received bytes. */
    void read(byte[] bytes, int offset, int count) throws ProtocolViolationException {
        int end = offset + count;
        for (int next = offset; next < end; ) {
            switch (part) {
                case HEAD -> head((char) (bytes[next++] & 0xff));
                case FRAME_HEADER -> frameHeader(bytes[next++] & 0xff);
                case PAYLOAD -> {
                    int skipped = (int) Math.min(payloadLeft, end - next);
                    next += skipped;
                    payloadLeft -= skipped;
                    if (payloadLeft == 0) {
                        part = Part.FRAME_HEADER;
                    }
                }
                default -> {
                    content(end - next);
                    next = end;
                }
            }
        }
    }

    /**
     * Reads the status, then skips to the empty line. Like in OkHttp, the carriage return before a line feed is
     * optional.
     */
    private void head(char next) throws ProtocolViolationException {
        if (next != '\n') {
            lineLength++;
            lineEndsWithReturn = next == '\r';
            if (!statusRead && status.length() < STATUS_LENGTH) {
                status.append(next);
            }
            return;
        }
        boolean empty = lineLength == 0 || lineLength == 1 && lineEndsWithReturn;
        lineLength = 0;
        statusRead = true;
        if (empty) {
            headEnds();
        }
    }

    private void headEnds() throws ProtocolViolationException {
        Matcher matcher = STATUS.matcher(status);
        if (!matcher.matches()) {
            // OkHttp accepts other forms, but must not parse frames where this class does not.
            throw new ProtocolViolationException("the message service did not answer the handshake with HTTP");
        }
        if (matcher.group(1).equals("101")) {
            part = Part.FRAME_HEADER;
        } else if (!matcher.group(1).startsWith("1")) {
            part = Part.CONTENT;
        }
        status.setLength(0);
        statusRead = false;
    }

    private void content(long bytes) throws ProtocolViolationException {
        message += bytes;
        if (message > maxMessage) {
            throw new ProtocolViolationException(
                    "the message service sent more than " + maxMessage + " bytes after refusing the handshake");
        }
    }

    private void frameHeader(int next) throws ProtocolViolationException {
        switch (headerBytes++) {
            case 0 -> first = next;
            case 1 -> {
                int small = next & LENGTH;
                lengthBytes = small == LENGTH_16 ? 2 : small == LENGTH_64 ? 8 : 0;
                length = lengthBytes == 0 ? small : 0;
            }
            default -> length = length << 8 | next;
        }
        if (headerBytes == 2 + lengthBytes) {
            frame();
            headerBytes = 0;
        }
    }

    private void frame() throws ProtocolViolationException {
        payloadLeft = length;
        if (length > 0) {
            part = Part.PAYLOAD;
        }
        int opcode = first & OPCODE;
        if ((opcode & CONTROL) != 0) {
            control();
            return;
        }
        // The headers of fragments count, otherwise empty fragments could go on without limit.
        add(opcode == CONTINUATION ? headerBytes : 0);
        add(length);
        if ((first & FINAL) != 0) {
            message = 0;
        }
    }

    private void add(long bytes) throws ProtocolViolationException {
        // A negative length is invalid.
        if (bytes < 0 || bytes > maxMessage - message) {
            throw new ProtocolViolationException("the message service sent a message of more than " + maxMessage
                    + " bytes, the limit of this program");
        }
        message += bytes;
    }

    private void control() throws ProtocolViolationException {
        long now = nanoTime.getAsLong();
        if (controlFrames == 0 || now - controlWindow > CONTROL_WINDOW_NANOS) {
            controlWindow = now;
            controlFrames = 0;
        }
        if (++controlFrames > MAX_CONTROL_FRAMES) {
            throw new ProtocolViolationException(
                    "the message service sent more than " + MAX_CONTROL_FRAMES + " pings within 10 s");
        }
    }
}

package io.github.tuyacloud.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renames the method of a GET with a body while it is read from the connection.
 *
 * <p>The HTTP server fails on such a request and leaves the caller without a response. With another method, it passes
 * the request on, and the fake cloud refuses it with an explanation.
 */
final class GetBodyMarker extends FilterInputStream {
    static final String MARKED_METHOD = "GET-WITH-BODY";

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,15})");
    private static final Pattern UPGRADE = Pattern.compile("(?i)\r\nupgrade: *websocket");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding:");

    private byte[] head = new byte[0];
    private int headRead;
    private long bodyLeft;
    private boolean lostTrack;

    GetBodyMarker(InputStream connection) {
        super(new BufferedInputStream(connection));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (lostTrack && headRead == head.length) {
            return super.read(target, offset, length);
        }
        if (bodyLeft > 0 && headRead == head.length) {
            int count = super.read(target, offset, (int) Math.min(length, bodyLeft));
            bodyLeft -= Math.max(0, count);
            return count;
        }
        if (headRead == head.length && !readHead()) {
            return -1;
        }
        int count = Math.min(length, head.length - headRead);
        System.arraycopy(head, headRead, target, offset, count);
        headRead += count;
        return count;
    }

    /** Reads up to the empty line after the headers; returns false at the end of the connection. */
    private boolean readHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int endOfHead = 0x0d0a0d0a;
        int lastFour = 0;
        while (lastFour != endOfHead) {
            int next = super.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            lastFour = lastFour << 8 | next;
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        Matcher contentLength = CONTENT_LENGTH.matcher(text);
        bodyLeft = contentLength.find() ? Long.parseLong(contentLength.group(1)) : 0;
        // The end of a chunked body cannot be located here, so the rest of this connection is passed on unchanged.
        lostTrack = CHUNKED.matcher(text).find();
        if (text.startsWith("GET ") && (bodyLeft > 0 || lostTrack)) {
            text = MARKED_METHOD + text.substring(3);
        }
        // After a handshake there are frames instead of requests.
        lostTrack |= UPGRADE.matcher(text).find();
        head = text.getBytes(StandardCharsets.ISO_8859_1);
        headRead = 0;
        return head.length > 0;
    }
}

package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.HostileServer.CONTINUATION;
import static io.github.tuyacloud.socket.HostileServer.FINAL;
import static io.github.tuyacloud.socket.HostileServer.PING;
import static io.github.tuyacloud.socket.HostileServer.TEXT;
import static io.github.tuyacloud.socket.HostileServer.header;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the exact size limit of a message, however its bytes are split. */
class FrameLimitsTest {

    private static final int LIMIT = 70_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = Long.MAX_VALUE - 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, LIMIT})
    void message_upToTheLimit_isAccepted(int length) throws IOException {
        head(101);
        for (int i = 0; i < 3; i++) {
            frame(FINAL | TEXT, length);
        }

        assertAccepted();
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, 1L << 31, 1L << 62, -1})
    void message_tooLong_isRefusedByItsHeader(long length) throws IOException {
        head(101);
        bytes.writeBytes(header(FINAL | TEXT, length));

        assertRefused("a message of more than 70000 bytes");
    }

    @Test
    void fragments_sumAboveTheLimit_areRefused() throws IOException {
        head(101);
        frame(TEXT, LIMIT - 30);
        frame(PING, 4);
        frame(CONTINUATION, 10);
        frame(FINAL | CONTINUATION, 0);
        frame(TEXT, LIMIT - 30);
        frame(CONTINUATION, 28);
        assertAccepted();
        frame(CONTINUATION, 0);

        assertRefused("a message of more than 70000 bytes");
    }

    @Test
    void fragments_emptyWithoutEnd_areRefused() throws IOException {
        head(101);
        frame(TEXT, 0);
        for (int i = 0; i < LIMIT / 2; i++) {
            frame(CONTINUATION, 0);
        }
        assertAccepted();
        frame(CONTINUATION, 0);

        assertRefused("a message of more than 70000 bytes");
    }

    @Test
    void controlFrames_within10Seconds_areLimited() throws IOException {
        FrameLimits limits = new FrameLimits(LIMIT, () -> now);
        head(101);
        for (int i = 0; i < FrameLimits.MAX_CONTROL_FRAMES; i++) {
            frame(PING, 2);
        }
        byte[] first = bytes.toByteArray();
        bytes.reset();
        for (int i = 0; i < FrameLimits.MAX_CONTROL_FRAMES; i++) {
            frame(PING, 2);
        }
        byte[] others = bytes.toByteArray();

        limits.read(first, 0, first.length);
        now += TimeUnit.SECONDS.toNanos(11);
        limits.read(others, 0, others.length);
        now += TimeUnit.SECONDS.toNanos(9);
        assertThatCode(() -> limits.read(others, 0, 1))
                .as("the first header byte is not a frame yet")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> limits.read(others, 1, 3)).hasMessageContaining("more than 1000 pings within 10 s");
    }

    @Test
    void interimResponses_beforeTheHandshake_areSkipped() throws IOException {
        text("HTTP/1.1 100 Continue\r\n\r\n");
        text("HTTP/1.0 103 Early Hints\nLink: a\r\n\n");
        head(101);
        frame(FINAL | TEXT, LIMIT);
        assertAccepted();
        frame(TEXT, LIMIT + 1);

        assertRefused("a message of more than 70000 bytes");
    }

    @Test
    void refusal_contentWithoutEnd_isRefused() throws IOException {
        head(404);
        bytes.write(new byte[LIMIT]);
        assertAccepted();
        bytes.write(0);

        assertRefused("more than 70000 bytes after refusing the handshake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ICY 101 OK", "HTTP/1.1 \uff11\uff10\uff11 OK", "HTTP/2 101", "", "HTTP/1.1 +11 OK"})
    void status_malformed_isRefused(String line) {
        text(line + "\r\n\r\n");

        assertRefused("did not answer the handshake with HTTP");
    }

    private void head(int status) {
        text("HTTP/1.1 " + status + " Anything\r\nUpgrade: websocket\r\n\r\n");
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a frame whose length is written in the shortest form. */
    private void frame(int first, int length) throws IOException {
        bytes.write(first);
        if (length < 126) {
            bytes.write(length);
        } else if (length < 65_536) {
            bytes.write(126);
            bytes.write(length >> 8);
            bytes.write(length);
        } else {
            bytes.write(127);
            bytes.write(new byte[] {0, 0, 0, 0});
            bytes.write(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        }
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) '\n');
        bytes.write(payload);
    }

    private void assertAccepted() {
        for (long seed = 1; seed <= 5; seed++) {
            Random cuts = new Random(seed);
            assertThatCode(() -> feed(cuts)).as("seed %s", seed).doesNotThrowAnyException();
        }
    }

    private void assertRefused(String reason) {
        for (long seed = 1; seed <= 5; seed++) {
            Random cuts = new Random(seed);
            assertThatThrownBy(() -> feed(cuts))
                    .as("seed %s", seed)
                    .isInstanceOf(ProtocolViolationException.class)
                    .hasMessageContaining(reason);
        }
    }

    private void feed(Random cuts) throws IOException {
        FrameLimits limits = new FrameLimits(LIMIT, () -> now);
        byte[] all = bytes.toByteArray();
        byte[] buffer = new byte[8192];
        for (int at = 0; at < all.length; ) {
            int offset = cuts.nextInt(3);
            int count = Math.min(all.length - at, 1 + cuts.nextInt(cuts.nextBoolean() ? 3 : 8000));
            System.arraycopy(all, at, buffer, offset, count);
            limits.read(buffer, offset, count);
            at += count;
        }
    }
}

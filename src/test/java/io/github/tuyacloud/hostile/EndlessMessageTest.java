package io.github.tuyacloud.hostile;

import static io.github.tuyacloud.socket.HostileServer.CONTINUATION;
import static io.github.tuyacloud.socket.HostileServer.FINAL;
import static io.github.tuyacloud.socket.HostileServer.PING;
import static io.github.tuyacloud.socket.HostileServer.TEXT;
import static io.github.tuyacloud.socket.HostileServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.socket.HostileServer;
import io.github.tuyacloud.support.JavaProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks the memory of a program through its message socket: the program must survive, and its calls must succeed. */
@Tag("hostile")
@Timeout(120)
class EndlessMessageTest {

    private static final String HEAP = "-Xmx64m";
    private static final int READS = 100;
    private static final int MIB = 1 << 20;
    private static final byte[] CHUNK = new byte[1 << 16];
    /** A message that inflates to 512 MiB. */
    private static final byte[] BOMB = bomb();

    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    @TempDir
    private Path folder;

    /** What the message service does to each connection, and what the program must log. */
    enum Attack {
        FRAGMENTS("sent a message of more than", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                out.write(header(TEXT, CHUNK.length));
                for (out.write(CHUNK); ; out.write(CHUNK)) {
                    out.write(header(CONTINUATION, CHUNK.length));
                }
            }
        },
        EMPTY_FRAGMENTS("sent a message of more than", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                out.write(header(TEXT, 0));
                byte[] many = new byte[CHUNK.length];
                while (true) {
                    out.write(many);
                }
            }
        },
        HUGE_FRAME("sent a message of more than", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                for (out.write(header(FINAL | TEXT, 1L << 62)); ; ) {
                    out.write(CHUNK);
                }
            }
        },
        DEFLATE_BOMB("extensions that were not offered", DEFLATE) {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                sendBomb(out);
            }
        },
        DEFLATE_BOMB_UNANNOUNCED("The message socket was lost (ProtocolException)", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                sendBomb(out);
            }
        },
        PINGS("sent more than 1000 pings within 10 s", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                byte[] pings = new byte[CHUNK.length];
                for (int i = 0; i < pings.length; i += 2) {
                    pings[i] = (byte) PING;
                }
                while (true) {
                    out.write(pings);
                }
            }
        },
        HANDSHAKE_HEADERS("no connection to", "x".repeat(100) + ": y\r\n".repeat(MIB)) {
            @Override
            void send(OutputStream out, int connection) {
                // The attack was in the handshake.
            }
        },
        MESSAGES_UNASKED("messages without waiting for acknowledgments", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                for (int i = 0; ; i++) {
                    out.write(HostileServer.text("{\"messageId\":\"" + i + "\",\"payload\":\"x\"}"));
                }
            }
        },
        BIG_MESSAGES("fill the memory reserved for them", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                String payload = "x".repeat(MIB);
                for (int i = 0; i < 1000; i++) {
                    out.write(HostileServer.text("{\"messageId\":\"" + i + "\",\"payload\":\"" + payload + "\"}"));
                }
            }
        },
        MANY_VALUES("frames without a message id occupy slots", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                String values = "1000,".repeat(MIB);
                for (int i = 0; i < 1000; i++) {
                    out.write(HostileServer.text(
                            "{\"messageId\":\"" + i + "\",\"properties\":{\"a\":[" + values + "1]}}"));
                }
            }
        },
        LONG_IDS("The message socket was lost", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                String id = "x".repeat(MIB);
                for (int i = 0; i < 6; i++) {
                    out.write(HostileServer.text("{\"messageId\":\"" + connection + i + id + "\",\"payload\":\"x\"}"));
                }
                out.flush();
            }
        },
        SCATTERED_BATCHES("A message is acknowledged unread", "") {
            @Override
            void send(OutputStream out, int connection) throws IOException {
                for (int i = 0; i < 900; i++) {
                    byte[] id = ByteBuffer.allocate(15)
                            .put((byte) 0x08)
                            .put(varint(connection * 1000L + i))
                            .put((byte) 0x10)
                            .put(varint(7))
                            .put((byte) 0x20)
                            .put(varint((1 << 20) - 1))
                            .array();
                    out.write(HostileServer.text(
                            "{\"messageId\":\"" + Base64.getEncoder().encodeToString(id) + "\",\"payload\":\"x\"}"));
                }
                out.flush();
                pause();
            }
        };

        private final String expected;
        private final String headers;

        Attack(String expected, String headers) {
            this.expected = expected;
            this.headers = headers;
        }

        abstract void send(OutputStream out, int connection) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void attack_onASmallHeap_leavesTheProgramAlive(Attack attack) throws Exception {
        Path printed = folder.resolve("printed");
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                HostileServer server = new HostileServer(attack::send).headers(attack.headers)) {
            Process process = JavaProgram.start(
                    folder,
                    printed,
                    JavaProgram.command(
                            List.of(HEAP),
                            SmallHeapSubscriber.class,
                            fake.endpoint(),
                            "ws://127.0.0.1:" + server.port(),
                            fake.apiKey(),
                            fake.apiSecret(),
                            DemoWorld.PLUG,
                            String.valueOf(READS)));
            try {
                awaitLine(printed, attack.expected);
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
                assertThat(process.waitFor(30, TimeUnit.SECONDS))
                        .as(tail(printed))
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            List<String> lines = Files.readAllLines(printed, StandardCharsets.UTF_8);
            String result = lines.stream()
                    .filter(line -> line.startsWith("RESULT"))
                    .findFirst()
                    .orElse("no result");
            System.out.println(attack + ": " + result + ", connections "
                    + server.requests().size());
            assertThat(result).as(tail(printed)).contains("RESULT reads=").contains("watchdog=true");
            assertThat(lines).as(tail(printed)).anyMatch(line -> line.contains(attack.expected));
            assertThat(lines).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static void awaitLine(Path printed, String part) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!Files.readString(printed).contains(part) && System.nanoTime() - start < 60_000_000_000L) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String tail(Path printed) throws IOException {
        String text = Files.readString(printed);
        return text.substring(Math.max(0, text.length() - 3000));
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] varint(long number) {
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            boolean last = i == bytes.length - 1;
            bytes[i] = (byte) (number >> 7 * i & 0x7f | (last ? 0 : 0x80));
        }
        return bytes;
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated =
                new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED, true))) {
            byte[] letters = new byte[MIB];
            Arrays.fill(letters, (byte) 'x');
            for (int i = 0; i < 512; i++) {
                deflated.write(letters);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void sendBomb(OutputStream out) throws IOException {
        out.write(header(FINAL | TEXT | 0x40, BOMB.length));
        out.write(BOMB);
        out.flush();
        pause();
    }
}

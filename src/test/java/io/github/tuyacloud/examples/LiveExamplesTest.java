package io.github.tuyacloud.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDataPoint;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeProduct;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.live.LiveDevicesBuilder;
import io.github.tuyacloud.support.Clients;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the examples of the living picture on a fake cloud. */
class LiveExamplesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final TuyaCloud cloud = Clients.of(fake).build();

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @Test
    void followDevices_oneChange_isPrintedAtACostOfThreeRequests() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread device = new Thread(() -> {
            try {
                if (fake.messages().awaitConnections(1, SOON)) {
                    fake.report(DemoWorld.PLUG, "switch_1", true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        device.start();

        FollowDevices.follow(live(), new PrintStream(out, true, UTF_8), Duration.ofMillis(100));

        device.join();
        assertThat(out.toString(UTF_8).lines())
                .contains("5 devices, LIVE", "1 messages, 1 calls")
                .anyMatch(line -> line.startsWith("Kitchen plug: switch_1 = true"));
        assertThat(fake.requestCount()).as("token, list and handshake").isEqualTo(3);
    }

    @Test
    void doorWebhook_doorOpens_isCalledAndRetried() throws Exception {
        FakeProduct contact = FakeProduct.of("door", "Door contact", "mcs", FakeDataPoint.bool("doorcontact_state", 1));
        fake.addDevice(
                FakeDevice.builder("frontdoor", contact).name("Front door").build());
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        AtomicInteger failures = new AtomicInteger(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (LiveDevices home = live().onChange(new DoorWebhook(address)).start()) {
            assertThat(home.awaitReady(SOON)).isTrue();

            fake.report("frontdoor", "doorcontact_state", true);
            fake.report("frontdoor", "doorcontact_state", false);

            assertThat(calls.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("Front door is open");
            assertThat(fake.messages().awaitAcknowledged(2, SOON)).isTrue();
            assertThat(calls).containsExactly("Front door is open");
        } finally {
            server.stop(0);
        }
    }

    private LiveDevicesBuilder live() {
        return cloud.live();
    }
}

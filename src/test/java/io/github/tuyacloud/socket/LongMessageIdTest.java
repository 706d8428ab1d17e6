package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.awaitCounted;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.support.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that a message is recognized across connections by its id, even if the id is longer than the part of it that
 * is kept.
 */
@Timeout(60)
class LongMessageIdTest {

    @ParameterizedTest
    @ValueSource(ints = {30, 64, 65, 5_000, 300_000})
    void message_handledWhileTheConnectionWasLost_isNotHandledAgain(int length) throws Exception {
        String id = "i".repeat(length - 1) + "0";
        String other = "i".repeat(length - 1) + "1";
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(1);
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        try (SubscriptionFixture fixture = new SubscriptionFixture(new SubscriptionFixture.Settings().sleeper(wait -> {
                    lost.countDown();
                    handled.await();
                }));
                MessageSubscription subscription =
                        connected(fixture.subscription().handler(message -> {
                            record(message, ids);
                            if (message.header().messageId().equals(id)) {
                                inside.countDown();
                                lost.await();
                                handled.countDown();
                            }
                        }))) {
            sendRaw(fixture, id, 0);
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            fixture.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().reconnects() == 1, "a new connection");

            sendRaw(fixture, other, 0);
            sendRaw(fixture, id, 1);

            awaitCounted(subscription, 5);
            assertThat(List.copyOf(ids)).containsExactly("marker", id, "marker", other, "marker");
            assertThat(subscription.counters().redelivered()).isEqualTo(1);
            assertThat(subscription.counters().waiting()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 5_000})
    void message_failedBeforeTheConnectionWasLost_keepsItsAttempts(int length) throws Exception {
        String id = "i".repeat(length);
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                MessageSubscription subscription = connected(fixture.subscription()
                        .redeliveryDelay(Duration.ofMinutes(1))
                        .handler(message -> {
                            if (message.header().messageId().equals(id)) {
                                attempts.add(message.header().redeliveryCount());
                                throw new IllegalStateException("never");
                            }
                        }))) {
            sendRaw(fixture, id, 0);
            Await.until(() -> subscription.counters().waiting() == 1, "the wait after the first attempt");
            fixture.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().reconnects() == 1, "a new connection");

            sendRaw(fixture, id, 0);

            Await.until(() -> attempts.size() == 2, "the second attempt");
            assertThat(attempts).containsExactly(0, 1);
        }
    }

    private static void record(LiveMessage message, Queue<String> ids) {
        String id = message.header().messageId();
        ids.add(message.payload().containsKey("marker") ? "marker" : id);
    }

    /** A message is pushed first, because unlike a raw frame it waits until the fake knows the connection. */
    private static void sendRaw(SubscriptionFixture fixture, String id, int redeliveryCount) throws Exception {
        long acknowledged = fixture.fake.messages().acknowledged();
        fixture.fake.messages().push(FakeMessage.of(25, Map.of("marker", true)));
        fixture.awaitAcknowledged(acknowledged + 1);
        byte[] key = fixture.fake.apiSecret().substring(8, 24).getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        String content = "{\"devId\":\"" + DemoWorld.LAMP + "\",\"status\":[{\"code\":\"switch_led\",\"value\":true}]}";
        String data = base64(cipher.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        String payload = base64(Json.write(Map.of("protocol", 4, "data", data)).getBytes(StandardCharsets.UTF_8));
        fixture.fake
                .messages()
                .sendRaw(Json.write(Map.of("messageId", id, "payload", payload, "redeliveryCount", redeliveryCount)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

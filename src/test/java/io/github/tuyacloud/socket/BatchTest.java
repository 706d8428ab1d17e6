package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.support.Await;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks batched messages: a gateway treats the acknowledgment of one message as that of the whole batch. */
@Timeout(60)
class BatchTest {

    private final SubscriptionFixture fixture = new SubscriptionFixture();

    @BeforeEach
    void age() {
        fixture.fake.messages().oldGateway();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void batch_oneMessageFails_isAcknowledgedOnceAllAreHandled() throws Exception {
        Queue<Integer> unacknowledged = new ConcurrentLinkedQueue<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription = connected(fixture.subscription().handler(message -> {
            unacknowledged.add(fixture.fake.messages().unacknowledged());
            if ("bf1".equals(message.deviceId()) && broken.getAndSet(false)) {
                throw new IllegalStateException("once");
            }
            fixture.handled.add(message);
        }))) {
            fixture.fake.messages().pushBatch(messages(3));

            SubscriptionFixture.awaitCounted(subscription, 3);
            assertThat(unacknowledged).containsExactly(3, 3, 3, 3);
            assertThat(fixture.handled).hasSize(3);
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
            assertThat(fixture.fake.messages().unacknowledged()).isZero();
        }
    }

    @Test
    void batch_connectionLostHalfway_isRedeliveredAndHandledOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription = connected(
                fixture.subscription().redeliveryDelay(Duration.ofMinutes(1)).handler(message -> {
                    if ("bf2".equals(message.deviceId()) && broken.get()) {
                        inside.countDown();
                        throw new IllegalStateException("until the connection is lost");
                    }
                    fixture.handled.add(message);
                }))) {
            fixture.fake.messages().pushBatch(messages(4));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            Await.until(() -> fixture.handled.size() == 3, "three of four");
            broken.set(false);
            fixture.fake.messages().dropConnections();

            Await.until(() -> fixture.fake.messages().unacknowledged() == 0, "all acknowledged");
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
            assertThat(fixture.handled)
                    .extracting(message -> message.deviceId())
                    .containsExactlyInAnyOrder("bf0", "bf1", "bf2", "bf3");
            assertThat(subscription.counters().reconnects()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void batch_largerThanTheQueue_isHandledWithoutWaiting(int queueSize) throws Exception {
        long start = System.nanoTime();
        try (MessageSubscription subscription = connected(fixture.subscription().receiverQueueSize(queueSize))) {
            fixture.fake.messages().pushBatch(messages(100));

            SubscriptionFixture.awaitCounted(subscription, 100 / queueSize * queueSize);
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
            SubscriptionFixture.awaitCounted(subscription, 100);
            assertThat(fixture.handled).hasSize(100);
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
        }
    }

    @Test
    @SuppressWarnings("try")
    void batch_followedByAnother_isAcknowledgedImmediately() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (SubscriptionFixture manual = new SubscriptionFixture(new SubscriptionFixture.Settings().timer(timer));
                MessageSubscription subscription = connected(manual.subscription())) {
            manual.fake.messages().oldGateway().batching();
            manual.fake.messages().push("bf", "count", 1);
            manual.next();
            manual.fake.messages().push("bf", "count", 2);

            manual.awaitAcknowledged(1);
            manual.next();
            assertThat(manual.fake.messages().unacknowledged()).isEqualTo(1);
        }
    }

    @Test
    void close_withAHandledBatch_acknowledgesIt() throws Exception {
        MessageSubscription subscription = connected(fixture.subscription());
        fixture.fake.messages().pushBatch(messages(2));
        fixture.next();
        fixture.next();

        subscription.close();

        assertThat(fixture.fake.messages().awaitConnections(0, SOON)).isTrue();
        assertThat(fixture.fake.messages().unacknowledged()).isZero();
    }

    @Test
    void close_inTheMiddleOfABatch_returnsTheWholeBatch() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        MessageSubscription subscription = connected(fixture.subscription().handler(message -> {
            fixture.handled.add(message);
            if (fixture.handled.size() == 2) {
                inside.countDown();
                release.await();
            }
        }));
        fixture.fake.messages().pushBatch(messages(3));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(subscription::close);
        closer.start();
        Await.until(() -> subscription.state().name().equals("CLOSING"), "closing");
        release.countDown();
        closer.join(10_000);

        assertThat(fixture.fake.messages().awaitConnections(0, SOON)).isTrue();
        assertThat(fixture.handled).hasSize(2);
        assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(3);
        assertThat(fixture.fake.messages().acknowledged()).isZero();
    }

    @Test
    void batches_withADeviceThatAlwaysFails_letOtherDevicesContinue() throws Exception {
        int batches = 12;
        int queueSize = 20;
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription =
                connected(fixture.subscription().receiverQueueSize(queueSize).handler(failing("bf0", broken)))) {
            acknowledgeOne(subscription);
            for (int i = 0; i < batches; i++) {
                fixture.fake.messages().pushBatch(messages(5));
            }

            Await.until(() -> fixture.handled.size() == 4 * batches, "the other devices");
            assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(5 * batches);
            assertThat(fixture.fake.messages().acknowledged()).isEqualTo(1);
            assertThat(subscription.counters().acknowledged()).isEqualTo(1);

            broken.set(false);
            SubscriptionFixture.awaitCounted(subscription, 5 * batches + 1);
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
            assertThat(subscription.counters().acknowledged()).isEqualTo(5 * batches + 1);
            assertThat(fixture.fake.messages().unacknowledged()).isZero();
            assertThat(fixture.fake.messages().mostPending()).isLessThanOrEqualTo(queueSize);
            assertThat(fixture.handled).hasSize(5 * batches);
        }
    }

    @Test
    void batch_largerThanTheQueue_isAcknowledgedOnlyWhenAllAreHandled() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription =
                connected(fixture.subscription().receiverQueueSize(5).handler(failing("bf29", broken)))) {
            acknowledgeOne(subscription);
            fixture.fake.messages().pushBatch(messages(30));

            Await.until(() -> fixture.handled.size() == 29, "all but the last");
            assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(30);

            broken.set(false);
            SubscriptionFixture.awaitCounted(subscription, 31);
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
            assertThat(fixture.fake.messages().unacknowledged()).isZero();
            assertThat(fixture.fake.messages().mostPending()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void connection_lostWhileManyHandledMessagesAwaitTheirBatch_handlesNoneOfThemAgain() throws Exception {
        int batches = 8;
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription =
                connected(fixture.subscription().receiverQueueSize(12).handler(failing("bf9", broken)))) {
            acknowledgeOne(subscription);
            for (int i = 0; i < batches; i++) {
                fixture.fake.messages().pushBatch(messages(10));
            }
            Await.until(() -> fixture.handled.size() == 9 * batches, "the other devices");

            fixture.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().redelivered() >= 9 * batches, "all that was handled, again");
            broken.set(false);

            Await.until(() -> fixture.fake.messages().unacknowledged() == 0, "all acknowledged");
            Await.until(() -> fixture.fake.messages().pending() == 0, "no place taken");
            assertThat(fixture.handled).hasSize(10 * batches);
            assertThat(fixture.fake.messages().mostPending()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void batch_withKnownSize_isAcknowledgedMessageByMessage() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (SubscriptionFixture current = new SubscriptionFixture()) {
            MessageSubscription subscription =
                    connected(current.subscription().receiverQueueSize(4).handler(message -> {
                        if ("bf3".equals(message.deviceId()) && broken.get()) {
                            throw new IllegalStateException("until it is repaired");
                        }
                        current.handled.add(message);
                    }));
            current.fake.messages().pushBatch(messages(10));

            current.awaitAcknowledged(9);
            assertThat(current.fake.messages().pending()).isEqualTo(1);
            assertThat(current.fake.messages().unacknowledged()).isEqualTo(10);

            current.fake.messages().dropConnections();
            Await.until(() -> subscription.counters().redelivered() >= 9, "all of the batch again");
            broken.set(false);
            Await.until(() -> current.fake.messages().unacknowledged() == 0, "all acknowledged");
            Await.until(() -> current.fake.messages().pending() == 0, "no place taken");
            assertThat(current.handled)
                    .extracting(message -> message.deviceId())
                    .doesNotHaveDuplicates()
                    .hasSize(10);
        }
    }

    /** Leaves the subscription with an acknowledgment that it can repeat. */
    private void acknowledgeOne(MessageSubscription subscription) throws InterruptedException {
        fixture.fake.messages().push("first", "count", 0);
        SubscriptionFixture.awaitCounted(subscription, 1);
        fixture.next();
    }

    private MessageHandler failing(String deviceId, AtomicBoolean broken) {
        return message -> {
            if (deviceId.equals(message.deviceId()) && broken.get()) {
                throw new IllegalStateException("until it is repaired");
            }
            fixture.handled.add(message);
        };
    }

    @Test
    void position_ofABatchedMessage_isThatOfItsEntry() {
        assertThat(position(8, 7, 16, 5, 24, 3, 32, 0))
                .isEqualTo(new BatchPosition(new BatchPosition.Entry("7:3", 5), 0, -1));
        assertThat(position(8, 7, 16, 5, 24, 3, 32, 9, 48, 10))
                .isEqualTo(new BatchPosition(new BatchPosition.Entry("7:3", 5), 9, 10));
        assertThat(position(8, 0x87, 1, 16, 5, 32, 1))
                .isEqualTo(new BatchPosition(new BatchPosition.Entry("135:-1", 5), 1, -1));
        assertThat(position(8, 7, 16, 5, 42, 2, 1, 1, 32, 1))
                .isEqualTo(new BatchPosition(new BatchPosition.Entry("7:-1", 5), 1, -1));
    }

    @Test
    void position_otherMessageId_isNull() {
        assertThat(position(8, 7, 16, 5, 24, 3)).isNull();
        assertThat(position(8, 7, 16, 5, 32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1))
                .isNull();
        assertThat(position(8)).isNull();
        assertThat(position(8, 0xff)).isNull();
        assertThat(position(13, 1, 2, 3, 4, 32, 1)).isNull();
        assertThat(position(42, 100, 1)).isNull();
        assertThat(BatchPosition.of("not base64!")).isNull();
        assertThat(BatchPosition.of("")).isNull();
    }

    private static BatchPosition position(int... bytes) {
        byte[] id = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            id[i] = (byte) bytes[i];
        }
        return BatchPosition.of(Base64.getEncoder().encodeToString(id));
    }

    private static List<FakeMessage> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> FakeMessage.of(
                        4, Map.of("devId", "bf" + i, "status", List.of(Map.of("code", "count", "value", i)))))
                .toList();
    }
}

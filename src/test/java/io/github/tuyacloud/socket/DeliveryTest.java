package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.fake.FakeMessageCipher;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.messages.SubscriptionState;
import io.github.tuyacloud.messages.SubscriptionType;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks delivery: at least once, in order and within bounds, even with slow or failing handlers and malformed messages. */
@Timeout(60)
class DeliveryTest {

    private final SubscriptionFixture fixture = new SubscriptionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_ECB", "AES_ECB_UNDECLARED", "AES_GCM"})
    void message_withEitherCipher_isHandledAndAcknowledged(FakeMessageCipher cipher) throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription())) {
            fixture.fake
                    .messages()
                    .push(FakeMessage.of(20, Map.of("bizCode", "online", "devId", "bf1", "bizData", Map.of()))
                            .encrypted(cipher));

            LiveMessage message = fixture.next();
            assertThat(message).isInstanceOf(DeviceEvent.class);
            assertThat(message.header().redeliveryCount()).isZero();
            assertThat(message.header().publishTime()).isNotNull();
            assertThat(message.header().time()).isNotNull();
            assertThat(message.header().properties()).containsKey("tid");
            assertThat(message.header().extra()).containsEntry("pv", "2.0");
            fixture.awaitAcknowledged(1);
            SubscriptionFixture.awaitCounted(subscription, 1);
            assertThat(subscription.counters().received()).isEqualTo(1);
            assertThat(subscription.counters().acknowledged()).isEqualTo(1);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
        }
    }

    @Test
    void report_inTheFakeCloud_isPushed() throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription())) {
            assertThat(fixture.fake.messages().awaitConnections(1, SOON)).isTrue();
            fixture.fake.report(DemoWorld.PLUG, "switch_1", true);

            assertThat(fixture.next()).isInstanceOfSatisfying(StatusReport.class, report -> {
                assertThat(report.deviceId()).isEqualTo(DemoWorld.PLUG);
                assertThat(report.productKey()).isEqualTo(DemoWorld.plug().id());
                assertThat(report.dataPoints().get(0).dpId()).isEqualTo(1);
                assertThat(report.dataPoints().get(0).value()).isEqualTo(true);
            });
            assertThat(subscription.failure()).isNull();
        }
    }

    @Test
    void environment_test_receivesOnlyItsOwnMessages() throws Exception {
        try (MessageSubscription subscription =
                connected(fixture.subscription().environment(MessageEnvironment.TEST))) {
            fixture.fake.messages().push(FakeMessage.of(25, "{}"));
            fixture.fake.messages().push(FakeMessage.of(26, "{}").inTest());

            assertThat(fixture.next().header().protocol()).isEqualTo(26);
            fixture.awaitAcknowledged(1);
            assertThat(subscription.counters().received()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(SubscriptionType.class)
    void handler_throwing_receivesTheMessageAgain(SubscriptionType type) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        MessageErrorListener listener = new MessageErrorListener() {
            @Override
            public FailureVerdict handlerFailed(LiveMessage message, Throwable failure) {
                heard.add(failure.getMessage());
                throw new IllegalStateException("a listener that throws too");
            }
        };
        try (MessageSubscription subscription = connected(fixture.subscription()
                .subscriptionType(type)
                .errorListener(listener)
                .handler(message -> {
                    fixture.handled.add(message);
                    if (calls.incrementAndGet() == 1) {
                        throw new java.io.IOException("database away");
                    }
                }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            LiveMessage first = fixture.next();
            LiveMessage second = fixture.next();
            fixture.awaitAcknowledged(1);
            assertThat(second.header().messageId()).isEqualTo(first.header().messageId());
            assertThat(first.header().redeliveryCount()).isZero();
            assertThat(second.header().redeliveryCount()).isEqualTo(1);
            assertThat(heard).containsExactly("database away");
            assertThat(fixture.fake.messages().negativelyAcknowledged()).isZero();
            assertThat(fixture.fake.messages().delivered()).isEqualTo(1);
            assertThat(subscription.counters().failed()).isEqualTo(1);
            assertThat(subscription.counters().retried()).isEqualTo(1);
            assertThat(subscription.counters().redelivered()).isZero();
        }
    }

    @Test
    void unreadable_byDefault_isAcknowledgedAfterThreeAttempts() throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription())) {
            fixture.fake.messages().push(FakeMessage.of(4, "{}").encrypted(FakeMessageCipher.AES_GCM_DAMAGED));
            fixture.fake.messages().push(FakeMessage.of(25, "{}"));

            fixture.next();
            fixture.awaitAcknowledged(2);
            assertThat(fixture.fake.messages().delivered()).isEqualTo(2);
            assertThat(subscription.counters().failed()).isEqualTo(3);
            assertThat(subscription.counters().retried()).isEqualTo(2);
            assertThat(fixture.handled).isEmpty();
        }
    }

    @Test
    void unreadable_listenerAcknowledges_isNotRedelivered() throws Exception {
        Queue<UnreadableMessage> judged = new ConcurrentLinkedQueue<>();
        try (MessageSubscription subscription = connected(fixture.subscription().errorListener(unreadable(message -> {
            judged.add(message);
            return FailureVerdict.ACKNOWLEDGE;
        })))) {
            fixture.fake.messages().push(FakeMessage.of(4, "no json"));
            fixture.fake.messages().push(FakeMessage.of(4, "{}").encrypted(FakeMessageCipher.UNKNOWN));
            fixture.fake.messages().push(FakeMessage.of(4, "{}").encrypted(FakeMessageCipher.AES_GCM_DAMAGED));

            fixture.awaitAcknowledged(3);
            assertThat(judged).extracting(UnreadableMessage::attempts).containsExactly(1, 1, 1);
            assertThat(judged).allSatisfy(message -> {
                assertThat(message.payload()).isNotEmpty();
                assertThat(message).asString().doesNotContain(message.payload());
            });
            assertThat(fixture.fake.messages().delivered()).isEqualTo(3);
            assertThat(subscription.counters().failed()).isEqualTo(3);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a careless listener or a mock may return null
    void unreadable_listenerReturnsNull_isUndecided() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (MessageSubscription subscription = connected(fixture.subscription().errorListener(unreadable(message -> {
            asked.incrementAndGet();
            return null;
        })))) {
            fixture.fake.messages().push(FakeMessage.of(4, "no json"));

            fixture.awaitAcknowledged(1);
            assertThat(asked).hasValue(3);
            assertThat(subscription.counters().failed()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unreadable_listenerRetriesOrThrows_isRedelivered(boolean throwing) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (MessageSubscription subscription = connected(fixture.subscription().errorListener(unreadable(message -> {
            asked.incrementAndGet();
            if (throwing) {
                throw new IllegalStateException("no opinion");
            }
            return message.attempts() < 5 ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE;
        })))) {
            fixture.fake.messages().push(FakeMessage.of(4, "no json"));

            fixture.awaitAcknowledged(1);
            assertThat(asked).hasValue(throwing ? 3 : 5);
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
        }
    }

    @Test
    void handler_slow_receivesAtMostWhatTheQueueHolds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (MessageSubscription subscription =
                connected(fixture.subscription().receiverQueueSize(10).handler(message -> {
                    release.await();
                    fixture.handled.add(message);
                }))) {
            for (int i = 0; i < 500; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }
            assertThat(fixture.fake.messages().awaitDelivered(10, SOON)).isTrue();
            assertThat(subscription.counters().received()).isLessThanOrEqualTo(10);
            release.countDown();

            fixture.awaitAcknowledged(500);
            assertThat(fixture.handled).hasSize(500);
            assertThat(fixture.fake.messages().mostPending()).isEqualTo(10);
        }
    }

    @Test
    void order_oneThread_isThatOfTheMessages() throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription())) {
            for (int i = 0; i < 1000; i++) {
                fixture.fake.messages().push("bf" + i % 7, "count", i);
            }

            fixture.awaitAcknowledged(1000);
            assertThat(fixture.handled.stream().map(SubscriptionFixture::value))
                    .containsExactlyElementsOf(IntStream.range(0, 1000)
                            .mapToObj(i -> (Object) (long) i)
                            .toList());
            assertThat(subscription.counters().redelivered()).isZero();
        }
    }

    @Test
    void order_severalThreads_isKeptForEachDevice() throws Exception {
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicBoolean overlapped = new AtomicBoolean();
        try (MessageSubscription subscription =
                connected(fixture.subscription().handlerThreads(8).handler(message -> {
                    AtomicInteger here =
                            inside.computeIfAbsent(String.valueOf(message.deviceId()), id -> new AtomicInteger());
                    if (here.incrementAndGet() > 1) {
                        overlapped.set(true);
                    }
                    fixture.handled.add(message);
                    here.decrementAndGet();
                }))) {
            for (int i = 0; i < 2000; i++) {
                fixture.fake.messages().push("bf" + i % 20, "count", i);
            }

            fixture.awaitAcknowledged(2000);
            Map<String, List<Object>> byDevice = fixture.handled.stream()
                    .collect(Collectors.groupingBy(
                            message -> String.valueOf(message.deviceId()),
                            Collectors.mapping(SubscriptionFixture::value, Collectors.toList())));
            assertThat(byDevice).hasSize(20);
            byDevice.forEach((device, values) -> assertThat(values)
                    .as(device)
                    .hasSize(100)
                    .isSortedAccordingTo((a, b) -> Long.compare((Long) a, (Long) b)));
            assertThat(overlapped).isFalse();
            assertThat(subscription.counters().received()).isEqualTo(2000);
        }
    }

    @Test
    void handlerThreads_several_workConcurrently() throws Exception {
        CountDownLatch allInside = new CountDownLatch(3);
        try (MessageSubscription subscription =
                connected(fixture.subscription().handlerThreads(16).handler(message -> {
                    allInside.countDown();
                    allInside.await();
                }))) {
            // Of sixteen lanes, these three devices use different ones.
            for (String device : List.of("a", "b", "c")) {
                fixture.fake.messages().push(device, "switch_1", true);
            }

            fixture.awaitAcknowledged(3);
            assertThat(subscription.counters().failed()).isZero();
        }
    }

    @Test
    void handlerThreads_blockedAfterQuickMessages_workConcurrently() throws Exception {
        CountDownLatch allInside = new CountDownLatch(4);
        try (MessageSubscription subscription =
                connected(fixture.subscription().handlerThreads(4).handler(message -> {
                    if (!SubscriptionFixture.value(message).equals("quick")) {
                        allInside.countDown();
                        allInside.await();
                    }
                }))) {
            for (int i = 0; i < 100; i++) {
                fixture.fake.messages().push("bf" + i % 5, "mode", "quick");
            }
            fixture.awaitAcknowledged(100);
            for (int i = 0; i < 4; i++) {
                fixture.fake.messages().push("bf" + i, "mode", "slow");
            }

            fixture.awaitAcknowledged(104);
            assertThat(subscription.counters().failed()).isZero();
        }
    }

    @Test
    void executor_suppliedByTheCaller_runsTheHandler() throws Exception {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        AtomicInteger made = new AtomicInteger();
        try (MessageSubscription subscription = connected(fixture.subscription()
                .executor(task -> new Thread(task, "mine-" + made.incrementAndGet()).start())
                .handler(message -> threads.add(Thread.currentThread().getName())))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            fixture.awaitAcknowledged(1);
            assertThat(threads).containsExactly("mine-1");
            assertThat(subscription.counters().received()).isEqualTo(1);
        }
    }

    @Test
    void shared_twoSubscriptions_divideTheMessages() throws Exception {
        AtomicInteger one = new AtomicInteger();
        AtomicInteger two = new AtomicInteger();
        try (MessageSubscription first = connected(fixture.subscription()
                        .subscriptionType(SubscriptionType.SHARED)
                        .handler(message -> one.incrementAndGet()));
                MessageSubscription second = connected(fixture.subscription()
                        .subscriptionType(SubscriptionType.SHARED)
                        .handler(message -> two.incrementAndGet()))) {
            assertThat(fixture.fake.messages().awaitConnections(2, SOON)).isTrue();
            for (int i = 0; i < 100; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }

            fixture.awaitAcknowledged(100);
            assertThat(one.get() + two.get()).isEqualTo(100);
            assertThat(one).hasPositiveValue();
            assertThat(two).hasPositiveValue();
            assertThat(first.counters().received() + second.counters().received())
                    .isEqualTo(100);
        }
    }

    @Test
    void failover_firstSubscriptionCloses_secondReceivesTheRest() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        MessageSubscription first = connected(
                fixture.subscription().closeTimeout(Duration.ofMillis(50)).handler(message -> {
                    inside.countDown();
                    stuck.await();
                }));
        try (MessageSubscription second = connected(fixture.subscription())) {
            for (int i = 0; i < 20; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            first.close();

            fixture.awaitAcknowledged(20);
            assertThat(fixture.handled).hasSize(20);
            assertThat(second.counters().received()).isEqualTo(20);
        }
    }

    @Test
    void exclusive_secondSubscription_takesOverWhenTheFirstCloses() throws Exception {
        MessageSubscription first = connected(fixture.subscription().subscriptionType(SubscriptionType.EXCLUSIVE));
        try (MessageSubscription second = fixture.subscription()
                .subscriptionType(SubscriptionType.EXCLUSIVE)
                .start()) {
            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(() -> second.awaitConnected(Duration.ofMillis(100)))
                    .withMessageContaining("in use by another program");
            first.close();

            assertThat(second.awaitConnected(SOON)).isTrue();
            assertThat(second.counters().reconnects()).isZero();
        }
    }

    private static MessageErrorListener unreadable(Function<UnreadableMessage, FailureVerdict> decision) {
        return new MessageErrorListener() {
            @Override
            public FailureVerdict handlerFailed(LiveMessage message, Throwable failure) {
                return FailureVerdict.RETRY;
            }

            @Override
            public FailureVerdict unreadable(UnreadableMessage message) {
                return decision.apply(message);
            }
        };
    }
}

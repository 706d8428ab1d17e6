package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static io.github.tuyacloud.socket.SubscriptionFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the library itself retries failed messages, for any gateway version, and delays only their device. */
@Timeout(60)
class RedeliveryTest {

    private final SubscriptionFixture fixture = new SubscriptionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(SubscriptionType.class)
    void handler_throwingOnAnOldGateway_losesNothing(SubscriptionType type) throws Exception {
        fixture.fake.messages().oldGateway();
        AtomicInteger calls = new AtomicInteger();
        Queue<Integer> unacknowledged = new ConcurrentLinkedQueue<>();
        try (MessageSubscription subscription =
                connected(fixture.subscription().subscriptionType(type).handler(message -> {
                    unacknowledged.add(fixture.fake.messages().unacknowledged());
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            fixture.awaitAcknowledged(1);
            SubscriptionFixture.awaitCounted(subscription, 1);
            assertThat(unacknowledged).containsExactly(1, 1, 1);
            assertThat(subscription.counters().received()).isEqualTo(1);
            assertThat(subscription.counters().failed()).isEqualTo(2);
            assertThat(subscription.counters().retried()).isEqualTo(2);
            assertThat(subscription.counters().acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void message_failing_delaysOnlyItsDevice() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (MessageSubscription subscription = connected(fixture.subscription().handler(message -> {
            if ("broken".equals(message.deviceId()) && broken.get()) {
                throw new IllegalStateException("broken");
            }
            fixture.handled.add(message);
        }))) {
            for (int i = 0; i < 5; i++) {
                fixture.fake.messages().push("broken", "count", i).push("fine", "count", 10 + i);
            }

            for (int i = 0; i < 5; i++) {
                assertThat(value(fixture.next())).isEqualTo(10L + i);
            }
            fixture.awaitAcknowledged(5);
            assertThat(subscription.counters().waiting()).isEqualTo(5);
            broken.set(false);
            for (int i = 0; i < 5; i++) {
                assertThat(value(fixture.next())).isEqualTo((long) i);
            }
            fixture.awaitAcknowledged(10);
            SubscriptionFixture.awaitCounted(subscription, 10);
            assertThat(subscription.counters().waiting()).isZero();
        }
    }

    @Test
    @SuppressWarnings("try")
    void delay_afterEachFailure_doublesUpToAMinute() throws Exception {
        ManualTimer timer = new ManualTimer();
        AtomicInteger attempts = new AtomicInteger();
        try (SubscriptionFixture manual = new SubscriptionFixture(new SubscriptionFixture.Settings().timer(timer));
                MessageSubscription subscription = connected(manual.subscription()
                        .redeliveryDelay(Duration.ofSeconds(1))
                        .handler(message -> {
                            assertThat(message.header().redeliveryCount()).isEqualTo(attempts.getAndIncrement());
                            if (attempts.get() < 9) {
                                throw new IllegalStateException("not yet");
                            }
                        }))) {
            manual.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            List<Long> seconds = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                seconds.add(timer.runNext().toSeconds());
            }
            assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
            manual.awaitAcknowledged(1);
            assertThat(attempts).hasValue(9);
            assertThat(timer.scheduled()).isZero();
        }
    }

    @Test
    void listener_acknowledgingAFailedMessage_stopsItsRetries() throws Exception {
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        try (MessageSubscription subscription = connected(fixture.subscription()
                .errorListener((message, failure) -> {
                    attempts.add(message.header().redeliveryCount());
                    return message.header().redeliveryCount() < 2 ? FailureVerdict.RETRY : FailureVerdict.ACKNOWLEDGE;
                })
                .handler(message -> {
                    throw new IllegalStateException("never");
                }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            fixture.awaitAcknowledged(1);
            assertThat(attempts).containsExactly(0, 1, 2);
            assertThat(subscription.counters().failed()).isEqualTo(3);
        }
    }

    @Test
    void connection_lostWhileMessagesWait_redeliversThemInOrder() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        CountDownLatch failed = new CountDownLatch(1);
        try (MessageSubscription subscription = connected(
                fixture.subscription().redeliveryDelay(Duration.ofMinutes(1)).handler(message -> {
                    if (broken.get()) {
                        failed.countDown();
                        throw new IllegalStateException("broken");
                    }
                    fixture.handled.add(message);
                }))) {
            for (int i = 0; i < 5; i++) {
                fixture.fake.messages().push(DemoWorld.PLUG, "count", i);
            }
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
            SubscriptionFixture.awaitReceived(subscription, 5);
            broken.set(false);
            fixture.fake.messages().dropConnections();

            for (int i = 0; i < 5; i++) {
                var message = fixture.next();
                assertThat(value(message)).isEqualTo((long) i);
                assertThat(message.header().redeliveryCount()).isEqualTo(1);
            }
            fixture.awaitAcknowledged(5);
            assertThat(fixture.handled).isEmpty();
            assertThat(subscription.counters().redelivered()).isEqualTo(5);
            assertThat(subscription.counters().retried()).isZero();
            assertThat(subscription.counters().waiting()).isZero();
        }
    }

    @Test
    void handler_succeedingWithoutAConnection_isNotCalledAgain() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean first = new AtomicBoolean(true);
        ExecutorService handlerThread = Executors.newSingleThreadExecutor();
        try (SubscriptionFixture slow = new SubscriptionFixture(new SubscriptionFixture.Settings().sleeper(wait -> {
                    if (first.getAndSet(false)) {
                        lost.countDown();
                        handled.await();
                    }
                }));
                MessageSubscription subscription =
                        connected(slow.subscription().executor(handlerThread).handler(message -> {
                            calls.incrementAndGet();
                            inside.countDown();
                            lost.await();
                        }))) {
            slow.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            slow.fake.messages().dropConnections();
            assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
            handlerThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
            handled.countDown();

            slow.awaitAcknowledged(1);
            assertThat(calls).hasValue(1);
            assertThat(slow.fake.messages().delivered()).isEqualTo(2);
            assertThat(subscription.counters().redelivered()).isEqualTo(1);
        } finally {
            handlerThread.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void frames_repeatedOnALiveConnection_freeTheirPlaces(boolean oldGateway) throws Exception {
        if (oldGateway) {
            fixture.fake.messages().oldGateway();
        }
        CountDownLatch release = new CountDownLatch(1);
        try (MessageSubscription subscription =
                connected(fixture.subscription().receiverQueueSize(3).handler(message -> {
                    release.await();
                    fixture.handled.add(message);
                }))) {
            for (int i = 0; i < 10; i++) {
                fixture.fake.messages().push(DemoWorld.PLUG, "count", i);
            }
            SubscriptionFixture.awaitReceived(subscription, 3);
            fixture.fake.messages().redeliver().redeliver();
            SubscriptionFixture.awaitReceived(subscription, 9);
            release.countDown();

            fixture.awaitAcknowledged(10);
            SubscriptionFixture.awaitCounted(subscription, 16);
            assertThat(fixture.handled).hasSize(10);
            assertThat(subscription.counters().redelivered()).isEqualTo(6);
            assertThat(subscription.counters().reconnects()).isZero();
        }
    }

    @Test
    void frames_withoutAMessageId_causeAReconnect() throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription().receiverQueueSize(8))) {
            // Unlike a message, a raw frame does not wait until the fake knows the connection.
            fixture.fake.messages().push(DemoWorld.PLUG, "count", 0);
            fixture.next();
            fixture.fake.messages().sendRaw("{\"payload\":\"e30=\"}");
            fixture.fake.messages().push(DemoWorld.PLUG, "count", 1);
            fixture.next();
            assertThat(subscription.counters().reconnects()).isZero();

            fixture.fake.messages().sendRaw("no json");

            Await.until(() -> subscription.counters().reconnects() == 1, "a new connection");
            for (int i = 2; i < 20; i++) {
                fixture.fake.messages().push(DemoWorld.PLUG, "count", i);
            }
            fixture.awaitAcknowledged(20);
        }
    }

    @Test
    void executor_rejectingForAWhile_costsNoAttemptAndOneWarning() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        try (CapturedLog log = new CapturedLog();
                MessageSubscription subscription =
                        connected(fixture.subscription().executor(task -> {
                            if (refusals.incrementAndGet() <= 5) {
                                throw new RejectedExecutionException("full");
                            }
                            new Thread(task).start();
                        }))) {
            for (int i = 0; i < 5; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }

            for (int i = 0; i < 5; i++) {
                assertThat(fixture.next().header().redeliveryCount()).isZero();
            }
            fixture.awaitAcknowledged(5);
            assertThat(subscription.counters().failed()).isZero();
            assertThat(subscription.counters().retried()).isZero();
            assertThat(fixture.fake.messages().delivered()).isEqualTo(5);
            assertThat(log.lines("executor rejects work")).hasSize(1);
        }
    }

    @Test
    void failures_occupyingHalfTheQueue_areWarnedAboutOnce() throws Exception {
        Set<String> tried = ConcurrentHashMap.newKeySet();
        try (CapturedLog log = new CapturedLog();
                MessageSubscription subscription = connected(fixture.subscription()
                        .receiverQueueSize(10)
                        .redeliveryDelay(Duration.ofMinutes(1))
                        .handler(message -> {
                            tried.add(String.valueOf(message.deviceId()));
                            throw new IllegalStateException("never");
                        }))) {
            for (int i = 0; i < 4; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }
            Await.until(() -> subscription.counters().waiting() == 4, "four that wait");
            assertThat(log.lines("keep failing")).isEmpty();

            fixture.fake.messages().push("bf3", "count", 4);
            Await.until(() -> !log.lines("keep failing").isEmpty(), "the warning");
            fixture.fake.messages().push("bf3", "count", 5);
            Await.until(() -> subscription.counters().waiting() == 6, "six that wait");
            assertThat(log.lines("keep failing"))
                    .singleElement()
                    .asString()
                    .contains("4 devices", "5 of 10 slots", "ACKNOWLEDGE");
        }
    }

    @Test
    void close_whileMessagesWait_returnsThem() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        MessageSubscription subscription = connected(
                fixture.subscription().redeliveryDelay(Duration.ofMinutes(1)).handler(message -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("never");
                }));
        fixture.fake.messages().push(DemoWorld.PLUG, "count", 1).push(DemoWorld.PLUG, "count", 2);
        Await.until(() -> subscription.counters().waiting() == 2, "two that wait");

        subscription.close();

        assertThat(calls).hasValue(1);
        assertThat(fixture.fake.messages().awaitConnections(0, SOON)).isTrue();
        assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(2);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("tuya-messages-timer") && thread.isAlive());
    }

    @Test
    void threads_several_runOtherDevicesWhileOneIsBusy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        try (MessageSubscription subscription =
                connected(fixture.subscription().handlerThreads(2).handler(message -> {
                    if ("busy".equals(message.deviceId())) {
                        release.await();
                    }
                    counts.merge(String.valueOf(message.deviceId()), 1, Integer::sum);
                }))) {
            for (int i = 0; i < 50; i++) {
                fixture.fake.messages().push("busy", "count", i).push("other", "count", i);
            }

            fixture.awaitAcknowledged(50);
            assertThat(counts).containsExactly(Map.entry("other", 50));
            release.countDown();
            fixture.awaitAcknowledged(100);
            assertThat(subscription.counters().failed()).isZero();
        }
    }

    @Test
    void handshake_toAnOldGateway_usesOnlyParametersItKnows() {
        SubscriptionOptions options =
                SubscriptionOptions.builder().subscriptionSuffix("reports").build();
        MessageCredentials credentials = new MessageCredentials("id", "0123456789abcdef0123456789abcdef");

        assertThat(MessageAddress.request("wss://mqe.tuyaeu.com:8285", credentials, options)
                        .url())
                .hasToString("https://mqe.tuyaeu.com:8285/ws/v2/consumer/persistent/id/out/event/id-reports"
                        + "?subscriptionType=Failover&ackTimeoutMillis=0&receiverQueueSize=200");
    }
}

package io.github.tuyacloud.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks at-least-once delivery from real brokers despite failures: every message is eventually handled, those of a
 * device in order, and the broker keeps a backlog until then.
 */
@ParameterizedClass(name = "{0}, batching {1}")
@MethodSource("brokers")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class RedeliveryLive {
    /** The tag of the tests that each build runs: the shortest ones that cover all behavior of a gateway. */
    private static final String SHORT = "short";

    private static final int MESSAGES = 10_000;
    private static final int DEVICES = 100;
    private static final int TENTH = MESSAGES / 10;
    private static final long PATIENCE_SECONDS = 300;

    /** Only a few messages of a device follow it, so that those of half the devices fit into the receiver queue. */
    private static final int LATE = MESSAGES / DEVICES - 3;

    private static final Duration REDELIVERY_DELAY = Duration.ofMillis(100);
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final boolean batching;
    private final Project project;
    private final Journal journal = new Journal();

    RedeliveryLive(BrokerVersion version, boolean batching) throws Exception {
        this.batching = batching;
        project = new Project(PulsarBroker.shared(version), "redelivery" + PROJECTS.incrementAndGet());
    }

    static Stream<Arguments> brokers() {
        return BrokerVersion.selected().stream()
                .flatMap(version -> Stream.of(Arguments.of(version, false), Arguments.of(version, true)));
    }

    @Test
    @Tag(SHORT)
    void everyTenth_failingOnce_isHandledEventually() throws Exception {
        FailingHandler handler = FailingHandler.everyTenthOnce(journal::add);
        produce(0, MESSAGES);
        assertThat(project.entries()).as("entries").matches(entries -> batching == entries < MESSAGES / 2);

        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription =
                        cloud.messages().subscribe(handler, options().build())) {
            awaitEverything(MESSAGES);
            assertThat(handler.failures()).hasSize(TENTH).allSatisfy((id, times) -> assertThat(times)
                    .isEqualTo(1));
            assertThat(journal.all()).as("runs that succeeded").isEqualTo(MESSAGES);
            report("every tenth failing once", subscription);
        }
    }

    @Test
    void message_unreadable_isTriedThreeTimesAndBlocksNothing() throws Exception {
        int unreadable = MESSAGES / 100;
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        try (Producer producer = project.producer(batching)) {
            for (int i = 0; i < MESSAGES; i++) {
                producer.send(device(i), i / DEVICES, 1);
                if (i % 100 == 0) {
                    producer.sendUnreadable(device(i), i);
                }
            }
        }

        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                FailingHandler.everyTenthOnce(journal::add),
                                options().errorListener(new Tries(tries)).build())) {
            awaitEverything(MESSAGES);
            assertThat(tries).hasSize(unreadable).allSatisfy((id, times) -> assertThat(times)
                    .isEqualTo(3));
            report("one in a hundred unreadable", subscription);
        }
    }

    @Test
    @Tag(SHORT)
    void message_failingUntilOtherDevicesAreDone_stopsOnlyItsDevice() throws Exception {
        AtomicBoolean cured = new AtomicBoolean();
        FailingHandler handler = new FailingHandler(message -> is(message, "device7", 5) && !cured.get(), journal::add);
        produce(0, MESSAGES);

        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription =
                        cloud.messages().subscribe(handler, options().build())) {
            int othersAndItsFirst = MESSAGES - MESSAGES / DEVICES + 5;
            assertThat(journal.await(othersAndItsFirst, PATIENCE_SECONDS))
                    .as("%s", journal)
                    .isTrue();
            assertThat(journal.of("device7")).isEqualTo(5);
            assertThat(project.backlog()).isPositive();

            cured.set(true);
            awaitEverything(MESSAGES);
            assertThat(handler.failures()).containsOnlyKeys("device7/5");
            report("one message failing for long", subscription);
        }
    }

    @Test
    void executor_refusingForAWhile_losesNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicInteger refusals = new AtomicInteger();
        AtomicBoolean refusing = new AtomicBoolean();
        Executor executor = task -> {
            if (refusing.get()) {
                refusals.incrementAndGet();
                throw new RejectedExecutionException("refused on purpose");
            }
            threads.execute(task);
        };
        FailingHandler handler = FailingHandler.everyTenthOnce(journal::add);
        produce(0, MESSAGES);

        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(handler, options().executor(executor).build())) {
            assertThat(journal.await(MESSAGES / 10, PATIENCE_SECONDS)).isTrue();
            refusing.set(true);
            TimeUnit.SECONDS.sleep(1);
            refusing.set(false);

            awaitEverything(MESSAGES);
            assertThat(refusals).hasPositiveValue();
            assertThat(handler.failures()).hasSize(TENTH);
            report("executor that refused " + refusals + " times", subscription);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @Tag(SHORT)
    void connection_lostWhileManyDevicesWait_losesNothing() throws Exception {
        AtomicBoolean cured = new AtomicBoolean();
        Set<String> waiting = ConcurrentHashMap.newKeySet();
        FailingHandler handler = new FailingHandler(
                message -> {
                    boolean fails = !cured.get() && number(message) % 2 == 0 && Journal.sequence(message) == LATE;
                    if (fails) {
                        waiting.add(message.deviceId());
                    }
                    return fails;
                },
                journal::add);
        produce(0, MESSAGES);

        try (CuttableProxy proxy = new CuttableProxy(project.broker().webPort());
                TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                handler,
                                options().endpoint(proxy.webSocketEndpoint()).build())) {
            awaitSize(waiting, DEVICES / 2);
            proxy.cut();
            TimeUnit.SECONDS.sleep(2);
            proxy.cut();
            cured.set(true);

            awaitEverything(MESSAGES);
            assertThat(subscription.counters().reconnects()).isPositive();
            report("two losses while " + waiting.size() + " devices waited", subscription);
        }
    }

    @Test
    void secondProgram_joining_takesItsShareAndNothingIsLost() throws Exception {
        produce(0, MESSAGES / 2);
        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                FailingHandler.everyTenthOnce(RedeliveryLive.this::slowly),
                                options().build())) {
            assertThat(journal.await(MESSAGES / 10, PATIENCE_SECONDS)).isTrue();
            try (OtherProgram other = OtherProgram.start(project, SubscriptionType.FAILOVER, journal)) {
                produce(MESSAGES / 2, MESSAGES);
                awaitEverything(MESSAGES);
                assertThat(other.handled()).isPositive();
                report("a second program, which handled " + other.handled(), subscription);
            }
        }
    }

    @Test
    void secondProgram_killed_losesNothing() throws Exception {
        try (TuyaCloud cloud = project.client();
                OtherProgram other = OtherProgram.start(project, SubscriptionType.FAILOVER, journal);
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                FailingHandler.everyTenthOnce(RedeliveryLive.this::slowly),
                                options().build())) {
            assertThat(subscription.awaitConnected(Duration.ofSeconds(30))).isTrue();
            produce(0, MESSAGES / 2);
            assertThat(other.awaitHandled(MESSAGES / 20, PATIENCE_SECONDS)).isTrue();
            other.close();
            produce(MESSAGES / 2, MESSAGES);

            awaitEverything(MESSAGES);
            report("a second program killed after " + other.handled(), subscription);
        }
    }

    private SubscriptionOptions.Builder options() {
        return project.options().redeliveryDelay(REDELIVERY_DELAY);
    }

    private void produce(int from, int to) throws InterruptedException {
        try (Producer producer = project.producer(batching)) {
            for (int i = from; i < to; i++) {
                producer.send(device(i), i / DEVICES, 1);
            }
        }
    }

    /** Waits until all messages have been handled in order, and checks that the broker kept a backlog until then. */
    private void awaitEverything(int messages) throws Exception {
        Patience.awaitSlowly(PATIENCE_SECONDS, () -> {
            if (project.backlog() == 0) {
                assertThat(journal.distinct())
                        .as("handled messages once the backlog is 0; %s", journal)
                        .isEqualTo(messages);
            }
            return journal.distinct() >= messages;
        });
        assertThat(journal.distinct())
                .as("%s, backlog %s", journal, project.backlog())
                .isEqualTo(messages);
        assertThat(journal.overtaking()).as("%s", journal).isZero();
        assertThat(project.awaitNoBacklog())
                .as("backlog of %s", project.backlog())
                .isTrue();
    }

    /** Handles a message slowly enough for a second program to get a share. */
    private void slowly(LiveMessage message) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(300);
        journal.add(message);
    }

    private static void awaitSize(Set<String> set, int size) throws Exception {
        assertThat(Patience.await(PATIENCE_SECONDS, () -> set.size() >= size))
                .as("%s of %s", set.size(), size)
                .isTrue();
    }

    private static String device(int message) {
        return "device" + message % DEVICES;
    }

    private static int number(LiveMessage message) {
        return Integer.parseInt(message.deviceId().substring("device".length()));
    }

    private static boolean is(LiveMessage message, String device, int sequence) {
        return message.deviceId().equals(device) && Journal.sequence(message) == sequence;
    }

    private void report(String what, MessageSubscription subscription) {
        System.out.println("[live] " + project.broker().version() + ", batching " + batching + ", " + what + ": "
                + journal + ", " + subscription.counters());
    }

    /** Decides like the default listener, and counts the attempts to read each unreadable message. */
    private record Tries(Map<String, Integer> byMessage) implements MessageErrorListener {
        @Override
        public FailureVerdict handlerFailed(LiveMessage message, Throwable failure) {
            return FailureVerdict.RETRY;
        }

        @Override
        public FailureVerdict unreadable(UnreadableMessage message) {
            byMessage.merge(message.messageId(), 1, Integer::sum);
            return MessageErrorListener.super.unreadable(message);
        }
    }
}

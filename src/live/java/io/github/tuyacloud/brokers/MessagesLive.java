package io.github.tuyacloud.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks live messages from real brokers at full load: none is lost or out of order, and speed and memory stay within
 * limits.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("brokers")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MessagesLive {
    /** The order of a test that runs last, after JIT compilation on both sides. */
    private static final int LAST = Integer.MAX_VALUE;

    private static final int MESSAGES = Integer.getInteger("liveMessages", 50_000);
    private static final int DEVICES = 500;

    private static final int MIN_ROUNDS = 6;
    private static final int MAX_ROUNDS = 16;
    private static final double WANTED_RATIO = 0.9;

    /** A full receiver queue and the test itself take 18 MB; all messages for the slow handler would take 180 MB. */
    private static final long MOST_HEAP = 48L << 20;

    private static final long MOST_GROWTH = 8L << 20;

    /** The tolerance for noise on a shared machine. */
    private static final double TOLERANCE = 0.05;

    private final BrokerVersion version;
    private final PulsarBroker broker;

    MessagesLive(BrokerVersion version) throws Exception {
        this.version = version;
        broker = PulsarBroker.shared(version);
    }

    static Stream<BrokerVersion> brokers() {
        return BrokerVersion.selected().stream();
    }

    @ParameterizedTest
    @CsvSource({"FAILOVER, 1", "KEY_SHARED, 4"})
    void messages_inLargeNumbers_areHandledInTheOrderOfTheirDevice(SubscriptionType type, int threads)
            throws Exception {
        Project project = new Project(broker, "many" + threads);
        project.produce(MESSAGES, DEVICES, 1);
        Journal journal = new Journal();
        long start = System.nanoTime();
        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                journal::add,
                                project.options()
                                        .subscriptionType(type)
                                        .handlerThreads(threads)
                                        .build())) {
            assertThat(journal.await(MESSAGES, 200)).as("%s", journal).isTrue();
            report("%s: %s, %.0f/s, %s", type, journal, perSecond(MESSAGES, start), subscription.counters());
            assertThat(project.awaitNoBacklog())
                    .as("%s left", project.backlog())
                    .isTrue();
            assertThat(journal.overtaking()).isZero();
        }
    }

    @Test
    void handler_failingForEveryTenthMessageOfASharedSubscription_receivesThemAgain() throws Exception {
        int messages = 3_000;
        Project project = new Project(broker, "tenth");
        Journal journal = new Journal();
        FailingHandler handler = FailingHandler.everyTenthOnce(journal::add);
        project.produce(messages, 50, 1);
        try (TuyaCloud cloud = project.client();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                handler,
                                project.options()
                                        .subscriptionType(SubscriptionType.SHARED)
                                        .redeliveryDelay(Duration.ofSeconds(1))
                                        .build())) {
            assertThat(journal.await(messages, 120)).as("%s", journal).isTrue();
            report("every tenth failing: %s, %s", journal, subscription.counters());
            assertThat(handler.failures()).hasSize(messages / 10);
            assertThat(subscription.counters().failed()).isEqualTo(messages / 10);
            assertThat(project.awaitNoBacklog()).isTrue();
        }
    }

    @Test
    void subscribers_ofASharedSubscription_loseNothingWhenOneIsKilled() throws Exception {
        int messages = 10_000;
        Project project = new Project(broker, "killed");
        Journal journal = new Journal();
        try (TuyaCloud cloud = project.client();
                OtherProgram other = OtherProgram.start(project, SubscriptionType.SHARED, journal);
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                message -> {
                                    // Slower than the other program, which must have work left when it is killed.
                                    TimeUnit.MICROSECONDS.sleep(500);
                                    journal.add(message);
                                },
                                project.options()
                                        .subscriptionType(SubscriptionType.SHARED)
                                        .build())) {
            assertThat(subscription.awaitConnected(Duration.ofSeconds(30))).isTrue();
            Thread producer = inBackground(() -> project.produce(messages, 100, 1));
            assertThat(other.awaitHandled(1_000, 60)).isTrue();
            other.close();
            producer.join();

            assertThat(journal.await(messages, 120)).as("%s", journal).isTrue();
            report("one of two killed after %s: %s, %s", other.handled(), journal, subscription.counters());
            assertThat(project.awaitNoBacklog()).isTrue();
        }
    }

    /** All messages are produced beforehand, because the memory of the producer in this JVM would be measured, too. */
    @Test
    void handler_thatIsSlow_doesNotFillTheHeap() throws Exception {
        Project project = new Project(broker, "slow");
        int queueSize = 1_000;
        project.produce(20_000, 100, 2_000);
        AtomicLong handled = new AtomicLong();
        AtomicLong mostInFlight = new AtomicLong();
        AtomicReference<MessageSubscription> self = new AtomicReference<>();
        try (TuyaCloud cloud = project.client()) {
            self.set(cloud.messages()
                    .subscribe(
                            message -> {
                                TimeUnit.MILLISECONDS.sleep(1);
                                long before = handled.getAndIncrement();
                                if (self.get() != null) {
                                    long received = self.get().counters().received();
                                    mostInFlight.accumulateAndGet(received - before, Math::max);
                                }
                            },
                            project.options().receiverQueueSize(queueSize).build()));
            List<Long> heaps = new ArrayList<>();
            for (int round = 1; round <= 5; round++) {
                awaitAtLeast(handled, round * 1_000L);
                heaps.add(usedHeap());
            }
            report(
                    "slow handler: heap after every %s messages: %s MB, at most in flight: %s, backlog: %s",
                    1_000, heaps.stream().map(bytes -> bytes >> 20).toList(), mostInFlight, project.backlog());
            assertThat(mostInFlight).hasValueLessThanOrEqualTo(queueSize + 1);
            assertThat(heaps).as("heaps").allSatisfy(heap -> assertThat(heap).isLessThan(MOST_HEAP));
            assertThat(heaps.get(4) - heaps.get(0)).as("growth").isLessThan(MOST_GROWTH);
            self.get().close();
        }
    }

    /**
     * Compares the fastest rounds of both, because other work on the machine can only slow a round down. A busy
     * machine needs more rounds until each side has had a quiet one.
     */
    @Test
    @Order(LAST)
    void throughput_comparedWithABareSocket_isNearlyTheSame() throws Exception {
        int messages = 10_000;
        int queueSize = 1_000;
        double ratio = 0;
        long bareBest = Long.MAX_VALUE;
        long oursBest = Long.MAX_VALUE;
        List<String> ratios = new ArrayList<>();
        for (int round = 0; round < MIN_ROUNDS || ratio < WANTED_RATIO && round < MAX_ROUNDS; round++) {
            Project bare = new Project(broker, "bare" + round);
            Project ours = new Project(broker, "ours" + round);
            bare.produce(messages, DEVICES, 100);
            ours.produce(messages, DEVICES, 100);
            boolean bareFirst = round % 2 == 0;
            long bareNanos = bareFirst ? drainBare(bare, queueSize, messages) : 0;
            long oursNanos = drainOurs(ours, queueSize, messages);
            bareNanos = bareFirst ? bareNanos : drainBare(bare, queueSize, messages);
            ratios.add(String.format(Locale.ROOT, "%.2f", (double) bareNanos / oursNanos));
            bareBest = Math.min(bareBest, bareNanos);
            oursBest = Math.min(oursBest, oursNanos);
            ratio = (double) bareBest / oursBest;
        }
        report(
                "throughput: bare %.0f/s, ours %.0f/s, ratio %.2f; round by round %s",
                messages * 1e9 / bareBest, messages * 1e9 / oursBest, ratio, ratios);
        assertThat(ratio).isGreaterThanOrEqualTo(WANTED_RATIO - TOLERANCE);
    }

    @Test
    void broker_killedAndStartedAgain_losesNothing() throws Exception {
        int messages = 20_000;
        Journal journal = new Journal();
        // Uses its own broker, because other tests must not depend on the data that survives a kill.
        try (PulsarBroker mortal = new PulsarBroker(version, "mortal-broker")) {
            Project project = new Project(mortal, "restart");
            project.produce(messages, DEVICES, 1);
            try (TuyaCloud cloud = project.client();
                    MessageSubscription subscription = cloud.messages()
                            .subscribe(
                                    message -> slowly(journal, message),
                                    project.options().build())) {
                assertThat(journal.await(messages / 2, 60)).isTrue();
                mortal.kill();
                long before = journal.distinct();
                long start = System.nanoTime();
                mortal.start();

                assertThat(journal.await(messages, 120)).as("%s", journal).isTrue();
                report(
                        "broker killed after %s messages and up again, all handled %.1f s later: %s, %s",
                        before, (System.nanoTime() - start) / 1e9, journal, subscription.counters());
                assertThat(subscription.counters().reconnects()).isPositive();
                assertThat(journal.overtaking()).isZero();
                assertThat(project.awaitNoBacklog()).isTrue();
            }
        }
    }

    private static void slowly(Journal journal, LiveMessage message) throws InterruptedException {
        if (journal.add(message) && journal.distinct() % 10 == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private long drainBare(Project project, int queueSize, int messages) throws Exception {
        long nanos = BareSocket.drain(broker.webSocketEndpoint(), project.accessId(), queueSize, messages);
        assertThat(project.awaitNoBacklog()).isTrue();
        return nanos;
    }

    private static long drainOurs(Project project, int queueSize, int messages) throws Exception {
        CountDownLatch left = new CountDownLatch(messages);
        try (TuyaCloud cloud = project.client()) {
            long start = System.nanoTime();
            try (MessageSubscription subscription = cloud.messages()
                    .subscribe(
                            message -> left.countDown(),
                            project.options().receiverQueueSize(queueSize).build())) {
                assertThat(Patience.await(120, left))
                        .as("%s", subscription.counters())
                        .isTrue();
                long nanos = System.nanoTime() - start;
                assertThat(project.awaitNoBacklog()).isTrue();
                return nanos;
            }
        }
    }

    private static void awaitAtLeast(AtomicLong count, long wanted) throws Exception {
        Patience.await(60, () -> count.get() >= wanted);
        assertThat(count).hasValueGreaterThanOrEqualTo(wanted);
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Thread inBackground(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static double perSecond(int messages, long start) {
        return messages * 1e9 / (System.nanoTime() - start);
    }

    private void report(String format, Object... values) {
        System.out.println("[live] " + version + ", " + String.format(Locale.ROOT, format, values));
    }
}

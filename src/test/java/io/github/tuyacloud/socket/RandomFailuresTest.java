package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.fake.FakeMessageCipher;
import io.github.tuyacloud.fake.FakeMessages;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks delivery under random faults: failing handlers, lost connections, rejecting executors and repeated frames. */
@Timeout(120)
class RandomFailuresTest {

    private static final int DEVICES = 10;
    private static final int MESSAGES = 120;

    private final long seed = Seed.of("the faults");
    private final Random random = new Random(seed);
    private final Map<String, List<Long>> handled = new HashMap<>();
    private int faults;

    @ParameterizedTest
    @CsvSource({"false, false, 1", "false, true, 4", "true, false, 4", "true, true, 1", "true, true, 4"})
    void messages_withRandomFaults_areAllHandledInTheOrderOfTheirDevice(
            boolean oldGateway, boolean batches, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (SubscriptionFixture fixture = new SubscriptionFixture();
                MessageSubscription subscription = connected(fixture.subscription()
                        .handlerThreads(threads)
                        .receiverQueueSize(40)
                        .executor(task -> {
                            if (fault(20)) {
                                throw new RejectedExecutionException("at random");
                            }
                            pool.execute(task);
                        })
                        .handler(this::handle))) {
            FakeMessages messages = fixture.fake.messages();
            if (oldGateway) {
                messages.oldGateway();
            }
            push(messages, batches);

            Await.until(() -> messages.unacknowledged() == 0, "nothing left, " + this);
            Await.until(() -> messages.pending() == 0, "no place taken, " + this);
            Await.until(() -> subscription.counters().waiting() == 0, "none waiting, " + this);
            verify();
        } finally {
            pool.shutdownNow();
        }
    }

    private void push(FakeMessages messages, boolean batches) throws InterruptedException {
        for (int i = 0; i < MESSAGES; ) {
            List<FakeMessage> some = new ArrayList<>();
            for (int size = batches ? 1 + next(6) : 1; size > 0 && i < MESSAGES; size--, i++) {
                some.add(message(i));
            }
            if (batches) {
                messages.pushBatch(some);
            } else {
                messages.push(some.get(0));
            }
            if (next(60) == 0) {
                messages.dropConnections();
            }
            if (next(40) == 0) {
                messages.redeliver();
            }
        }
    }

    private static FakeMessage message(int number) {
        String device = "bf" + number % DEVICES;
        FakeMessage message = FakeMessage.of(
                        4,
                        Map.of("devId", device, "status", List.of(Map.of("code", "count", "value", number / DEVICES))))
                .withKey(device);
        return number % 50 == 49 ? message.encrypted(FakeMessageCipher.AES_GCM_DAMAGED) : message;
    }

    private synchronized void handle(LiveMessage message) {
        if (fault(10)) {
            throw new IllegalStateException("at random");
        }
        handled.computeIfAbsent(String.valueOf(message.deviceId()), id -> new ArrayList<>())
                .add((Long) SubscriptionFixture.value(message));
    }

    /** Returns true in one of {@code chance} calls, until there have been half as many faults as messages. */
    private synchronized boolean fault(int chance) {
        return random.nextInt(chance) == 0 && faults++ < MESSAGES / 2;
    }

    private synchronized int next(int bound) {
        return random.nextInt(bound);
    }

    private synchronized void verify() {
        for (int device = 0; device < DEVICES; device++) {
            List<Long> values = handled.getOrDefault("bf" + device, List.of());
            List<Long> expected = new ArrayList<>();
            for (int number = device; number < MESSAGES; number += DEVICES) {
                if (number % 50 != 49) {
                    expected.add((long) (number / DEVICES));
                }
            }
            assertThat(values.stream().distinct())
                    .as("device %s, first handled in order, %s", device, this)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Override
    public String toString() {
        return "-Dseed=" + seed;
    }
}

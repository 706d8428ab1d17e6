package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks which part of a message's work counts when another handler thread might be worth its start. */
class OrderedExecutorTest {

    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Work work = new Work();
    private final OrderedExecutor executor = new OrderedExecutor(
            work, tasks::add, new ManualTimer(), () -> work.now, new OrderedExecutor.Settings(4, 1000, DELAY));
    private final Connection connection = connection();
    private int added;

    /** Takes time on a clock of its own. */
    private static final class Work implements OrderedExecutor.Work {
        private long now;
        private long handlerNanos;
        private long acknowledgmentNanos;
        private int done;

        @Override
        public String prepare(Delivery delivery) {
            return delivery.messageId();
        }

        @Override
        public boolean handle(Delivery delivery) {
            now += handlerNanos;
            return true;
        }

        @Override
        public @Nullable Duration settle(Delivery delivery, boolean handled) {
            now += acknowledgmentNanos;
            done++;
            return null;
        }
    }

    @Test
    void add_handlerIsSlow_startsAnotherThread() {
        work.handlerNanos = SLOW;

        assertThat(mostTasksAtOnce()).isEqualTo(2);
    }

    @Test
    void add_onlyAcknowledgingIsSlow_startsNoOtherThread() {
        work.acknowledgmentNanos = SLOW;

        assertThat(mostTasksAtOnce()).isEqualTo(1);
    }

    /** Never started. */
    private static Connection connection() {
        return new Connection(new LastActivity(() -> 0, Clock.systemUTC()), new Connection.Receiver() {
            @Override
            public void connected(Connection connection) {
                throw new AssertionError("no connection is opened");
            }

            @Override
            public void frame(Connection connection, String text) {
                throw new AssertionError("no frame arrives");
            }
        });
    }

    /** Handles some messages, and then two at a time; returns how many threads at most were started for two. */
    private int mostTasksAtOnce() {
        add(20);
        runAll();
        int most = 0;
        for (int i = 0; i < 20; i++) {
            add(2);
            most = Math.max(most, runAll());
        }
        assertThat(work.done).isEqualTo(60);
        return most;
    }

    private void add(int messages) {
        for (int i = 0; i < messages; i++) {
            Frame frame = new Frame("m" + added++, null, Map.of(), null, null, 0);
            executor.add(new Delivery(frame, 1, null, connection, 0));
        }
    }

    private int runAll() {
        int count = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            count++;
        }
        return count;
    }
}

package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.support.CapturedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks which threads run the listeners of a living picture, and that an executor that rejects work costs no change. */
class LiveExecutorTest extends LiveFixture {

    private final ExecutorService threads = Executors.newFixedThreadPool(3, task -> new Thread(task, "program"));
    private final Set<String> usedThreads = ConcurrentHashMap.newKeySet();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @Test
    void executor_set_runsListenersForMessagesAndReads() {
        started(withExecutor(threads));
        time.advance(Duration.ofSeconds(10));

        fake.report(DemoWorld.PLUG, "switch_1", true);
        untilChanges(1);
        fake.device(DemoWorld.PLUG).setStatus("cur_power", 7);
        home.resync();
        untilChanges(3);

        assertThat(changeTexts().get(1)).isEqualTo("Kitchen plug: cur_power = 7 (was 0)");
        assertThat(changes.get(2)).isInstanceOf(LiveChange.Resynchronized.class);
        assertThat(usedThreads).containsExactly("program");
    }

    @Test
    void executor_setWithoutMessages_runsListeners() {
        home = withExecutor(threads).every(Duration.ofMinutes(5)).start();
        until(() -> home.freshness().isLive());
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);

        time.advance(Duration.ofMinutes(5));
        untilChanges(1);

        assertThat(usedThreads).containsExactly("program");
    }

    @Test
    void executor_rejectsWork_losesNoChangeAndNoOrder() {
        AtomicInteger rejections = new AtomicInteger(3);
        try (CapturedLog log = new CapturedLog()) {
            home = withExecutor(task -> {
                        if (rejections.getAndDecrement() > 0) {
                            throw new RejectedExecutionException("full");
                        }
                        threads.execute(task);
                    })
                    .every(Duration.ofMinutes(5))
                    .start();
            until(() -> home.freshness().isLive());
            for (int i = 1; i <= 3; i++) {
                fake.device(DemoWorld.PLUG).setStatus("cur_power", i);
                home.resync();
            }
            assertThat(changes).isEmpty();

            until(() -> {
                pass(Duration.ofSeconds(1));
                return changes.size() == 6;
            });

            assertThat(log.lines("The executor rejects work (java.util.concurrent.RejectedExecutionException)"))
                    .hasSize(1);
        }
        assertThat(changeTexts().stream().filter(text -> text.contains("cur_power")))
                .containsExactly(
                        "Kitchen plug: cur_power = 1 (was 0)",
                        "Kitchen plug: cur_power = 2 (was 1)",
                        "Kitchen plug: cur_power = 3 (was 2)");
    }

    @Test
    void executor_runsTasksLater_deliversNothingAfterClosing() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        home = withExecutor(tasks::add).every(Duration.ofMinutes(5)).start();
        until(() -> home.freshness().isLive());
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);
        home.resync();
        assertThat(tasks).hasSize(1);

        home.close();
        tasks.remove().run();

        assertThat(changes).isEmpty();
    }

    private LiveDevicesBuilder withExecutor(Executor executor) {
        SubscriptionOptions options =
                messageOptions().toBuilder().executor(executor).build();
        return cloud.live().messages(options).onChange(change -> {
            usedThreads.add(Thread.currentThread().getName());
            changes.add(change);
        });
    }
}

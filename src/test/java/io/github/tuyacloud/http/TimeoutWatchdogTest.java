package io.github.tuyacloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that a call is canceled only when its time is up, and that the watching thread starts and ends as needed. */
class TimeoutWatchdogTest {

    private static final long SOON = Duration.ofMillis(5).toNanos();
    private static final long NEVER = Duration.ofHours(1).toNanos();
    private static final long LIMIT_SECONDS = 30;

    private final TimeoutWatchdog watch = new TimeoutWatchdog(Duration.ofMinutes(1), null);

    /** Records which thread canceled a call. */
    private static final class CancelRecorder extends EventListener {

        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicReference<Thread> by = new AtomicReference<>();

        private final boolean fails;

        private final Call call = new OkHttpClient.Builder()
                .eventListener(this)
                .build()
                .newCall(new Request.Builder().url("http://127.0.0.1/").build());

        CancelRecorder() {
            this(false);
        }

        CancelRecorder(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void canceled(Call canceled) {
            by.compareAndSet(null, Thread.currentThread());
            done.countDown();
            if (fails) {
                throw new OutOfMemoryError("not really");
            }
        }

        boolean inTime() throws InterruptedException {
            return done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        boolean now() {
            return done.getCount() == 0;
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void watch_timeUp_cancelsTheCallAndReportsIt() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(call.call, SOON, NEVER)) {
            assertThat(call.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
            assertThat(call.by.get().isDaemon()).isTrue();
        }
    }

    @Test
    void watch_endsBeforeAnEarlierCallDoes_isCanceledInTime() throws InterruptedException {
        CancelRecorder patient = new CancelRecorder();
        CancelRecorder hasty = new CancelRecorder();
        try (TimeoutWatchdog.Watched first = watch.watch(patient.call, NEVER, NEVER);
                TimeoutWatchdog.Watched second = watch.watch(hasty.call, SOON, NEVER)) {
            assertThat(hasty.inTime()).isTrue();
            assertThat(second.timedOut()).isTrue();
            assertThat(first.timedOut()).isFalse();
            assertThat(patient.now()).isFalse();
        }
    }

    @Test
    void watch_cancelOfAnotherCallThrows_cancelsTheRestInTime() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched broken = watch.watch(new CancelRecorder(true).call, SOON, NEVER);
                TimeoutWatchdog.Watched watched = watch.watch(call.call, 2 * SOON, NEVER)) {
            assertThat(call.inTime()).isTrue();
            assertThat(broken.timedOut()).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
    }

    @Test
    void watch_cancelThrows_isRetried() throws InterruptedException {
        CountDownLatch tries = new CountDownLatch(3);
        Consumer<Call> canceler = call -> {
            tries.countDown();
            throw new OutOfMemoryError("not really");
        };
        try (TimeoutWatchdog retrying = new TimeoutWatchdog(Duration.ofMinutes(1), canceler);
                TimeoutWatchdog.Watched watched = retrying.watch(new CancelRecorder().call, SOON, NEVER)) {
            assertThat(tries.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
    }

    @Test
    void close_cancelThrows_cancelsTheRest() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched broken = watch.watch(new CancelRecorder(true).call, NEVER, NEVER);
                TimeoutWatchdog.Watched watched = watch.watch(call.call, NEVER, NEVER);
                TimeoutWatchdog.Watched second = watch.watch(new CancelRecorder(true).call, NEVER, NEVER)) {
            watch.close();

            assertThat(call.inTime()).isTrue();
            assertThat(List.of(broken, watched, second)).noneMatch(TimeoutWatchdog.Watched::timedOut);
        }
    }

    @Test
    void watch_closedInTime_isNotCanceled() throws InterruptedException {
        CancelRecorder done = new CancelRecorder();
        TimeoutWatchdog.Watched watched = watch.watch(done.call, SOON, NEVER);
        watched.close();
        CancelRecorder later = new CancelRecorder();
        try (TimeoutWatchdog.Watched other = watch.watch(later.call, SOON * 4, NEVER)) {
            assertThat(later.inTime()).isTrue();
            assertThat(other.timedOut()).isTrue();
        }

        // Unless closing it took longer on this machine than its time limit.
        assertThat(done.now()).isEqualTo(watched.timedOut());
    }

    @Test
    void watch_whileTheThreadSleeps_wakesIt() throws InterruptedException {
        CancelRecorder first = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(first.call, SOON, NEVER)) {
            assertThat(first.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
        CancelRecorder second = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(second.call, SOON * 10, NEVER)) {
            assertThat(second.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
            assertThat(second.by.get()).isSameAs(first.by.get());
        }
    }

    @Test
    void watch_nothingHappens_isCanceledBeforeItsLimit() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(call.call, NEVER, SOON)) {
            assertThat(call.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
    }

    @Test
    void allow_less_isCanceledSooner() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(call.call, NEVER, NEVER)) {
            watched.allow(SOON);

            assertThat(call.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
    }

    @Test
    void allow_more_isNotCanceledYet() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        CancelRecorder later = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched =
                        watch.watch(call.call, NEVER, Duration.ofSeconds(1).toNanos());
                TimeoutWatchdog.Watched other =
                        watch.watch(later.call, NEVER, Duration.ofMillis(1_100).toNanos())) {
            watched.allow(NEVER);

            assertThat(later.inTime()).isTrue();
            assertThat(other.timedOut()).isTrue();
            assertThat(watched.timedOut()).isFalse();
            assertThat(call.now()).isFalse();
        }
    }

    @Test
    void allow_moreThanTheLimit_isCanceledAtTheLimit() throws InterruptedException {
        CancelRecorder call = new CancelRecorder();
        try (TimeoutWatchdog.Watched watched = watch.watch(call.call, SOON, SOON)) {
            watched.allow(NEVER);

            assertThat(call.inTime()).isTrue();
            assertThat(watched.timedOut()).isTrue();
        }
    }

    @Test
    void watch_afterTheThreadHasEnded_startsAnother() throws InterruptedException {
        try (TimeoutWatchdog hasty = new TimeoutWatchdog(Duration.ofNanos(1), null)) {
            CancelRecorder call = new CancelRecorder();
            try (TimeoutWatchdog.Watched watched = hasty.watch(call.call, SOON, NEVER)) {
                assertThat(call.inTime()).isTrue();
                assertThat(watched.timedOut()).isTrue();
            }
            Thread first = call.by.get();
            first.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            assertThat(first.isAlive()).isFalse();

            CancelRecorder next = new CancelRecorder();
            try (TimeoutWatchdog.Watched watched = hasty.watch(next.call, SOON, NEVER)) {
                assertThat(next.inTime()).isTrue();
                assertThat(watched.timedOut()).isTrue();
                assertThat(next.by.get()).isNotSameAs(first);
            }
        }
    }

    @Test
    void watch_whileThreadsStartAndEnd_losesNoCall() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TimeoutWatchdog hasty = new TimeoutWatchdog(Duration.ofNanos(1), null)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> {
                    int canceled = 0;
                    for (int n = 0; n < 400; n++) {
                        CancelRecorder call = new CancelRecorder();
                        try (TimeoutWatchdog.Watched watched = hasty.watch(call.call, n * 1_000L, NEVER)) {
                            canceled += call.inTime() && watched.timedOut() ? 1 : 0;
                        }
                    }
                    return canceled;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(2 * LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(400);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void close_callsRunning_cancelsThemAndEndsTheThread() throws InterruptedException {
        CancelRecorder first = new CancelRecorder();
        CancelRecorder running = new CancelRecorder();
        try (TimeoutWatchdog.Watched over = watch.watch(first.call, SOON, NEVER);
                TimeoutWatchdog.Watched watched = watch.watch(running.call, NEVER, NEVER)) {
            assertThat(first.inTime()).isTrue();
            assertThat(over.timedOut()).isTrue();

            watch.close();

            assertThat(running.now()).isTrue();
            assertThat(watched.timedOut()).isFalse();
        }
        Thread thread = first.by.get();
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void watch_closed_cancelsImmediately() {
        watch.close();
        CancelRecorder call = new CancelRecorder();

        try (TimeoutWatchdog.Watched watched = watch.watch(call.call, NEVER, NEVER)) {
            assertThat(call.now()).isTrue();
            assertThat(watched.timedOut()).isFalse();
            assertThat(call.by.get()).isSameAs(Thread.currentThread());
        }
    }
}

package io.github.tuyacloud.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.support.BackgroundCall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks tasks that succeed or fail together, and the threads they run on. */
@Timeout(30)
class TaskScopeTest {

    private final WorkerPool workers = new WorkerPool(2);
    private final TaskScope scope = newScope(workers);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    @Test
    void join_allSucceed_hasTheirResults() {
        TaskScope.Task<String> one = scope.fork(() -> "one");
        TaskScope.Task<String> two = scope.fork(() -> "two");

        scope.join();

        assertThat(one.result()).isEqualTo("one");
        assertThat(two.result()).isEqualTo("two");
    }

    @Test
    void join_oneFails_throwsItImmediately() throws Exception {
        scope.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        IllegalArgumentException failure = new IllegalArgumentException("no");
        scope.start(() -> {
            throw failure;
        });

        assertThatThrownBy(scope::join).isSameAs(failure);
        assertThat(interrupted.getCount()).isEqualTo(1);
        scope.close();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void join_error_isThrownUnchanged() {
        AssertionError error = new AssertionError("no");
        scope.start(() -> {
            throw error;
        });

        assertThatThrownBy(scope::join).isSameAs(error);
    }

    @Test
    void join_noProgress_endsAfterTheTimeout() throws Exception {
        TaskScope impatient = new TaskScope(workers, Duration.ofMillis(20));
        impatient.fork(this::block);
        impatient.fork(this::block);
        impatient.fork(() -> 1);

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(impatient::join)
                .withMessageContaining("no worker of this client has finished a call for 20 ms")
                .withMessageContaining("maxConcurrency")
                .matches(TuyaTransportException::retryable)
                .matches(e -> e.sent() == TuyaTransportException.Sent.MAYBE);
        impatient.close();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void join_onAWorker_isRefused() {
        TaskScope inner = newScope(workers);
        scope.fork(() -> {
            inner.fork(() -> 1);
            inner.join();
            return 1;
        });

        assertThatIllegalStateException()
                .isThrownBy(scope::join)
                .withMessageContaining("A worker must not wait for workers");
    }

    @Test
    void join_checkedException_isTheCause() {
        scope.fork(() -> {
            throw new IOException("no");
        });

        assertThatIllegalStateException().isThrownBy(scope::join).withMessageContaining("java.io.IOException: no");
    }

    @Test
    void fork_refused_failsTheScope() {
        workers.close();

        assertThatIllegalStateException().isThrownBy(() -> scope.fork(() -> 1));
        assertThatIllegalStateException().isThrownBy(scope::join).withMessage("This TuyaCloud is closed");
    }

    @Test
    void close_onAWorker_doesNotWaitForIt() {
        scope.fork(() -> {
            workers.close();
            return 1;
        });

        long start = System.nanoTime();
        scope.join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(workers.isClosed()).isTrue();
    }

    @Test
    void join_interrupted_keepsTheInterruptFlag() throws Exception {
        scope.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(scope::join)
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fork_afterFailure_startsNothing() {
        scope.start(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(scope::join).hasMessage("no");

        TaskScope.Task<Boolean> late = scope.fork(() -> begun.await(0, TimeUnit.SECONDS));

        assertThat(late.isCancelled()).isTrue();
        assertThatThrownBy(scope::join).hasMessage("no");
    }

    @Test
    void fork_afterClose_startsNothing() throws Exception {
        scope.close();

        assertThat(BackgroundCall.start(() -> scope.fork(() -> 1).isCancelled()).result())
                .isTrue();
        assertThatIllegalStateException().isThrownBy(scope::join).withMessage("the scope is closed");
    }

    @Test
    void close_afterFailure_keepsThatFailure() {
        scope.start(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(scope::join).hasMessage("no");

        scope.close();

        assertThatThrownBy(scope::join).hasMessage("no");
    }

    @Test
    void join_done_letsAnotherThreadUseTheScope() throws Exception {
        scope.fork(() -> 1);
        scope.join();

        assertThat(BackgroundCall.start(() -> {
                            TaskScope.Task<Integer> task = scope.fork(() -> 2);
                            scope.join();
                            return task.result();
                        })
                        .result())
                .isEqualTo(2);
    }

    @Test
    void result_failedTask_throws() {
        TaskScope.Task<Integer> task = scope.fork(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(scope::join).hasMessage("no");

        assertThatIllegalStateException().isThrownBy(task::result).withMessageContaining("before join() returned");
    }

    @Test
    void close_queuedTasks_areCanceled() throws Exception {
        scope.fork(this::block);
        TaskScope other = newScope(workers);
        other.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        TaskScope.Task<Integer> waiting = newScope(workers).fork(() -> 1);

        workers.close();

        assertThat(waiting.isCancelled()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> newScope(workers).fork(() -> 1))
                .withMessage("This TuyaCloud is closed");
    }

    @Test
    void close_interrupted_keepsTheInterruptFlag() throws Exception {
        scope.fork(() -> 1);
        scope.join();
        CountDownLatch release = new CountDownLatch(1);
        newScope(workers).fork(() -> {
            begun.countDown();
            return awaitStubbornly(release);
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        Thread.currentThread().interrupt();
        workers.close();

        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
    }

    @Test
    void fork_anyTask_runsOnNamedDaemon() throws Exception {
        try (WorkerPool single = new WorkerPool(1)) {
            assertThat(firstThreadOf(single).isDaemon()).isTrue();
            assertThat(firstThreadOf(single).getName()).isEqualTo("tuya-cloud-1");
        }
    }

    private static Thread firstThreadOf(WorkerPool workers) throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        // Threads inherit the daemon flag; this one is not a daemon.
        Thread maker = new Thread(() -> {
            newScope(workers).fork(() -> 1);
            made.countDown();
        });
        maker.setDaemon(false);
        maker.start();
        assertThat(made.await(5, TimeUnit.SECONDS)).isTrue();

        return newScope(workers).fork(Thread::currentThread).get(5, TimeUnit.SECONDS);
    }

    private static TaskScope newScope(WorkerPool workers) {
        return new TaskScope(workers, Duration.ofMinutes(1));
    }

    private Object block() throws InterruptedException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static boolean awaitStubbornly(CountDownLatch release) {
        while (true) {
            try {
                return release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // Ignored on purpose.
            }
        }
    }
}

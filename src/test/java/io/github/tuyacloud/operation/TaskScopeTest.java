package io.github.tuyacloud.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.exception.TuyaTransportException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that succeed or fail together, and the threads they run on. */
@Timeout(30)
class TaskScopeTest {

    private final WorkerPool fanOut = new WorkerPool(2);
    private final TaskScope group = fanOut.group();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void closeFanOut() {
        fanOut.close();
    }

    @Test
    void join_allWork_givesTheirResults() {
        TaskScope.Member<String> one = group.fork(() -> "one");
        TaskScope.Member<String> two = group.fork(() -> "two");

        group.join();

        assertThat(one.result()).isEqualTo("one");
        assertThat(two.result()).isEqualTo("two");
    }

    @Test
    void join_oneFails_throwsThatAtOnce() throws Exception {
        group.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        IllegalArgumentException failure = new IllegalArgumentException("no");
        group.start(() -> {
            throw failure;
        });

        assertThatThrownBy(group::join).isSameAs(failure);
        assertThat(interrupted.getCount()).isEqualTo(1);
        group.close();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void join_errors_areThrownAsTheyAre() {
        AssertionError error = new AssertionError("no");
        group.start(() -> {
            throw error;
        });

        assertThatThrownBy(group::join).isSameAs(error);
    }

    @Test
    void join_interrupted_endsWithTheFlagSet() throws Exception {
        group.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(group::join)
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fork_afterAFailure_startsNothing() {
        group.start(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(group::join).hasMessage("no");

        TaskScope.Member<Boolean> late = group.fork(() -> begun.await(0, TimeUnit.SECONDS));

        assertThat(late.isCancelled()).isTrue();
        assertThatThrownBy(group::join).hasMessage("no");
    }

    @Test
    void fork_afterClose_startsNothing() throws Exception {
        group.close();

        assertThat(onAnotherThread(() -> group.fork(() -> 1).isCancelled())).isTrue();
        assertThatIllegalStateException().isThrownBy(group::join).withMessage("the group is closed");
    }

    @Test
    void close_afterAFailure_keepsThatOne() {
        group.start(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(group::join).hasMessage("no");

        group.close();

        assertThatThrownBy(group::join).hasMessage("no");
    }

    @Test
    void join_done_othersCanGoOn() throws Exception {
        group.fork(() -> 1);
        group.join();

        assertThat(onAnotherThread(() -> {
                    TaskScope.Member<Integer> member = group.fork(() -> 2);
                    group.join();
                    return member.result();
                }))
                .isEqualTo(2);
    }

    @Test
    void result_ofAFailedCall_isNone() {
        TaskScope.Member<Integer> member = group.fork(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(group::join).hasMessage("no");

        assertThatIllegalStateException().isThrownBy(member::result).withMessageContaining("before the group was done");
    }

    @Test
    void fanOutClose_callsWaitingForAThread_areCancelled() throws Exception {
        group.fork(this::block);
        TaskScope other = fanOut.group();
        other.fork(this::block);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        TaskScope.Member<Integer> waiting = fanOut.group().fork(() -> 1);

        fanOut.close();

        assertThat(waiting.isCancelled()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> fanOut.start(() -> 1))
                .withMessage("This TuyaCloud is closed");
    }

    @Test
    void fanOutClose_interrupted_keepsTheFlag() throws Exception {
        group.fork(() -> 1);
        group.join();
        CountDownLatch release = new CountDownLatch(1);
        fanOut.start(() -> {
            begun.countDown();
            return awaitStubbornly(release);
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        Thread.currentThread().interrupt();
        fanOut.close();

        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
    }

    @Test
    void fanOut_threads_keepNoJvmAlive() throws Exception {
        try (WorkerPool single = new WorkerPool(1)) {
            assertThat(firstThreadOf(single).isDaemon()).isTrue();
            assertThat(firstThreadOf(single).getName()).isEqualTo("tuya-cloud-1");
        }
    }

    private static Thread firstThreadOf(WorkerPool fanOut) throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        // A thread inherits from the one that makes it: this one would keep the JVM alive.
        Thread maker = new Thread(() -> {
            fanOut.start(() -> 1);
            made.countDown();
        });
        maker.setDaemon(false);
        maker.start();
        assertThat(made.await(5, TimeUnit.SECONDS)).isTrue();

        return fanOut.start(Thread::currentThread).get(5, TimeUnit.SECONDS);
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
                // It is stubborn.
            }
        }
    }

    private static <T> T onAnotherThread(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task.get(5, TimeUnit.SECONDS);
    }
}

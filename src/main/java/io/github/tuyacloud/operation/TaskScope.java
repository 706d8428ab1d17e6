package io.github.tuyacloud.operation;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls made side by side that succeed or fail together: the first failure cancels the rest. A call of the group may add
 * further ones.
 */
final class TaskScope implements AutoCloseable {

    private final WorkerPool fanOut;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Member<?>> running = new HashSet<>();
    private @Nullable Throwable failure;

    TaskScope(WorkerPool fanOut) {
        this.fanOut = fanOut;
    }

    /** A call under way, whose result can be taken once the group is done. */
    final class Member<T> extends FutureTask<T> {

        private Member(Callable<T> call) {
            super(call);
        }

        @Override
        protected void done() {
            lock.lock();
            try {
                running.remove(this);
                noteFailure();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void noteFailure() {
            try {
                get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (CancellationException | InterruptedException e) {
                failure = failure == null ? new IllegalStateException("This TuyaCloud is closed") : failure;
            }
        }

        /** The result, of a group that is done. */
        T result() {
            try {
                return get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("taken before the group was done", e);
            }
        }
    }

    /** Starts a call; after a failure it starts none. */
    <T> Member<T> fork(Callable<T> call) {
        Member<T> member = new Member<>(call);
        lock.lock();
        try {
            if (failure != null) {
                member.cancel(false);
                return member;
            }
            running.add(member);
        } finally {
            lock.unlock();
        }
        fanOut.execute(member);
        return member;
    }

    /** Starts a call that has no result: whether it failed is for {@link #join()} to say. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(Runnable call) {
        fork(Executors.callable(call));
    }

    /** Waits until no call is under way; throws the first failure. */
    void join() {
        lock.lock();
        try {
            while (!running.isEmpty() && failure == null) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw WorkerPool.interrupted(e);
        } finally {
            lock.unlock();
        }
        if (failure != null && fanOut.isClosed()) {
            // Closing ends the calls that are under way in one way or another.
            throw new IllegalStateException("This TuyaCloud is closed", failure);
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Cancels what is still under way. */
    @Override
    public void close() {
        Set<Member<?>> rest;
        lock.lock();
        try {
            failure = failure == null ? new IllegalStateException("the group is closed") : failure;
            rest = Set.copyOf(running);
        } finally {
            lock.unlock();
        }
        rest.forEach(member -> member.cancel(true));
    }
}

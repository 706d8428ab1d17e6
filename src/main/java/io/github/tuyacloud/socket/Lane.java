package io.github.tuyacloud.socket;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One queue of deliveries, worked off one after the other on whichever thread the executor lends; thread-safe. */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Executor executor;
    private final Consumer<Delivery> work;
    private final Consumer<Delivery> refused;
    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();

    Lane(Executor executor, Consumer<Delivery> work, Consumer<Delivery> refused) {
        this.executor = executor;
        this.work = work;
        this.refused = refused;
    }

    /** Adds a delivery at the end; bounded by what is in hand at all. */
    void add(Delivery delivery) {
        waiting.add(delivery);
        if (left.getAndIncrement() == 0) {
            Turn turn = new Turn();
            try {
                executor.execute(turn);
            } catch (Throwable e) {
                // Not only a RejectedExecutionException: executors fail in ways of their own, and memory for a thread
                // may be
                // short. One that has begun all the same goes on.
                turn.take(refused);
            }
        }
    }

    /** The turn to drain the queue, which one thread takes. */
    private final class Turn implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();

        @Override
        public void run() {
            take(work);
        }

        void take(Consumer<Delivery> consumer) {
            if (taken.compareAndSet(false, true)) {
                drain(consumer);
            }
        }
    }

    /** Whoever counts up from nothing drains, and nobody else does until it has counted down to nothing again. */
    private void drain(Consumer<Delivery> consumer) {
        do {
            try {
                consumer.accept(Objects.requireNonNull(waiting.poll()));
            } catch (Throwable e) {
                LOG.warn(
                        "The work on a message was cut short by {}",
                        e.getClass().getName());
            }
        } while (left.decrementAndGet() > 0);
    }
}

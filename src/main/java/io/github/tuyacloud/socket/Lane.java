package io.github.tuyacloud.socket;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One queue of deliveries, worked off one after the other on whichever thread the executor lends; thread-safe. */
final class Lane implements Runnable {

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
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                drain(refused);
            }
        }
    }

    @Override
    public void run() {
        drain(work);
    }

    /** Whoever counts up from nothing drains, and nobody else does until it has counted down to nothing again. */
    private void drain(Consumer<Delivery> consumer) {
        do {
            consumer.accept(Objects.requireNonNull(waiting.poll()));
        } while (left.decrementAndGet() > 0);
    }
}

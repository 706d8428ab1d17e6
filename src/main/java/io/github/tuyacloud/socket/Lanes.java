package io.github.tuyacloud.socket;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Shares deliveries out among lanes that run side by side, so that those of the same key stay in order; thread-safe. */
final class Lanes {

    private final List<Lane> lanes;

    /**
     * Makes idle lanes.
     *
     * @param count how many deliveries are worked on side by side
     * @param executor runs them
     * @param work what to do with each delivery
     * @param refused what to do with each delivery when the executor takes no work
     */
    Lanes(int count, Executor executor, Consumer<Delivery> work, Consumer<Delivery> refused) {
        this.lanes = IntStream.range(0, count)
                .mapToObj(number -> new Lane(executor, work, refused))
                .toList();
    }

    /** Puts a delivery at the end of the lane that its key always goes to. */
    void dispatch(String key, Delivery delivery) {
        lanes.get(Math.floorMod(key.hashCode(), lanes.size())).add(delivery);
    }
}

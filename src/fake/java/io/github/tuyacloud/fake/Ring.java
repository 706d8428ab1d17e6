package io.github.tuyacloud.fake;

import java.util.ArrayDeque;
import java.util.List;

/** Remembers the last so many things only, so that a soak test does not eat the memory. */
final class Ring<T> {
    private final int limit;
    private final ArrayDeque<T> items = new ArrayDeque<>();

    Ring(int limit) {
        this.limit = limit;
    }

    synchronized void add(T item) {
        items.addLast(item);
        if (items.size() > limit) {
            items.removeFirst();
        }
    }

    /** What is remembered, oldest first. */
    synchronized List<T> list() {
        return List.copyOf(items);
    }
}

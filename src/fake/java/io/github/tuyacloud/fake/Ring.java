package io.github.tuyacloud.fake;

import java.util.ArrayDeque;
import java.util.List;

/** Keeps only the latest items, so that a soak test does not fill the memory. */
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

    /** Returns the kept items, oldest first. */
    synchronized List<T> list() {
        return List.copyOf(items);
    }
}

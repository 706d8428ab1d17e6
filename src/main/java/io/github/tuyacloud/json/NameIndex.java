package io.github.tuyacloud.json;

import java.util.Arrays;

/**
 * An insertion-ordered index of distinct names. Unlike a {@code HashMap} of strings, it cannot be slowed down by chosen
 * names, because each instance seeds its own hash function.
 */
final class NameIndex {

    /** The golden-ratio multiplier of Fibonacci hashing. */
    private static final int SPREAD = 0x9E3779B1;

    private final int seed = System.identityHashCode(this) * SPREAD;

    private String[] names;
    private int size;

    /** An open-addressing hash table: the position of a name plus one, or 0 if free. Its length is a power of two. */
    private int[] slots;

    NameIndex(int expected) {
        this.names = new String[Math.max(8, expected)];
        this.slots = new int[Integer.highestOneBit(names.length) * 4];
    }

    String get(int position) {
        return names[position];
    }

    /** Returns the position of a name, or -1. */
    int positionOf(String name) {
        return slots[slotOf(name)] - 1;
    }

    /** Adds a name if it is absent, and returns its position. */
    int add(String name) {
        int slot = slotOf(name);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == names.length) {
            grow();
            slot = slotOf(name);
        }
        names[size++] = name;
        slots[slot] = size;
        return size - 1;
    }

    /** Returns the names in order. */
    String[] toArray() {
        return Arrays.copyOf(names, size);
    }

    private void grow() {
        names = Arrays.copyOf(names, 2 * size);
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            slots[slotOf(names[i])] = i + 1;
        }
    }

    /** Returns the slot of a name, or the free slot where it belongs. */
    private int slotOf(String name) {
        int last = slots.length - 1;
        int slot = hash(name) & last;
        while (slots[slot] > 0 && !names[slots[slot] - 1].equals(name)) {
            slot = slot + 1 & last;
        }
        return slot;
    }

    private int hash(String name) {
        int hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * SPREAD;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}

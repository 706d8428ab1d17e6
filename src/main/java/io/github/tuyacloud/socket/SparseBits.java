package io.github.tuyacloud.socket;

import java.util.HashMap;
import java.util.Map;

/** A set of small numbers, whose memory grows with their count and not with the largest of them. */
final class SparseBits {

    private final Map<Integer, Long> words = new HashMap<>();
    private int count;

    /** Adds a number. */
    void set(int number) {
        if (!get(number)) {
            words.merge(word(number), bit(number), (a, b) -> a | b);
            count++;
        }
    }

    boolean get(int number) {
        return (words.getOrDefault(word(number), 0L) & bit(number)) != 0;
    }

    /** Returns how many numbers it contains. */
    int count() {
        return count;
    }

    /** Removes all numbers. */
    void clear() {
        words.clear();
        count = 0;
    }

    private static int word(int number) {
        return number / Long.SIZE;
    }

    private static long bit(int number) {
        return 1L << number % Long.SIZE;
    }
}

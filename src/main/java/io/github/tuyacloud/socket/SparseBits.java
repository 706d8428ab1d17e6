package io.github.tuyacloud.socket;

import java.util.HashMap;
import java.util.Map;

/** A bit set whose memory grows with the number of set bits, not with the highest one. */
final class SparseBits {

    private final Map<Integer, Long> words = new HashMap<>();
    private int count;

    void set(int number) {
        if (!get(number)) {
            words.merge(word(number), bit(number), (a, b) -> a | b);
            count++;
        }
    }

    boolean get(int number) {
        return (words.getOrDefault(word(number), 0L) & bit(number)) != 0;
    }

    /** Returns the number of set bits. */
    int count() {
        return count;
    }

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

package io.github.tuyacloud.fake;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Creates message ids as Apache Pulsar does: a protobuf message of ledger, entry, partition, batch index and, since
 * 2.8, batch size, in Base64.
 */
final class MessageIds {
    private static final int LEDGER = 7;
    private static final int PARTITIONS = 11;

    private MessageIds() {}

    static String single(@Nullable String key, long entry) {
        return encode(key, entry, -1, -1);
    }

    /** The size is -1 for gateways whose ids do not contain it. */
    static String batched(@Nullable String key, long entry, int index, int size) {
        return encode(key, entry, index, size);
    }

    private static String encode(@Nullable String key, long entry, int batchIndex, int batchSize) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        field(bytes, 1, LEDGER);
        field(bytes, 2, entry);
        field(bytes, 3, Math.floorMod(String.valueOf(key).hashCode(), PARTITIONS));
        if (batchIndex >= 0) {
            field(bytes, 4, batchIndex);
        }
        if (batchSize >= 0) {
            field(bytes, 6, batchSize);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static void field(ByteArrayOutputStream bytes, int number, long value) {
        bytes.write(number << 3);
        long rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes.write((int) (rest & 0x7f | 0x80));
        }
        bytes.write((int) rest);
    }
}

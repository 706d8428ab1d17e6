package io.github.tuyacloud.socket;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The position of a message in a batch: a producer may store several messages in one entry.
 *
 * @param entry the entry that contains the batch
 * @param index the index within the batch, from 0
 * @param size the number of messages in the batch; -1 if unknown, as in ids from older gateways
 */
record BatchPosition(Entry entry, int index, int size) {

    private static final int LEDGER = 1;
    private static final int ENTRY = 2;
    private static final int PARTITION = 3;
    private static final int BATCH_INDEX = 4;
    private static final int BATCH_SIZE = 6;
    private static final int FIELDS = 8;

    /** The largest plausible index. */
    private static final long MAX_SIZE = 1 << 20;

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    /**
     * An entry of the message service's storage.
     *
     * @param stream ledger and partition: entries of the same stream are numbered in order
     * @param number the number of the entry
     */
    record Entry(String stream, long number) {}

    /**
     * Returns whether the gateway counts the acknowledgments of a batch. A gateway whose ids contain no batch size
     * takes the first acknowledgment for the whole batch.
     */
    boolean isCounted() {
        return size > 0;
    }

    /**
     * Returns the position in a message id, which is Base64-encoded protobuf; null if it has another form or no batch
     * index.
     */
    static @Nullable BatchPosition of(String messageId) {
        long[] fields = new long[FIELDS];
        Arrays.fill(fields, -1);
        try {
            new Reader(Base64.getDecoder().decode(messageId)).read(fields);
        } catch (IllegalArgumentException e) {
            return null;
        }
        long index = fields[BATCH_INDEX];
        boolean batched = fields[LEDGER] >= 0 && fields[ENTRY] >= 0 && index >= 0 && index < MAX_SIZE;
        if (!batched) {
            return null;
        }
        long size = fields[BATCH_SIZE];
        return new BatchPosition(
                new Entry(fields[LEDGER] + ":" + fields[PARTITION], fields[ENTRY]),
                (int) index,
                size > index && size <= MAX_SIZE ? (int) size : -1);
    }

    /** Reads the numeric fields at the start of a protobuf message. */
    private static final class Reader {

        private final byte[] bytes;
        private int next;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        void read(long[] fields) {
            while (next < bytes.length) {
                long tag = varint();
                long value = varint();
                int type = (int) (tag & 7);
                if (type == LENGTH_DELIMITED && value >= 0 && value <= bytes.length - next) {
                    next += (int) value;
                } else if (type != VARINT) {
                    throw new IllegalArgumentException("not a message id");
                } else if (tag >> 3 < fields.length) {
                    fields[(int) (tag >> 3)] = value;
                }
            }
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE && next < bytes.length; shift += 7) {
                byte part = bytes[next++];
                value |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("not a message id");
        }
    }
}

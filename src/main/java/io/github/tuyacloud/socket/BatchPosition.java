package io.github.tuyacloud.socket;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is in a batch. A producer may put several messages into one entry of the message service's storage, and
 * older gateways take the acknowledgement of one of them for all.
 *
 * @param stream ledger and partition: entries of the same stream are numbered in order
 * @param entry the number of the entry that contains the batch
 */
record BatchPosition(String stream, long entry) {

    private static final int LEDGER = 1;
    private static final int ENTRY = 2;
    private static final int PARTITION = 3;
    private static final int BATCH_INDEX = 4;
    private static final int FIELDS = 8;
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    /** Reads it from a message id, a protobuf message in Base64; null if the id has another form or no batch index. */
    static @Nullable BatchPosition of(String messageId) {
        long[] fields = new long[FIELDS];
        Arrays.fill(fields, -1);
        try {
            new Reader(Base64.getDecoder().decode(messageId)).read(fields);
        } catch (IllegalArgumentException e) {
            return null;
        }
        boolean batched = fields[LEDGER] >= 0 && fields[ENTRY] >= 0 && fields[BATCH_INDEX] >= 0;
        return batched ? new BatchPosition(fields[LEDGER] + ":" + fields[PARTITION], fields[ENTRY]) : null;
    }

    /** Reads the numbers among the first fields of a protobuf message. */
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

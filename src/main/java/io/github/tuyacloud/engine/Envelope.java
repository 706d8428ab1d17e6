package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.PlainValues;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the cloud, read but not yet judged: whether it worked, the result or the error, time and trace id.
 *
 * @param fields the whole answer
 * @param success what it says of itself
 * @param httpStatus the HTTP status it came with
 * @param attempts how many requests it took to get it
 */
public record Envelope(Map<String, @Nullable Object> fields, boolean success, int httpStatus, int attempts) {

    /** Reads an answer; null if it does not say whether it worked, for then it is not the cloud's. */
    static @Nullable Envelope of(@Nullable Object json, int httpStatus) {
        Map<String, @Nullable Object> fields = PlainValues.object(json);
        Boolean success = fields == null ? null : PlainValues.flag(fields.get("success"));
        return fields == null || success == null ? null : new Envelope(fields, success, httpStatus, 1);
    }

    /** The same, after so many attempts. */
    Envelope after(int count) {
        return count == attempts ? this : new Envelope(fields, success, httpStatus, count);
    }

    /**
     * Gives the result.
     *
     * @return a plain Java value, or null
     */
    public @Nullable Object result() {
        return fields.get("result");
    }

    /** The error code; -1 when there is none that fits. */
    int code() {
        Long code = PlainValues.wholeNumber(fields.get("code"));
        return code == null || code != code.intValue() ? -1 : code.intValue();
    }

    @Nullable
    String message() {
        return PlainValues.text(fields.get("msg"));
    }

    /**
     * Gives the trace id.
     *
     * @return the {@code tid}, or null
     */
    public @Nullable String tid() {
        return PlainValues.text(fields.get("tid"));
    }

    /** The server's time, or null when it is absent or absurd. */
    @Nullable
    Instant serverTime() {
        Long t = PlainValues.wholeNumber(fields.get("t"));
        return t == null || t <= 0 || t > 1L << 48 ? null : Instant.ofEpochMilli(t);
    }
}

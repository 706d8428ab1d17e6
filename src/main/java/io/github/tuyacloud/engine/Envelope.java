package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.JsonValues;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the cloud, read but not yet judged: whether it worked, the result or the error, time and trace id.
 *
 * @param fields the whole answer, as the cloud sent it
 * @param tid the trace id that is safe to show, or null
 * @param success what it says of itself
 * @param httpStatus the HTTP status it came with
 * @param attempts how many requests it took to get it
 */
public record Envelope(
        Map<String, @Nullable Object> fields, @Nullable String tid, boolean success, int httpStatus, int attempts) {

    private static final String TID = "tid";

    /** Reads an answer; null if it does not say whether it worked, for then it is not the cloud's. */
    static @Nullable Envelope of(@Nullable Object json, int httpStatus) {
        Map<String, @Nullable Object> fields = JsonValues.object(json);
        Boolean success = fields == null ? null : JsonValues.flag(fields.get("success"));
        return fields == null || success == null
                ? null
                : new Envelope(fields, JsonValues.text(fields.get(TID)), success, httpStatus, 1);
    }

    /** The same, after so many attempts. */
    Envelope after(int count) {
        return count == attempts ? this : new Envelope(fields, tid, success, httpStatus, count);
    }

    /** Returns the same answer with a trace id that is safe to show. */
    Envelope showing(@Nullable String safeTid) {
        return Objects.equals(safeTid, tid) ? this : new Envelope(fields, safeTid, success, httpStatus, attempts);
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
        Long code = JsonValues.wholeNumber(fields.get("code"));
        return code == null || code != code.intValue() ? -1 : code.intValue();
    }

    @Nullable
    String message() {
        return JsonValues.text(fields.get("msg"));
    }

    /** The server's time, or null when it is absent or absurd. */
    @Nullable
    Instant serverTime() {
        Long t = JsonValues.wholeNumber(fields.get("t"));
        return t == null || t <= 0 || t > 1L << 48 ? null : Instant.ofEpochMilli(t);
    }
}

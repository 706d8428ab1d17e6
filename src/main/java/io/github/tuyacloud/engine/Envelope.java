package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.JsonValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a response from the cloud: success, the result or the error, time and trace id.
 *
 * @param fields the whole response, as the cloud sent it
 * @param tid the trace id in a form that is safe to show, or null
 * @param success whether the response reports success
 * @param httpStatus the HTTP status
 * @param attempts the number of requests sent for it
 */
public record Envelope(
        Map<String, @Nullable Object> fields, @Nullable String tid, boolean success, int httpStatus, int attempts) {

    private static final String TID = "tid";
    private static final String SUCCESS = "success";
    private static final String RESULT = "result";

    /** The names under which the cloud sends the error code, the usual one first. */
    private static final List<String> CODES = List.of("code", "error_code", "errorCode");

    /** The names under which the cloud sends the error message, the usual one first. */
    private static final List<String> MESSAGES = List.of("msg", "message", "error_msg", "errorMsg");

    /** Reads a response; returns null if it has no {@code success} field and is not a plain refusal. */
    static @Nullable Envelope of(@Nullable Object json, int httpStatus) {
        Map<String, @Nullable Object> fields = JsonValues.object(json);
        if (fields == null) {
            return null;
        }
        Boolean success = isPlainRefusal(fields) ? Boolean.FALSE : JsonValues.flag(fields.get(SUCCESS));
        return success == null ? null : new Envelope(fields, JsonValues.text(fields.get(TID)), success, httpStatus, 1);
    }

    /** Returns whether the fields are a refusal without {@code success}: a code and a message, but no result. */
    private static boolean isPlainRefusal(Map<String, @Nullable Object> fields) {
        return fields.get(SUCCESS) == null
                && fields.get(RESULT) == null
                && firstText(fields, CODES) != null
                && firstText(fields, MESSAGES) != null;
    }

    /** Returns whether this is a refusal without {@code success=false}. */
    boolean isPlainRefusal() {
        return isPlainRefusal(fields);
    }

    private static @Nullable String firstText(Map<String, @Nullable Object> fields, List<String> names) {
        for (String name : names) {
            String text = JsonValues.text(fields.get(name));
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Returns a copy with the given number of attempts. */
    Envelope after(int count) {
        return count == attempts ? this : new Envelope(fields, tid, success, httpStatus, count);
    }

    /** Returns a copy with a redacted trace id. */
    Envelope withTid(@Nullable String safeTid) {
        return Objects.equals(safeTid, tid) ? this : new Envelope(fields, safeTid, success, httpStatus, attempts);
    }

    /**
     * Returns the result.
     *
     * @return a plain Java value, or null
     */
    public @Nullable Object result() {
        return fields.get(RESULT);
    }

    /** Returns the error code as a string, {@code 1106} for 1106, "1106" and 1106.0; or null. */
    @Nullable
    String code() {
        for (String name : CODES) {
            Object code = fields.get(name);
            Long number = JsonValues.wholeNumber(code instanceof String text ? text.strip() : code);
            String text = number != null ? number.toString() : JsonValues.text(code);
            if (text != null && !text.isBlank() && !(code instanceof Boolean)) {
                return text.strip();
            }
        }
        return null;
    }

    @Nullable
    String message() {
        return firstText(fields, MESSAGES);
    }

    /**
     * Returns the server's time.
     *
     * @return the time, or null if it is absent or implausible
     */
    public @Nullable Instant serverTime() {
        Long t = JsonValues.wholeNumber(fields.get("t"));
        return t == null || t <= 0 || t > 1L << 48 ? null : Instant.ofEpochMilli(t);
    }
}

package io.github.tuyacloud.exception;

import io.github.tuyacloud.json.LogSafe;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one failed call, which every {@link TuyaException} carries.
 *
 * @param operation what was tried, as method and path template: {@code GET /v1.0/devices/{id}}; never with ids or values
 * @param httpStatus the HTTP status of the last answer, -1 when there was none
 * @param code the cloud's error code, -1 when there was none
 * @param apiMessage the cloud's own words, or null; in one line, and cut where they go on for too long
 * @param tid the cloud's trace id, which its support asks for, or null; cut likewise
 * @param attempts how many requests were sent for this call, without those for a token
 * @param retryable whether the same call can succeed later without anybody changing anything
 * @param hint what a person should do now, or null
 */
public record CallFailure(
        String operation,
        int httpStatus,
        int code,
        @Nullable String apiMessage,
        @Nullable String tid,
        int attempts,
        boolean retryable,
        @Nullable String hint) {

    /** Longer than any words that the cloud is known to use. */
    private static final int LONGEST_MESSAGE = 500;

    /** Twice as long as any trace id. */
    private static final int LONGEST_TID = 64;

    /**
     * Checks the only part that is always there, and makes what the cloud said fit for one line.
     *
     * @throws NullPointerException if {@code operation} is null
     */
    public CallFailure {
        Objects.requireNonNull(operation, "operation");
        apiMessage = apiMessage == null ? null : LogSafe.of(apiMessage, LONGEST_MESSAGE);
        tid = tid == null ? null : LogSafe.of(tid, LONGEST_TID);
    }

    /**
     * Starts with nothing known but what was tried.
     *
     * @param operation as the component of the same name
     * @return a failure without answer, code or hint, and not retryable
     */
    public static CallFailure of(String operation) {
        return new CallFailure(operation, -1, -1, null, null, 0, false, null);
    }

    /**
     * Adds what HTTP said.
     *
     * @param status the HTTP status, -1 for none
     * @return a copy with it
     */
    public CallFailure withHttpStatus(int status) {
        return new CallFailure(operation, status, code, apiMessage, tid, attempts, retryable, hint);
    }

    /**
     * Adds what the cloud said.
     *
     * @param newCode the cloud's error code
     * @param newApiMessage the cloud's words, or null
     * @param newTid the cloud's trace id, or null
     * @return a copy with them
     */
    public CallFailure withAnswer(int newCode, @Nullable String newApiMessage, @Nullable String newTid) {
        return new CallFailure(operation, httpStatus, newCode, newApiMessage, newTid, attempts, retryable, hint);
    }

    /**
     * Adds how often it was tried.
     *
     * @param count requests sent
     * @return a copy with it
     */
    public CallFailure withAttempts(int count) {
        return new CallFailure(operation, httpStatus, code, apiMessage, tid, count, retryable, hint);
    }

    /**
     * Adds what can be done.
     *
     * @param canRetry whether the same call can succeed later by itself
     * @param newHint what a person should do, or null
     * @return a copy with them
     */
    public CallFailure withAdvice(boolean canRetry, @Nullable String newHint) {
        return new CallFailure(operation, httpStatus, code, apiMessage, tid, attempts, canRetry, newHint);
    }

    /** The whole failure in one line: operation, reason, the facts in brackets, the hint. */
    String describe(String reason) {
        StringBuilder line = new StringBuilder(operation).append(" failed: ").append(reason);
        StringBuilder facts = new StringBuilder();
        if (httpStatus >= 0) {
            facts.append("HTTP ").append(httpStatus).append(", ");
        }
        if (tid != null) {
            facts.append("tid ").append(tid).append(", ");
        }
        if (attempts > 0) {
            facts.append(attempts == 1 ? "1 attempt" : attempts + " attempts").append(", ");
        }
        if (!facts.isEmpty()) {
            line.append(" (").append(facts, 0, facts.length() - 2).append(')');
        }
        if (hint != null) {
            line.append(". ").append(hint);
        }
        // A reason may quote a file name or another library, and those can have line ends too.
        return LogSafe.of(line.toString());
    }

    /** The cloud's code and words, as a reason. */
    String apiReason() {
        String words = apiMessage == null ? "" : " " + apiMessage;
        return code == -1 ? words.strip() : code + words;
    }
}

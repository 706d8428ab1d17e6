package io.github.tuyacloud.exception;

import io.github.tuyacloud.json.LogSafe;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The details of a failed call, from which its exception is created. A test can build them to create such an exception:
 *
 * <pre>{@code
 * new TuyaAuthException(CallFailure.builder("GET /v1.0/devices/{id}").httpStatus(200).code(1106).build());
 * }</pre>
 *
 * @param operation what was tried, as method and path template: {@code GET /v1.0/devices/{id}}; never with ids or
 *     values
 * @param httpStatus the HTTP status of the last response, -1 without a response
 * @param codeText the cloud's error code as it was sent, a number or a word, or null
 * @param apiMessage the cloud's message in one line, shortened if it is very long, or null
 * @param tid the cloud's trace id, which Tuya's support asks for, or null
 * @param attempts the number of requests sent for this call, token requests excluded
 * @param retryable whether the same call may succeed later without any change
 * @param hint what the user should do, or null
 */
public record CallFailure(
        String operation,
        int httpStatus,
        @Nullable String codeText,
        @Nullable String apiMessage,
        @Nullable String tid,
        int attempts,
        boolean retryable,
        @Nullable String hint)
        implements Serializable {

    /** Longer than any message that the cloud is known to send. */
    private static final int MAX_MESSAGE_LENGTH = 500;

    /** Longer than any code that is a word. */
    private static final int MAX_CODE_LENGTH = 80;

    /** Twice as long as any trace id. */
    private static final int MAX_TID_LENGTH = 64;

    private static final int NONE = -1;

    /**
     * Reduces the operation, which may contain a path, and the texts of the cloud to one safe line each.
     *
     * @throws NullPointerException if {@code operation} is null
     */
    public CallFailure {
        operation = LogSafe.of(Objects.requireNonNull(operation, "operation"));
        codeText = codeText == null || codeText.isBlank() ? null : LogSafe.of(codeText.strip(), MAX_CODE_LENGTH);
        apiMessage = apiMessage == null ? null : LogSafe.of(apiMessage, MAX_MESSAGE_LENGTH);
        tid = tid == null ? null : LogSafe.of(tid, MAX_TID_LENGTH);
    }

    /**
     * Returns the cloud's error code as a number.
     *
     * @return the code; -1 if absent or a word
     */
    public int code() {
        if (codeText == null) {
            return NONE;
        }
        try {
            return Integer.parseInt(codeText);
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /**
     * Creates a builder.
     *
     * @param operation what was tried, as method and path template
     * @return a new builder: no response, no code, no hint, not retryable
     */
    public static Builder builder(String operation) {
        return new Builder(operation);
    }

    /** Collects the details of a failed call; not thread-safe. */
    public static final class Builder {

        private final String operation;
        private int httpStatus = NONE;
        private @Nullable String code;
        private @Nullable String message;
        private @Nullable String tid;
        private int attempts;
        private boolean retryable;
        private @Nullable String hint;

        private Builder(String operation) {
            this.operation = operation;
        }

        /**
         * Sets the HTTP status of the last response.
         *
         * @param status the status, -1 for none
         * @return this builder
         */
        public Builder httpStatus(int status) {
            this.httpStatus = status;
            return this;
        }

        /**
         * Sets the cloud's error code.
         *
         * @param number the code, -1 for none
         * @return this builder
         */
        public Builder code(int number) {
            return code(number == NONE ? null : Integer.toString(number));
        }

        /**
         * Sets the cloud's error code, which may be a word.
         *
         * @param text the code as it was sent, or null
         * @return this builder
         */
        public Builder code(@Nullable String text) {
            this.code = text;
            return this;
        }

        /**
         * Sets the cloud's message.
         *
         * @param text the message, or null
         * @return this builder
         */
        public Builder message(@Nullable String text) {
            this.message = text;
            return this;
        }

        /**
         * Sets the cloud's trace id.
         *
         * @param traceId the trace id, or null
         * @return this builder
         */
        public Builder tid(@Nullable String traceId) {
            this.tid = traceId;
            return this;
        }

        /**
         * Sets the number of requests sent.
         *
         * @param count the number
         * @return this builder
         */
        public Builder attempts(int count) {
            this.attempts = count;
            return this;
        }

        /**
         * Sets whether the same call may succeed later without any change.
         *
         * @param mayWorkLater true if it may
         * @return this builder
         */
        public Builder retryable(boolean mayWorkLater) {
            this.retryable = mayWorkLater;
            return this;
        }

        /**
         * Sets the advice for the user.
         *
         * @param advice one or more sentences, or null
         * @return this builder
         */
        public Builder hint(@Nullable String advice) {
            this.hint = advice;
            return this;
        }

        /**
         * Creates the details.
         *
         * @return the details
         */
        public CallFailure build() {
            return new CallFailure(operation, httpStatus, code, message, tid, attempts, retryable, hint);
        }
    }

    /** Returns the failure in one line: operation, reason, details in parentheses, hint. */
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
        if (facts.length() > 0) {
            line.append(" (").append(facts, 0, facts.length() - 2).append(')');
        }
        if (hint != null) {
            line.append(". ").append(hint);
        }
        // A reason may quote a file name or another library, which may contain line breaks.
        return LogSafe.of(line.toString());
    }

    /** Returns the cloud's code and message as a reason. */
    String apiReason() {
        String words = apiMessage == null ? "" : " " + apiMessage;
        String reason = ((codeText == null ? "" : codeText) + words).strip();
        return reason.isEmpty() ? "the cloud refused without a code" : reason;
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "CallFailure[operation={}, httpStatus={}, codeText={}, apiMessage={}, tid={}, attempts={}, "
                        + "retryable={}, hint={}]",
                operation,
                httpStatus,
                codeText,
                apiMessage,
                tid,
                attempts,
                retryable,
                hint);
    }
}

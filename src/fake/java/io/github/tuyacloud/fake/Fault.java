package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a request: a refusal, a response from a gateway, a lost connection or a malformed body.
 *
 * <p>Each factory method documents whether the request is still carried out; {@link #afterCarryingOut()} and
 * {@link #withoutCarryingOut()} change that. {@link #and(Fault)} combines faults.
 */
public final class Fault {
    /** When the endpoint carries the request out, relative to a delay. */
    enum Execution {
        NEVER,
        BEFORE_WAITING,
        AFTER_WAITING
    }

    /** Nothing goes wrong. */
    static final Fault NONE = executed(response -> {});

    /** The request was refused already. */
    static final Fault NOT_CARRIED_OUT = notExecuted(response -> {});

    private final Execution execution;
    private final Duration delay;
    private final boolean stalls;
    private final Consumer<WireResponse> change;

    private Fault(Execution execution, Duration delay, boolean stalls, Consumer<WireResponse> change) {
        this.execution = execution;
        this.delay = delay;
        this.stalls = stalls;
        this.change = change;
    }

    /**
     * Returns a refusal by the cloud. Not carried out.
     *
     * @param code the code
     * @param message the message
     * @return a fault
     */
    public static Fault code(int code, String message) {
        return notExecuted(response -> response.fail(code, message));
    }

    /**
     * Returns a response from a gateway, with an empty body. Not carried out.
     *
     * @param status the HTTP status
     * @return a fault
     */
    public static Fault http(int status) {
        return http(status, "text/plain", "");
    }

    /**
     * Returns a response from a gateway. Not carried out.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the body as text
     * @return a fault
     */
    public static Fault http(int status, String contentType, String body) {
        return body(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a redirect. Not carried out.
     *
     * @param status the HTTP status, such as 302
     * @param location the target
     * @return a fault
     */
    public static Fault redirect(int status, String location) {
        return http(status).header("Location", location);
    }

    /**
     * Returns a response with arbitrary bytes. Not carried out.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the body, which is copied
     * @return a fault
     */
    public static Fault body(int status, String contentType, byte[] body) {
        byte[] copy = body.clone();
        return notExecuted(response -> response.replace(status, contentType, FakeBody.of(copy)));
    }

    /**
     * Returns a connection that is closed without a response. Not carried out, unlike {@link #loseResponse()}.
     *
     * @return a fault
     */
    public static Fault disconnect() {
        return notExecuted(WireResponse::disconnect);
    }

    /**
     * Returns a connection that is closed without a response. Carried out, unlike {@link #disconnect()}.
     *
     * @return a fault
     */
    public static Fault loseResponse() {
        return disconnect().afterCarryingOut();
    }

    /**
     * Returns a connection that stays open without a response until one side closes it. Not carried out.
     *
     * @return a fault
     */
    public static Fault stall() {
        return new Fault(Execution.NEVER, Duration.ZERO, true, WireResponse::disconnect);
    }

    /**
     * Returns a late response. Carried out after the delay.
     *
     * @param delay the delay in real time
     * @return a fault
     */
    public static Fault delay(Duration delay) {
        return new Fault(Execution.AFTER_WAITING, delay, false, response -> {});
    }

    /**
     * Returns the usual response, a few bytes at a time. Carried out.
     *
     * @param bytesAtATime the number of bytes between pauses
     * @param pause the pause in real time
     * @return a fault
     */
    public static Fault slowBody(int bytesAtATime, Duration pause) {
        if (bytesAtATime < 1) {
            throw new IllegalArgumentException("bytesAtATime must be at least 1: " + bytesAtATime);
        }
        return executed(response -> response.slowDown(bytesAtATime, pause));
    }

    /**
     * Returns the first half of the usual response; then the connection is closed. Carried out.
     *
     * @return a fault
     */
    public static Fault truncatedBody() {
        return executed(WireResponse::truncate);
    }

    /**
     * Returns a few kilobytes that decompress to many bytes of JSON. Not carried out.
     *
     * @param bytes the number of bytes after decompression
     * @return a fault
     */
    public static Fault gzipBomb(long bytes) {
        return notExecuted(response -> response.replace(200, "application/json", FakeBody.paddedAndZipped(bytes)))
                .header("Content-Encoding", "gzip");
    }

    /**
     * Returns a successful response that contains a long text. Not carried out.
     *
     * @param bytes the length of the text
     * @return a fault
     */
    public static Fault hugeBody(long bytes) {
        return notExecuted(response -> response.replace(200, "application/json", FakeBody.padded(bytes)));
    }

    /**
     * Returns JSON that never ends. Not carried out.
     *
     * @return a fault
     */
    public static Fault endlessBody() {
        return notExecuted(response -> response.replace(200, "application/json", FakeBody.endless()));
    }

    /**
     * Returns a successful response of nested arrays. Not carried out.
     *
     * @param depth the nesting depth
     * @return a fault
     */
    public static Fault deepNesting(int depth) {
        return notExecuted(response -> response.replace(200, "application/json", FakeBody.nested(depth)));
    }

    /**
     * Returns JSON with a byte that is not valid UTF-8. Not carried out.
     *
     * @return a fault
     */
    public static Fault invalidUtf8() {
        return body(
                200,
                "application/json",
                "{\"success\":true,\"t\":1,\"result\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Returns a successful response with a different result. Carried out.
     *
     * @param result the result, as plain Java
     * @return a fault
     */
    public static Fault result(@Nullable Object result) {
        JsonNode tree =
                Json.tree(result); // converted here, so that an invalid value fails in the test and not in the server
        return executed(response -> response.succeed(tree.deepCopy()));
    }

    /**
     * Returns the usual response without one of its outer fields, such as {@code success} or {@code t}. Carried out.
     *
     * @param field the name of the field
     * @return a fault
     */
    public static Fault without(String field) {
        return executed(response -> response.envelope().remove(field));
    }

    /**
     * Returns the usual response with a different value in one of its outer fields. Carried out.
     *
     * @param field the name of the field
     * @param value its value, as plain Java
     * @return a fault
     */
    public static Fault with(String field, @Nullable Object value) {
        JsonNode tree = Json.tree(value);
        return executed(response -> response.envelope().set(field, tree.deepCopy()));
    }

    /**
     * Like this one, but the request is carried out first, so that only its response is lost or damaged.
     *
     * @return a fault
     */
    public Fault afterCarryingOut() {
        return new Fault(Execution.BEFORE_WAITING, delay, stalls, change);
    }

    /**
     * Like this one, but the request is not carried out.
     *
     * @return a fault
     */
    public Fault withoutCarryingOut() {
        return new Fault(Execution.NEVER, delay, stalls, change);
    }

    /**
     * Like this one, but with a header in the response.
     *
     * @param name the name of the header
     * @param value its value
     * @return a fault
     */
    public Fault header(String name, String value) {
        return new Fault(execution, delay, stalls, change.andThen(response -> response.header(name, value)));
    }

    /**
     * Combines this fault with another one. The request is carried out only if both faults carry it out, and is delayed
     * by both.
     *
     * @param other the second fault
     * @return a fault
     */
    public Fault and(Fault other) {
        Execution both = execution.compareTo(other.execution) < 0 ? execution : other.execution;
        return new Fault(both, delay.plus(other.delay), stalls || other.stalls, change.andThen(other.change));
    }

    Execution execution() {
        return execution;
    }

    Duration delay() {
        return delay;
    }

    boolean stalls() {
        return stalls;
    }

    void applyTo(WireResponse response) {
        change.accept(response);
    }

    private static Fault executed(Consumer<WireResponse> change) {
        return new Fault(Execution.BEFORE_WAITING, Duration.ZERO, false, change);
    }

    private static Fault notExecuted(Consumer<WireResponse> change) {
        return new Fault(Execution.NEVER, Duration.ZERO, false, change);
    }
}

package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong with a request: a refusal, a gateway in the way, a lost connection, a bad body.
 *
 * <p>Each factory method says whether the request is carried out all the same; {@link #afterCarryingOut()} and
 * {@link #withoutCarryingOut()} decide otherwise. Faults that do not contradict each other can be joined by {@link
 * #and(Fault)}.
 */
public final class Fault {
    /** When the endpoint does its work: matters as soon as somebody waits or hangs up. */
    enum Execution {
        NEVER,
        BEFORE_WAITING,
        AFTER_WAITING
    }

    /** Nothing goes wrong. */
    static final Fault NONE = executed(answer -> {});

    /** The request was refused already. */
    static final Fault NOT_CARRIED_OUT = notExecuted(answer -> {});

    private final Execution execution;
    private final Duration delay;
    private final boolean stalls;
    private final Consumer<WireAnswer> change;

    private Fault(Execution execution, Duration delay, boolean stalls, Consumer<WireAnswer> change) {
        this.execution = execution;
        this.delay = delay;
        this.stalls = stalls;
        this.change = change;
    }

    /** The cloud refuses with this code and message. Not carried out. */
    public static Fault code(int code, String message) {
        return notExecuted(answer -> answer.fail(code, message));
    }

    /** Somebody in front of the cloud answers with this HTTP status and an empty body. Not carried out. */
    public static Fault http(int status) {
        return http(status, "text/plain", "");
    }

    /** Somebody in front of the cloud answers with this HTTP status and body. Not carried out. */
    public static Fault http(int status, String contentType, String body) {
        return body(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the caller elsewhere. Not carried out. */
    public static Fault redirect(int status, String location) {
        return http(status).header("Location", location);
    }

    /** Any bytes at all, with any status. Not carried out. */
    public static Fault body(int status, String contentType, byte[] body) {
        byte[] copy = body.clone();
        return notExecuted(answer -> answer.replace(status, contentType, AnswerBody.of(copy)));
    }

    /** The connection is closed without an answer. Not carried out; see {@link #loseAnswer()}. */
    public static Fault disconnect() {
        return notExecuted(WireAnswer::disconnect);
    }

    /** The request is carried out, but the connection is closed before the caller gets to know. */
    public static Fault loseAnswer() {
        return disconnect().afterCarryingOut();
    }

    /** No answer comes, and the connection stays open until one side closes it for good. Not carried out. */
    public static Fault stall() {
        return new Fault(Execution.NEVER, Duration.ZERO, true, WireAnswer::disconnect);
    }

    /** Everything is as usual, but later. Carried out after waiting. */
    public static Fault delay(Duration delay) {
        return new Fault(Execution.AFTER_WAITING, delay, false, answer -> {});
    }

    /** The usual answer, a few bytes at a time. Carried out. */
    public static Fault slowBody(int bytesAtATime, Duration pause) {
        if (bytesAtATime < 1) {
            throw new IllegalArgumentException("bytesAtATime must be at least 1: " + bytesAtATime);
        }
        return executed(answer -> answer.slowDown(bytesAtATime, pause));
    }

    /** The usual answer up to its middle, then the connection is closed. Carried out. */
    public static Fault truncatedBody() {
        return executed(WireAnswer::truncate);
    }

    /** A few kilobytes that unfold to that many bytes of JSON. Not carried out. */
    public static Fault gzipBomb(long bytes) {
        return notExecuted(answer -> answer.replace(200, "application/json", AnswerBody.paddedAndZipped(bytes)))
                .header("Content-Encoding", "gzip");
    }

    /** A successful answer with a text of that many bytes. Not carried out. */
    public static Fault hugeBody(long bytes) {
        return notExecuted(answer -> answer.replace(200, "application/json", AnswerBody.padded(bytes)));
    }

    /** JSON that never ends. Not carried out. */
    public static Fault endlessBody() {
        return notExecuted(answer -> answer.replace(200, "application/json", AnswerBody.endless()));
    }

    /** A successful answer of arrays nested that deep. Not carried out. */
    public static Fault deepNesting(int depth) {
        return notExecuted(answer -> answer.replace(200, "application/json", AnswerBody.nested(depth)));
    }

    /** JSON with a byte that UTF-8 does not allow. Not carried out. */
    public static Fault invalidUtf8() {
        return body(
                200,
                "application/json",
                "{\"success\":true,\"t\":1,\"result\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Success with this result instead of the true one. Carried out. */
    public static Fault result(@Nullable Object result) {
        JsonNode tree = Json.tree(result); // now, so that what is no JSON fails in the test and not in the server
        return executed(answer -> answer.succeed(tree.deepCopy()));
    }

    /** The usual answer without one of its outer fields, such as {@code success} or {@code t}. Carried out. */
    public static Fault without(String field) {
        return executed(answer -> answer.envelope().remove(field));
    }

    /** The usual answer with another value in one of its outer fields. Carried out. */
    public static Fault with(String field, @Nullable Object value) {
        JsonNode tree = Json.tree(value);
        return executed(answer -> answer.envelope().set(field, tree.deepCopy()));
    }

    /** The same, but the request is carried out first, so that only its answer suffers. */
    public Fault afterCarryingOut() {
        return new Fault(Execution.BEFORE_WAITING, delay, stalls, change);
    }

    /** The same, but the request is not carried out. */
    public Fault withoutCarryingOut() {
        return new Fault(Execution.NEVER, delay, stalls, change);
    }

    /** The same, with a header in the answer. */
    public Fault header(String name, String value) {
        return new Fault(execution, delay, stalls, change.andThen(answer -> answer.header(name, value)));
    }

    /** Both, this one first; carried out only when both say so, delayed by both. */
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

    void applyTo(WireAnswer answer) {
        change.accept(answer);
    }

    private static Fault executed(Consumer<WireAnswer> change) {
        return new Fault(Execution.BEFORE_WAITING, Duration.ZERO, false, change);
    }

    private static Fault notExecuted(Consumer<WireAnswer> change) {
        return new Fault(Execution.NEVER, Duration.ZERO, false, change);
    }
}

package io.github.tuyacloud.robustness;

import io.github.tuyacloud.fake.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Creates the faults that the table names. */
final class Faults {

    static final String REFUSED = "connection refused";

    private static final String JSON = "application/json";
    private static final String PAGE = "<html><body><h1>The gateway says</h1></body></html>";
    private static final byte[] HUGE = ("{\"success\":true,\"t\":1," + " ".repeat(17 * 1024 * 1024)
                    + "\"result\":true}")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOMB = zipped(HUGE);

    private Faults() {}

    /** Creates a fault; {@code elsewhere} is the target of redirects. */
    static Fault named(String name, String elsewhere) {
        if (name.startsWith("code ")) {
            return refusal(name.substring("code ".length()));
        }
        if (name.startsWith("plain refusal ")) {
            return text("{\"errorCode\":\"" + name.substring("plain refusal ".length()) + "\",\"errorMsg\":\"no\"}");
        }
        if (name.startsWith("HTTP ")) {
            return http(name.substring("HTTP ".length()), elsewhere);
        }
        return switch (name) {
            case "closed before handling" -> Fault.disconnect();
            case "closed after carrying out" -> Fault.loseResponse();
            case "no response in read timeout", "no response in call timeout" -> Fault.stall();
            case "no response in read timeout, but done", "no response in call timeout, but done" ->
                Fault.stall().afterCarryingOut();
            case "body cut off" -> Fault.truncatedBody();
            case "body slow" -> Fault.slowBody(512, Duration.ofMillis(1));
            case "body too slow" -> Fault.slowBody(1, Duration.ofMillis(100));
            case "result missing" -> Fault.without("result");
            case "result null" -> Fault.with("result", null);
            case "result of another shape" -> Fault.with("result", "surprise");
            case "result is a huge number" -> Fault.with("result", new BigDecimal("1e99999"));
            case "t is a huge number" -> Fault.with("t", new BigDecimal("1e99999"));
            case "success is a list" -> Fault.with("success", List.of(true));
            case "JSON without success" -> Fault.without("success");
            case "deep nesting" -> Fault.deepNesting(100_000);
            case "invalid UTF-8" -> Fault.invalidUtf8();
            case "gzip bomb" -> Fault.body(200, JSON, BOMB).header("Content-Encoding", "gzip");
            case "body over 16 MiB" -> Fault.body(200, JSON, HUGE);
            case "body without end" -> Fault.endlessBody();
            case "wrong content type" -> Fault.delay(Duration.ZERO).header("Content-Type", "text/plain; charset=utf-7");
            default -> text(body(name));
        };
    }

    /** Returns whether only the read timeout ends the call. */
    static boolean needsShortReads(String name) {
        return name.contains("read timeout");
    }

    /** Returns whether only the call timeout ends the call. */
    static boolean needsShortCalls(String name) {
        return name.contains("call timeout") || name.equals("body too slow");
    }

    /** Returns whether the body reaches the limit of what the library reads. */
    static boolean isLarge(String name) {
        return name.equals("gzip bomb") || name.equals("body over 16 MiB") || name.equals("body without end");
    }

    private static String body(String name) {
        return switch (name) {
            case "empty body" -> "";
            case "a login page" -> PAGE;
            case "not JSON" -> "{\"success\":tru";
            case "JSON list" -> "[{\"success\":true}]";
            case "huge code" -> "{\"success\":false,\"code\":1e99999,\"msg\":\"no\",\"t\":1}";
            case "a word as code" -> "{\"success\":false,\"code\":\"NOT_TODAY\",\"msg\":\"no\",\"t\":1}";
            case "endless number" -> "{\"success\":true,\"result\":" + "9".repeat(100_000) + "}";
            case "endless exponent" -> "{\"success\":true,\"result\":1e99999999999}";
            case "duplicate keys" ->
                "{\"success\":true,\"code\":0,\"result\":true,\"success\":false,\"code\":1106,\"msg\":\"no\"}";
            case "lone surrogates" ->
                "{\"success\":false,\"code\":1106,\"msg\":\"no \\ud800 way \\udc00\",\"tid\":\"\\ud800\"}";
            default -> throw new IllegalArgumentException("no fault is called " + name);
        };
    }

    private static Fault refusal(String code) {
        return code.endsWith("as text")
                ? text("{\"success\":false,\"code\":\"" + code.split(" ")[0]
                        + "\",\"msg\":\"token is expired\",\"t\":1}")
                : Fault.code(Integer.parseInt(code), "the cloud says no");
    }

    private static Fault http(String what, String elsewhere) {
        int status = Integer.parseInt(what.substring(0, 3));
        boolean redirect = what.endsWith("elsewhere");
        Fault fault = status == 204 || redirect ? Fault.http(status) : Fault.http(status, "text/html", PAGE);
        String header = redirect ? "Location" : "Retry-After";
        String value = redirect ? elsewhere + "/v1.0/token" : retryAfter(what);
        Fault whole = value == null ? fault : fault.header(header, value);
        return what.endsWith("but done") ? whole.afterCarryingOut() : whole;
    }

    private static @Nullable String retryAfter(String what) {
        if (what.contains("Retry-After 0")) {
            return "0";
        }
        return what.contains("an hour") ? "3600" : null;
    }

    private static Fault text(String body) {
        return Fault.body(200, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(small)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.toByteArray();
    }
}

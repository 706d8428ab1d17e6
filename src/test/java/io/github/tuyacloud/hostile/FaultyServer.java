package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.support.LoopbackTls;
import io.github.tuyacloud.support.Sockets;
import io.github.tuyacloud.support.WireServer;
import io.github.tuyacloud.support.WireServer.Connection;
import io.github.tuyacloud.support.WireServer.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;

/**
 * A server that counts the requests that it carries out, whether or not the caller learns about it: it loses,
 * truncates, duplicates and delays responses, and refuses requests. Reads of {@code /v1.0/echo/N} return N.
 */
final class FaultyServer implements AutoCloseable {

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final WireServer server;
    private final Map<String, AtomicInteger> carriedOut = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Faults faults = request -> Fault.NONE;

    /** Decides what happens to a request. */
    interface Faults {

        /** Returns the fault of the next request. */
        Fault next(String target);

        /** Returns one fault in three requests. */
        static Faults random(Random random) {
            Fault[] all = Fault.values();
            return target -> {
                synchronized (random) {
                    return random.nextInt(3) == 0 ? all[random.nextInt(all.length)] : Fault.NONE;
                }
            };
        }
    }

    /** What happens to a request and to its response. */
    enum Fault {
        NONE,
        LOST,
        RESET,
        HEAD_CUT,
        BODY_CUT,
        CLOSED_AFTER_THE_RESPONSE,
        RESET_AFTER_THE_RESPONSE,
        NOT_CARRIED_OUT_AND_CLOSED,
        REFUSED_429,
        REFUSED_503_AT_ONCE,
        REFUSED_1110,
        REFUSED_1010,
        GATEWAY_PAGE_AFTER_CARRYING_OUT,
        GATEWAY_PAGE,
        NO_HTTP,
        SURPLUS_SUCCESS,
        SURPLUS_429,
        SURPLUS_1010,
        SURPLUS_1110,
        SURPLUS_401,
        SURPLUS_503,
        SURPLUS_SUCCESS_LATER,
        SURPLUS_429_LATER,
        SURPLUS_1010_LATER,
        SURPLUS_408_AND_CLOSED,
        PROCESSING_FIRST,
        SWITCHING_PROTOCOLS,
        STATUS_042,
        ODD_204_WITH_A_BODY,
        ODD_204_WITH_A_LENGTH,
        ODD_304_WITH_A_BODY,
        ODD_EMPTY_BODY,
        ODD_LENGTH_TOO_SHORT,
        ODD_TWO_LENGTHS,
        ODD_LENGTH_AND_CHUNKS,
        ODD_JUNK_BEHIND,
        ODD_LINES_BEHIND,
        ODD_103_BEHIND,
        ODD_103_AND_SURPLUS_BEHIND,
        ODD_TRAILERS,
        ODD_CHUNKS_BEFORE_SURPLUS,
        ODD_GZIP_BEFORE_JUNK,
        ODD_HTTP_10,
        ODD_CLOSE_WITHOUT_CLOSING
    }

    FaultyServer(boolean secure) {
        this(secure, Sockets.LIBRARYS);
    }

    /**
     * Starts a server.
     *
     * @param secure whether it speaks TLS
     * @param sockets the kind of socket that clients use
     */
    FaultyServer(boolean secure, Sockets sockets) {
        server = new WireServer(secure ? new LoopbackTls() : null, sockets, this::serve);
    }

    /** Returns the builder of a client that trusts this server and uses its kind of socket. */
    OkHttpClient.Builder http() {
        return server.reachedBy(new OkHttpClient.Builder());
    }

    /** Returns the builder of a client that skips its waits. */
    TuyaCloudBuilder client() {
        return server.client();
    }

    void faults(Faults next) {
        this.faults = next;
    }

    /** Returns the number of times that the command with this body was carried out. */
    int carriedOut(String body) {
        AtomicInteger count = carriedOut.get(body);
        return count == null ? 0 : count.get();
    }

    int requests() {
        return server.requests();
    }

    int connections() {
        return server.connections();
    }

    /**
     * Waits until everything that belongs to earlier requests has been sent and has arrived over the loopback
     * interface.
     */
    void settle() {
        while (busy.get() > 0) {
            LockSupport.parkNanos(DELAY_NANOS / 50);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Connection connection) throws IOException {
        boolean open = true;
        while (open) {
            Request request = connection.next();
            if (request == null) {
                return;
            }
            busy.incrementAndGet();
            try {
                open = serve(request, connection);
            } finally {
                busy.decrementAndGet();
            }
        }
    }

    /** Returns whether the connection stays open. */
    private boolean serve(Request request, Connection connection) throws IOException {
        String target = request.target();
        if (target.startsWith("/v1.0/token")) {
            connection.write(
                    ok(
                            "{\"access_token\":\"3f4eda2bdec17232f67c0b188af3eec1\",\"refresh_token\":\"r\",\"expire_time\":7200}"));
            return true;
        }
        Fault fault = faults.next(target);
        boolean reads = request.method().equals("GET");
        String result = reads ? target.substring(target.lastIndexOf('/') + 1) : "true";
        String success = ok(result);
        if (!reads && !isRefusal(fault)) {
            carriedOut
                    .computeIfAbsent(request.body(), key -> new AtomicInteger())
                    .incrementAndGet();
        }
        switch (fault) {
            case NONE -> connection.write(success);
            case LOST, NOT_CARRIED_OUT_AND_CLOSED -> {
                return false;
            }
            case RESET -> connection.reset();
            case HEAD_CUT -> {
                connection.write(success.substring(0, 30));
                return false;
            }
            case BODY_CUT -> {
                connection.write(success.substring(0, success.length() - 5));
                return false;
            }
            case CLOSED_AFTER_THE_RESPONSE -> {
                connection.write(success);
                return false;
            }
            case RESET_AFTER_THE_RESPONSE -> {
                connection.write(success);
                LockSupport.parkNanos(DELAY_NANOS);
                connection.reset();
            }
            case REFUSED_429 -> connection.write(http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case REFUSED_503_AT_ONCE ->
                connection.write(http(
                        "503 Unavailable\r\nRetry-After: 0", "{\"success\":false,\"code\":1110,\"msg\":\"busy\"}"));
            case REFUSED_1110 -> connection.write(refusal(1110));
            case REFUSED_1010 -> connection.write(refusal(1010));
            case GATEWAY_PAGE_AFTER_CARRYING_OUT, GATEWAY_PAGE ->
                connection.write(http("502 Bad Gateway", "<html>bad gateway</html>"));
            case NO_HTTP -> connection.write("busy now\r\n\r\n");
            case SURPLUS_SUCCESS -> connection.write(success + ok("true"));
            case SURPLUS_429 ->
                connection.write(success + http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case SURPLUS_1010 -> connection.write(success + refusal(1010));
            case SURPLUS_1110 -> connection.write(success + refusal(1110));
            case SURPLUS_401 ->
                connection.write(success
                        + http("401 Unauthorized", "{\"success\":false,\"code\":1010,\"msg\":\"token invalid\"}"));
            case SURPLUS_503 ->
                connection.write(success
                        + http(
                                "503 Unavailable\r\nRetry-After: 0",
                                "{\"success\":false,\"code\":1110,\"msg\":\"busy\"}"));
            case SURPLUS_SUCCESS_LATER -> later(connection, success, ok("true"));
            case SURPLUS_429_LATER ->
                later(connection, success, http("429 Too Many Requests", "{\"success\":false,\"code\":429}"));
            case SURPLUS_1010_LATER -> later(connection, success, refusal(1010));
            case SURPLUS_408_AND_CLOSED -> {
                later(connection, success, http("408 Request Timeout", ""));
                return false;
            }
            case PROCESSING_FIRST -> connection.write("HTTP/1.1 102 Processing\r\n\r\n" + success);
            case SWITCHING_PROTOCOLS -> connection.write("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
            case STATUS_042 -> connection.write(http("042 Odd", "{\"success\":false,\"code\":1010,\"msg\":\"token\"}"));
            default -> connection.write(OddResponses.of(fault, WireServer.successBody(result)));
        }
        return true;
    }

    private static boolean isRefusal(Fault fault) {
        return switch (fault) {
            case NOT_CARRIED_OUT_AND_CLOSED,
                    REFUSED_429,
                    REFUSED_503_AT_ONCE,
                    REFUSED_1110,
                    REFUSED_1010,
                    GATEWAY_PAGE -> true;
            default -> false;
        };
    }

    private static void later(Connection connection, String response, String surplus) throws IOException {
        connection.write(response);
        LockSupport.parkNanos(DELAY_NANOS);
        connection.write(surplus);
        LockSupport.parkNanos(DELAY_NANOS); // the bytes may take a moment to arrive
    }

    private static String ok(String result) {
        return WireServer.success(result);
    }

    private static String refusal(int code) {
        return http("200 OK", "{\"success\":false,\"code\":" + code + ",\"msg\":\"no\",\"t\":1709294400000}");
    }

    private static String http(String status, String body) {
        return WireServer.response(status, body);
    }
}

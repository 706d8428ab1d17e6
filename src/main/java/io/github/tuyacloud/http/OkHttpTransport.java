package io.github.tuyacloud.http;

import io.github.tuyacloud.json.LogSafe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests over OkHttp, each exactly once: redirects are not followed and nothing is repeated, because every
 * repetition needs its own signature. Safe for use by multiple threads.
 */
public final class OkHttpTransport implements AutoCloseable {

    /** The longest body that is read, after decompression, so that a small body cannot unpack to a huge one. */
    public static final long MAX_BODY_BYTES = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long STEP_NANOS = Duration.ofSeconds(10).toNanos();

    /** So that a program that calls now and then does not start a thread each time. */
    private static final Duration WATCHDOG_LINGER = Duration.ofMinutes(1);

    /** One for each call in flight; with OkHttp's default of five, the others would be reopened for each burst. */
    private static final int IDLE_CONNECTIONS = 256;

    /** Less than the minute after which servers close idle connections, so that a call rarely gets a dead one. */
    private static final int KEEP_ALIVE_SECONDS = 45;

    /**
     * How many new connections a write tries after all idle ones. One is not enough: a session ticket that arrives at the very
     * moment of the check spoils a new connection.
     */
    private static final int NEW_CONNECTIONS = 3;

    private static final long PIECE_BYTES = 8192;

    private static final String USER_CODE =
            "A part of the OkHttpClient (an interceptor, an event listener or the like)";

    private final @Nullable OkHttpClient userClient;
    private final OkHttpClient client;
    private final long stepNanos;
    private final long connectNanos;
    private final ThreadLocal<@Nullable String> userCode = new ThreadLocal<>();
    private final CancellableDns dns;
    private final TimeoutWatchdog watchdog = new TimeoutWatchdog(WATCHDOG_LINGER);

    /**
     * Creates a transport.
     *
     * @param userClient a client whose proxy, trust, timeouts, interceptors and connection pool are used, and which stays
     *     open; null for one with the library's defaults
     */
    public OkHttpTransport(@Nullable OkHttpClient userClient) {
        this.userClient = userClient;
        // The timeouts of a user's client are OkHttp's to keep.
        this.stepNanos = userClient == null ? STEP_NANOS : Long.MAX_VALUE;
        this.connectNanos = userClient == null ? CONNECT_TIMEOUT.toNanos() + STEP_NANOS : Long.MAX_VALUE;
        OkHttpClient base = userClient == null ? defaultClient() : userClient;
        OkHttpClient.Builder builder = base.newBuilder();
        if (base.socketFactory() == SocketFactory.getDefault()) {
            builder.socketFactory(new InterruptibleSocketFactory());
        }
        this.dns = new CancellableDns(base.dns(), userCode);
        this.client = builder.cache(null)
                .dns(dns)
                // Separate from the user's: cancelling all calls of that client does not cancel these, and vice versa.
                .dispatcher(new Dispatcher())
                // HTTP/1.1 only: an interrupt closes the socket, so connections must not be multiplexed.
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .addNetworkInterceptor(new SendOnceInterceptor())
                .build();
        if (userClient != null) {
            LogSafe.debug(
                    LOG,
                    "Calls use the connection pool of the given OkHttpClient, which decides how many are kept open");
        }
    }

    /** Returns the user's client, or null. */
    public @Nullable OkHttpClient userClient() {
        return userClient;
    }

    /** Returns the program's own code that is running on the current thread: a part of its {@code OkHttpClient}, or null. */
    public ThreadLocal<@Nullable String> userCode() {
        return userCode;
    }

    /**
     * Sends one request and reads its answer.
     *
     * <p>A write never goes out on a connection that the server has already ended: the next connection is tried at once.
     *
     * @param request the request with all its headers
     * @param limit the time for the whole exchange
     * @return the answer, with any status
     * @throws SendException if there was no complete answer
     */
    public HttpAnswer send(HttpRequest request, Duration limit) throws SendException {
        long end = System.nanoTime() + limit.toNanos();
        int connectionsLeft = -1;
        while (true) {
            try {
                return attempt(request, end - System.nanoTime());
            } catch (SendException e) {
                if (connectionsLeft < 0) {
                    connectionsLeft = client.connectionPool().idleConnectionCount() + NEW_CONNECTIONS;
                }
                if (!(e.getCause() instanceof ConnectionProbe.EndedException)
                        || connectionsLeft-- == 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private HttpAnswer attempt(HttpRequest request, long nanosLeft) throws SendException {
        SendOnceInterceptor.Progress progress = new SendOnceInterceptor.Progress(stepNanos);
        Call call = client.newCall(request.withTag(progress));
        try (TimeoutWatchdog.Watched watched = watchdog.watch(call::cancel, nanosLeft, connectNanos)) {
            progress.watchedBy(watched);
            dns.waitFor(call);
            if (userClient != null) {
                userCode.set(USER_CODE);
            }
            try (Response response = call.execute()) {
                return read(response, progress);
            } catch (IOException e) {
                throw new SendException(
                        watched.timedOut() ? new InterruptedIOException("timeout") : e, progress.reached());
            } catch (RuntimeException e) {
                if (!progress.reached()) {
                    throw e;
                }
                // OkHttp also throws these for malformed heads, such as a negative length, and leaves the connection
                // open.
                call.cancel();
                throw new SendException(new ProtocolException(e.getClass().getName()), true);
            }
        } finally {
            if (userClient != null) {
                userCode.remove();
            }
            dns.waitFor(null);
        }
    }

    /** Ends running calls; closes connections unless they belong to the user's client. */
    @Override
    public void close() {
        watchdog.close();
        if (userClient == null) {
            client.connectionPool().evictAll();
        }
    }

    private static OkHttpClient defaultClient() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                // The watchdog times reads and writes out.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    private static HttpAnswer read(Response response, SendOnceInterceptor.Progress progress) throws IOException {
        Duration roundTrip =
                Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
        Buffer body = readBody(response.body(), progress);
        return new HttpAnswer(
                response.code(),
                progress.retryAfter(),
                response.header("Content-Type"),
                body == null ? null : body.inputStream(),
                roundTrip);
    }

    /** Returns null if the body is too long. */
    private static @Nullable Buffer readBody(ResponseBody body, SendOnceInterceptor.Progress progress)
            throws IOException {
        Buffer read = new Buffer();
        BufferedSource source = body.source();
        while (source.read(read, PIECE_BYTES) != -1) {
            progress.step();
            if (read.size() > MAX_BODY_BYTES) {
                return null;
            }
        }
        return read;
    }
}

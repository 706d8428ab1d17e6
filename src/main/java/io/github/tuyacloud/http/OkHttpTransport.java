package io.github.tuyacloud.http;

import io.github.tuyacloud.json.LogSafe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
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
 * Sends requests over OkHttp: a write at most once, and a read once unless a kept connection fails. Redirects are not
 * followed, and nothing else is repeated here, because a later repetition needs its own signature. Safe for use by multiple
 * threads.
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
     * How many new connections a request tries after all idle ones. One is not enough: a session ticket that arrives at the very
     * moment of a write's check spoils a new connection.
     */
    private static final int NEW_CONNECTIONS = 3;

    /** How often a read is repeated after kept connections failed. Others may be in use then, so one is not enough. */
    private static final int REPETITIONS = 3;

    private static final long PIECE_BYTES = 8192;

    private static final String USER_CODE =
            "A part of the OkHttpClient (an interceptor, an event listener or the like)";

    /** How OkHttp names a thread while it opens a connection, which it does apart from the call to try several addresses. */
    private static final String CONNECTING = "OkHttp connect ";

    private final @Nullable OkHttpClient userClient;
    private final OkHttpClient client;

    /** Sends writes, each over a new connection where an answer could belong to another request. */
    private final OkHttpClient writer;

    private final long stepNanos;
    private final long connectNanos;
    private final ThreadLocal<@Nullable String> userCode;
    private final boolean intercepted;
    /** The base URLs, parsed: that takes longer for a host than for the rest of a URL. */
    private final Map<String, HttpUrl> bases = new ConcurrentHashMap<>();

    private final CancellableDns dns;
    private final TimeoutWatchdog watchdog;

    /**
     * Creates a transport.
     *
     * @param userClient a client whose proxy, trust, timeouts, interceptors and connection pool are used, and which stays
     *     open; null for one with the library's defaults
     */
    public OkHttpTransport(@Nullable OkHttpClient userClient) {
        this.userClient = userClient;
        this.userCode = userClient == null ? new ThreadLocal<>() : UserCode.create();
        this.watchdog = new TimeoutWatchdog(WATCHDOG_LINGER, userClient == null ? null : this::cancelApart);
        // The timeouts of a user's client are OkHttp's to keep.
        this.stepNanos = userClient == null ? STEP_NANOS : Long.MAX_VALUE;
        this.connectNanos = userClient == null ? CONNECT_TIMEOUT.toNanos() + STEP_NANOS : Long.MAX_VALUE;
        OkHttpClient base = userClient == null ? defaultClient() : userClient;
        OkHttpClient.Builder builder = base.newBuilder();
        SocketFactory users = base.socketFactory();
        InterruptibleSocketFactory sockets =
                new InterruptibleSocketFactory(users == SocketFactory.getDefault() ? null : users);
        builder.socketFactory(sockets);
        if (mayUseSocks()) {
            ObservedTlsFactory.addTo(builder, base, sockets);
        }
        boolean intercepted =
                !base.interceptors().isEmpty() || !base.networkInterceptors().isEmpty();
        SendOnceInterceptor sendOnce = new SendOnceInterceptor(sockets);
        if (intercepted) {
            builder.addInterceptor(sendOnce);
        }
        this.intercepted = intercepted;
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
                .addNetworkInterceptor(sendOnce)
                .build();
        this.writer = InterruptibleSocketFactory.ANDROID
                ? client.newBuilder()
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        .build()
                : client;
        if (userClient != null) {
            LogSafe.debug(
                    LOG,
                    "Calls use the connection pool of the given OkHttpClient, which decides how many are kept open");
        }
    }

    /** OkHttp asks no socket factory for a socket to a SOCKS proxy. */
    private boolean mayUseSocks() {
        return !InterruptibleSocketFactory.ANDROID
                && (userClient != null || System.getProperty("socksProxyHost") != null);
    }

    /** Returns the user's client, or null. */
    public @Nullable OkHttpClient userClient() {
        return userClient;
    }

    /** Returns the program's own code that is running on the current thread: a part of its {@code OkHttpClient}, or null. */
    public ThreadLocal<@Nullable String> userCode() {
        return userCode;
    }

    /** Also recognizes the threads on which OkHttp opens connections, and runs event listeners and socket factories. */
    private static final class UserCode extends ThreadLocal<@Nullable String> {

        /** Declared like this so that the first call of a program without a client of its own does not load this class. */
        static ThreadLocal<@Nullable String> create() {
            return new UserCode();
        }

        @Override
        public @Nullable String get() {
            String known = super.get();
            return known == null && Thread.currentThread().getName().startsWith(CONNECTING) ? USER_CODE : known;
        }
    }

    /**
     * Sends one request and reads its answer.
     *
     * <p>A kept connection that has ended costs nothing but a moment: nothing goes out on it, and the next connection is tried.
     * If one fails before it brings an answer, the idle ones are closed, because they probably have the same fate, and a read is
     * repeated; a write may have arrived.
     *
     * @param request the request with all its headers
     * @param limit the time for the whole exchange
     * @return the answer, with any status
     * @throws SendException if there was no complete answer
     */
    public HttpAnswer send(HttpRequest request, Duration limit) throws SendException {
        long end = System.nanoTime() + limit.toNanos();
        int connectionsLeft = -1;
        int repetitionsLeft = REPETITIONS;
        while (true) {
            Progress progress = new Progress(request.writes(), intercepted, stepNanos);
            try {
                return attempt(request, progress, end - System.nanoTime());
            } catch (SendException e) {
                boolean again = false;
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // An interceptor that failed in its own way may have sent a write by itself.
                boolean inDoubt = request.writes() && e.reached();
                if (progress.endedBefore() && !inDoubt) {
                    if (connectionsLeft < 0) {
                        connectionsLeft = client.connectionPool().idleConnectionCount() + NEW_CONNECTIONS;
                    }
                    again = connectionsLeft-- > 0;
                } else if (progress.keptConnectionFailed()) {
                    client.connectionPool().evictAll();
                    boolean timedOut = e.getCause() instanceof InterruptedIOException;
                    again = !request.writes() && !timedOut && repetitionsLeft-- > 0;
                }
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private HttpAnswer attempt(HttpRequest request, Progress progress, long nanosLeft) throws SendException {
        Call call = (request.writes() ? writer : client)
                .newCall(request.at(bases.computeIfAbsent(request.baseUrl(), HttpUrl::get), progress));
        try (TimeoutWatchdog.Watched watched = watchdog.watch(call, nanosLeft, connectNanos)) {
            progress.watchedBy(watched);
            dns.waitFor(call);
            if (userClient != null) {
                userCode.set(USER_CODE);
            }
            try (Response response = call.execute()) {
                return new HttpAnswer(response, readBody(response.body(), progress), progress);
            } catch (IOException e) {
                throw new SendException(
                        watched.timedOut() ? new InterruptedIOException("timeout") : e,
                        progress.mayHaveBeenSent(e),
                        progress.reached());
            } catch (RuntimeException e) {
                if (!progress.reached()) {
                    throw e;
                }
                call.cancel(); // what is left of the exchange must not stay in the pool
                throw new SendException(failureOf(e), true, true);
            } catch (Error e) {
                call.cancel();
                throw e;
            }
        } finally {
            if (userClient != null) {
                userCode.remove();
            }
            dns.waitFor(null);
        }
    }

    private IOException failureOf(RuntimeException e) {
        if (e instanceof ReentrantCallException) {
            return UserCodeException.of(e.getMessage(), e);
        }
        return userClient == null
                ? new ProtocolException(e.getClass().getName()) // without its message, which can quote an answer
                : UserCodeException.of(USER_CODE + " failed: " + e.getClass().getName(), e);
    }

    /** Cancels a call on a thread of its own: a user's event listener is told, and may hang or call the client. */
    private void cancelApart(Call call) {
        if (call.isCanceled()) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    userCode.set(USER_CODE);
                    call.cancel();
                },
                "tuya-cloud-cancel");
        thread.setDaemon(true);
        thread.start();
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

    /** Returns null if the body is too long. */
    private static @Nullable Buffer readBody(ResponseBody body, Progress progress) throws IOException {
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

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
 * Sends requests over OkHttp. A write is sent at most once; a read is repeated only if a reused connection fails. All
 * other retries are up to the caller, because each needs a new signature. Redirects are not followed. Safe for use by
 * multiple threads.
 */
public final class OkHttpTransport implements AutoCloseable {

    /**
     * The maximum length of a body after decompression, which protects against compressed bodies that expand to a huge
     * size.
     */
    public static final long MAX_BODY_BYTES = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long STEP_NANOS = Duration.ofSeconds(10).toNanos();

    /** Keeps a program that makes occasional calls from starting a thread for each of them. */
    private static final Duration WATCHDOG_LINGER = Duration.ofMinutes(1);

    /** Enough for a burst of concurrent calls; OkHttp's default of five would reopen the others for each burst. */
    private static final int IDLE_CONNECTIONS = 256;

    /** Servers close idle connections after a minute; with a shorter time, a call rarely gets a dead one. */
    private static final int KEEP_ALIVE_SECONDS = 45;

    /**
     * The number of new connections that a request tries after all idle ones. One is not enough: a new connection is
     * rejected if a session ticket arrives at the very moment at which a write checks it.
     */
    private static final int NEW_CONNECTIONS = 3;

    /**
     * The number of times a read is repeated after a reused connection has failed. The next one may be dead as well, so
     * one is not enough.
     */
    private static final int REPETITIONS = 3;

    private static final long CHUNK_BYTES = 8192;

    private static final String USER_CODE =
            "A part of the OkHttpClient (an interceptor, an event listener or the like)";

    /**
     * The start of the name of a thread on which OkHttp opens a connection, which it does in the background to try
     * several addresses.
     */
    private static final String CONNECTING = "OkHttp connect ";

    private final @Nullable OkHttpClient userClient;
    private final OkHttpClient client;

    /** Sends writes. On Android, reads of a socket cannot be counted, so each write uses a new connection. */
    private final OkHttpClient writer;

    private final long stepNanos;
    private final long connectNanos;
    private final ThreadLocal<@Nullable String> userCode;
    private final boolean intercepted;

    /** The parsed base URLs; parsing a host takes longer than parsing the rest of a URL. */
    private final Map<String, HttpUrl> bases = new ConcurrentHashMap<>();

    private final SendOnceInterceptor sendOnce;
    private final CancellableDns dns;
    private final TimeoutWatchdog watchdog;

    /**
     * Creates a transport.
     *
     * @param userClient a client whose proxy, trust settings, timeouts, interceptors and connection pool are used,
     *     and which is not closed; null for the library's defaults
     */
    public OkHttpTransport(@Nullable OkHttpClient userClient) {
        this.userClient = userClient;
        this.userCode = userClient == null ? new ThreadLocal<>() : UserCode.create();
        this.watchdog = new TimeoutWatchdog(WATCHDOG_LINGER, userClient == null ? null : this::cancelInBackground);
        // OkHttp enforces the timeouts of a user's client.
        this.stepNanos = userClient == null ? STEP_NANOS : Long.MAX_VALUE;
        this.connectNanos = userClient == null ? CONNECT_TIMEOUT.toNanos() + STEP_NANOS : Long.MAX_VALUE;
        OkHttpClient base = userClient == null ? defaultClient() : userClient;
        OkHttpClient.Builder builder = base.newBuilder();
        SocketFactory custom = base.socketFactory();
        InterruptibleSocketFactory sockets =
                new InterruptibleSocketFactory(custom == SocketFactory.getDefault() ? null : custom);
        builder.socketFactory(sockets);
        if (mayUseSocks()) {
            ObservedTlsFactory.addTo(builder, base, sockets);
        }
        boolean intercepted =
                !base.interceptors().isEmpty() || !base.networkInterceptors().isEmpty();
        this.sendOnce = new SendOnceInterceptor(sockets);
        if (intercepted) {
            builder.addInterceptor(sendOnce);
        }
        this.intercepted = intercepted;
        this.dns = new CancellableDns(base.dns(), userCode);
        this.client = builder.cache(null)
                .dns(dns)
                // Separate from the user's dispatcher: canceling all calls of that client does not cancel these, and
                // vice versa.
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
                    "Calls use the connection pool of the given OkHttpClient, which limits the number of idle connections");
        }
    }

    /** Returns whether there may be a SOCKS proxy; OkHttp does not use the socket factory for those connections. */
    private boolean mayUseSocks() {
        return !InterruptibleSocketFactory.ANDROID
                && (userClient != null || System.getProperty("socksProxyHost") != null);
    }

    /** Returns the user's client, or null. */
    public @Nullable OkHttpClient userClient() {
        return userClient;
    }

    /**
     * Returns the description of the program's own code that is running on the current thread, such as an interceptor;
     * without such code, its value is null.
     */
    public ThreadLocal<@Nullable String> userCode() {
        return userCode;
    }

    /**
     * Also recognizes the threads on which OkHttp opens connections: event listeners and socket factories run there as
     * well.
     */
    private static final class UserCode extends ThreadLocal<@Nullable String> {

        /**
         * Creates an instance. The declared type is more general so that programs without an OkHttpClient do not load
         * this class.
         */
        static ThreadLocal<@Nullable String> create() {
            return new UserCode();
        }

        @Override
        public @Nullable String get() {
            String description = super.get();
            return description == null && Thread.currentThread().getName().startsWith(CONNECTING)
                    ? USER_CODE
                    : description;
        }
    }

    /**
     * Sends a request and reads its response.
     *
     * <p>If a reused connection turns out to have ended before anything was sent, the next connection is tried. If it
     * fails later, before a response arrives, all idle connections are closed, because they have probably failed as
     * well. A read is then repeated; a write is not, because it may have arrived.
     *
     * @param request the request with all its headers
     * @param limit the time for the whole exchange
     * @return the response, with any status
     * @throws SendException if no complete response was received
     */
    public HttpResponse send(HttpRequest request, Duration limit) throws SendException {
        long end = System.nanoTime() + limit.toNanos();
        int connectionsLeft = -1;
        int repetitionsLeft = REPETITIONS;
        while (true) {
            Progress progress = new Progress(request.writes(), intercepted, stepNanos);
            try {
                return attempt(request, progress, end - System.nanoTime());
            } catch (Error e) {
                String name = e.getClass().getName();
                IOException cause =
                        UserCodeException.of(userClient == null ? name : USER_CODE + " failed: " + name, null);
                throw new SendException(cause, progress.reached(), e);
            } catch (SendException e) {
                boolean repeat = false;
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // An interceptor that failed may have sent the write by other means.
                boolean inDoubt = request.writes() && e.reached();
                if (progress.connectionHadEnded() && !inDoubt) {
                    if (connectionsLeft < 0) {
                        connectionsLeft = client.connectionPool().idleConnectionCount() + NEW_CONNECTIONS;
                    }
                    repeat = connectionsLeft-- > 0;
                } else if (progress.reusedConnectionFailed()) {
                    client.connectionPool().evictAll();
                    boolean timedOut = e.getCause() instanceof InterruptedIOException;
                    repeat = !request.writes() && !timedOut && repetitionsLeft-- > 0;
                }
                if (!repeat) {
                    throw e;
                }
            }
        }
    }

    private HttpResponse attempt(HttpRequest request, Progress progress, long nanosLeft) throws SendException {
        Call call = (request.writes() ? writer : client)
                .newCall(request.at(
                        bases.computeIfAbsent(request.baseUrl(), HttpUrl::get), progress, userClient != null));
        try (TimeoutWatchdog.Watched watched = watchdog.watch(call, nanosLeft, connectNanos)) {
            progress.watchedBy(watched);
            dns.bind(call);
            if (userClient == null) {
                sendOnce.bind(progress);
            } else {
                userCode.set(USER_CODE);
            }
            try (Response response = call.execute()) {
                return new HttpResponse(response, readBody(response.body(), progress), progress);
            } catch (IOException e) {
                progress.end();
                throw new SendException(
                        watched.timedOut() ? new InterruptedIOException("timeout") : e,
                        progress.mayHaveBeenSent(e),
                        progress.reached());
            } catch (Exception e) { // also checked ones, which Kotlin does not declare
                progress.end();
                if (!progress.reached()) {
                    throw e;
                }
                call.cancel(); // the connection must not return to the pool in the middle of an exchange
                throw new SendException(failureOf(e), true, true);
            } catch (Error e) {
                progress.end();
                call.cancel();
                throw e;
            }
        } finally {
            if (userClient == null) {
                sendOnce.bind(null);
            } else {
                userCode.remove();
            }
            dns.bind(null);
        }
    }

    private IOException failureOf(Exception e) {
        if (e instanceof ReentrantCallException) {
            return UserCodeException.of(e.getMessage(), e);
        }
        return userClient == null
                ? new ProtocolException(e.getClass().getName()) // its message may quote the response
                : UserCodeException.of(USER_CODE + " failed: " + e.getClass().getName(), e);
    }

    /**
     * Cancels a call on a thread of its own, because that notifies the user's event listener, which may hang or call
     * the client.
     */
    private void cancelInBackground(Call call) {
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

    /** Cancels running calls, and closes idle connections unless they belong to the user's client. */
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
                // The watchdog enforces timeouts of reads and writes.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    /** Returns null if the body is too long. */
    private static @Nullable Buffer readBody(ResponseBody body, Progress progress) throws IOException {
        Buffer read = new Buffer();
        BufferedSource source = body.source();
        while (source.read(read, CHUNK_BYTES) != -1) {
            progress.step();
            if (read.size() > MAX_BODY_BYTES) {
                return null;
            }
        }
        return read;
    }
}

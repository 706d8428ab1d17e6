package io.github.tuyacloud.http;

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
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Carries one signed request over OkHttp and reads the answer, exactly once: it follows no redirect and repeats nothing,
 * because every repetition needs a signature of its own; safe for use by many threads.
 */
public final class OkHttpTransport implements AutoCloseable {

    /** The longest body that is read, after decompression: a small body that unpacks to a huge one is caught as well. */
    public static final long MAX_BODY_BYTES = 16L * 1024 * 1024;

    private static final long PIECE_BYTES = 8192;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    /** OkHttp keeps five idle connections unless told otherwise, and opens the others anew for each burst of calls. */
    private static final int IDLE_CONNECTIONS = 64;

    /** Less than the minute after which servers hang up, so that a call seldom meets a dead connection. */
    private static final int KEEP_ALIVE_SECONDS = 45;

    /** Longer than any call may take. */
    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** So that a program that calls every now and then does not make a thread each time. */
    private static final Duration WATCH_LINGER = Duration.ofMinutes(1);

    private final OkHttpClient client;
    private final boolean ownsConnections;
    private final Duration connectPatience;
    private final Duration readPatience;
    private final CancellableDns dns;
    private final TimeoutWatchdog deadlines = new TimeoutWatchdog(WATCH_LINGER);

    /**
     * Makes a transport.
     *
     * @param userClient a client whose proxy, trust, timeouts, interceptors and connection pool are used, and left open; null for one
     *     of our own
     */
    public OkHttpTransport(@Nullable OkHttpClient userClient) {
        this.ownsConnections = userClient == null;
        OkHttpClient base = userClient == null ? ofOurOwn() : userClient;
        this.readPatience = patience(base.readTimeoutMillis());
        this.connectPatience = patience(base.connectTimeoutMillis()).plus(readPatience);
        OkHttpClient.Builder builder = base.newBuilder();
        if (userClient == null || userClient.socketFactory() == SocketFactory.getDefault()) {
            builder.socketFactory(new InterruptibleSocketFactory());
        }
        this.dns = new CancellableDns(base.dns());
        this.client = builder.cache(null)
                .dns(dns)
                // The deadline watch sees to reads and writes, for less.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                // Its own: who cancels all calls of the user's client does not mean these.
                .dispatcher(new Dispatcher())
                // One call a connection: an interrupt closes the connection it strikes, which must be nobody else's.
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .addNetworkInterceptor(new SendOnceInterceptor())
                .build();
    }

    /**
     * Sends one request and reads its answer.
     *
     * @param request the request with all its headers
     * @param limit the time for the whole exchange
     * @return the answer, whatever its status
     * @throws SendException if there was no complete answer
     */
    public HttpAnswer send(HttpRequest request, Duration limit) throws SendException {
        Attempt attempt = new Attempt(readPatience);
        Call call = client.newCall(toOkHttp(request, attempt));
        try (TimeoutWatchdog.Watched watched = deadlines.watch(call::cancel, limit, connectPatience)) {
            attempt.watched = watched;
            dns.waitFor(call);
            return execute(call, attempt);
        } finally {
            dns.waitFor(null);
        }
    }

    /** A request under way, which has a while for each step: to be on its way, to bring the head of an answer, and each piece. */
    private static final class Attempt implements SendOnceInterceptor.Progress {

        private final Duration patience;
        private TimeoutWatchdog.@Nullable Watched watched;
        private boolean reached;
        private @Nullable String retryAfter;

        Attempt(Duration patience) {
            this.patience = patience;
        }

        @Override
        public void requestGoesOut() {
            reached = true;
            stepForward();
        }

        @Override
        public void answerBegins(@Nullable String waitOrNull) {
            retryAfter = waitOrNull;
            stepForward();
        }

        void stepForward() {
            if (watched != null) {
                watched.allow(patience);
            }
        }

        IOException failure(IOException failure) {
            return watched != null && watched.ranOut() ? new InterruptedIOException("timeout") : failure;
        }
    }

    private static HttpAnswer execute(Call call, Attempt attempt) throws SendException {
        try (Response response = call.execute()) {
            return read(response, attempt);
        } catch (IOException e) {
            throw new SendException(attempt.failure(e), attempt.reached);
        } catch (RuntimeException e) {
            if (!attempt.reached) {
                throw e;
            }
            // OkHttp throws these too at heads that make no sense, such as a negative length, and leaves the connection
            // open.
            call.cancel();
            throw new SendException(new ProtocolException(e.getClass().getName()), true);
        }
    }

    /** Ends running calls; closes connections unless they belong to the user's client. */
    @Override
    public void close() {
        deadlines.close();
        if (ownsConnections) {
            client.connectionPool().evictAll();
        }
    }

    private static OkHttpClient ofOurOwn() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    /** As OkHttp counts: zero is for ever. */
    private static Duration patience(int millis) {
        return millis == 0 ? FOR_EVER : Duration.ofMillis(millis);
    }

    private static Request toOkHttp(HttpRequest request, Attempt attempt) {
        Request.Builder builder = new Request.Builder()
                .url(request.url())
                .tag(SendOnceInterceptor.Progress.class, attempt)
                .method(request.method().name(), SendOnceInterceptor.bodyOf(request));
        request.headers().forEach(builder::header);
        return builder.build();
    }

    private static HttpAnswer read(Response response, Attempt attempt) throws IOException {
        Duration roundTrip =
                Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
        Buffer body = readBody(response.body(), attempt);
        return new HttpAnswer(
                response.code(),
                attempt.retryAfter,
                response.header("Content-Type"),
                body == null ? null : body.inputStream(),
                roundTrip);
    }

    /** Null if the body is too long. */
    private static @Nullable Buffer readBody(ResponseBody body, Attempt attempt) throws IOException {
        Buffer read = new Buffer();
        BufferedSource source = body.source();
        while (source.read(read, PIECE_BYTES) != -1) {
            attempt.stepForward();
            if (read.size() > MAX_BODY_BYTES) {
                return null;
            }
        }
        return read;
    }
}

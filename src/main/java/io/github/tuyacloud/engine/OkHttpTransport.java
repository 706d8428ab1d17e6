package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Carries one signed request over OkHttp and reads the answer, exactly once: it follows no redirect and repeats nothing,
 * because every repetition needs a signature of its own; safe for use by many threads.
 */
public final class OkHttpTransport implements AutoCloseable {

    private static final long MAX_BODY_BYTES = 16L * 1024 * 1024;
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

    /** Shorter than a key or token, which thus cannot pass for one. */
    private static final Pattern CONTENT_TYPE = Pattern.compile("[a-z]{4,11}/[A-Za-z0-9.+-]{1,30}");

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
     * Sends one request and reads what comes back.
     *
     * @param baseUrl scheme, host and port
     * @param request what to ask
     * @param headers all headers of the request
     * @param limit the time for the whole exchange
     * @return the answer, whatever it is
     * @throws SendException if none came
     */
    Answer send(String baseUrl, ApiRequest request, Map<String, String> headers, Duration limit) throws SendException {
        Attempt attempt = new Attempt(readPatience);
        Call call = client.newCall(toOkHttp(baseUrl, request, headers, attempt));
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

    private static Answer execute(Call call, Attempt attempt) throws SendException {
        try (Response response = call.execute()) {
            return read(response, attempt);
        } catch (BoundedInputStream.NetworkException e) {
            throw new SendException(attempt.failure(e.getCause()), true);
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

    private static Request toOkHttp(String baseUrl, ApiRequest request, Map<String, String> headers, Attempt attempt) {
        Request.Builder builder = new Request.Builder()
                .url(HttpUrl.get(baseUrl + request.target()))
                .tag(SendOnceInterceptor.Progress.class, attempt)
                .method(request.method().name(), SendOnceInterceptor.bodyOf(request));
        headers.forEach(builder::header);
        return builder.build();
    }

    private static Answer read(Response response, Attempt attempt) throws IOException {
        Duration roundTrip =
                Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
        Envelope envelope = null;
        String problem = null;
        try {
            envelope = Envelope.of(
                    Json.read(
                            new BoundedInputStream(response.body().byteStream(), MAX_BODY_BYTES, attempt::stepForward)),
                    response.code());
            if (envelope == null) {
                problem = "JSON, but not the cloud's: it does not say whether it worked";
            }
        } catch (MalformedJsonException e) {
            problem = e.getMessage() + " (" + contentType(response) + ")";
        } catch (BoundedInputStream.TooLongException e) {
            problem = "longer than 16 MiB";
        }
        return new Answer(response.code(), attempt.retryAfter, envelope, roundTrip, problem);
    }

    private static String contentType(Response response) {
        String type = response.header("Content-Type");
        if (type == null) {
            return "no content type";
        }
        String bare = type.replaceAll("[^A-Za-z0-9/+.-].*", "");
        return CONTENT_TYPE.matcher(bare).matches() ? bare : "an odd content type";
    }
}

package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The OkHttp client of one subscription, with daemon threads and pings. Closes only what it created. */
final class SocketClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * Three times the size that the message service can store; less in a small heap, because a message takes memory
     * several times.
     */
    private static final long MAX_MESSAGE =
            Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Threads threads;
    private final OkHttpClient client;
    private final boolean ownsConnections;
    private final boolean ownsSockets;

    /**
     * Creates a client.
     *
     * @param userClient a client whose proxy, TLS settings and interceptors are used, or null
     * @param pingInterval the time between pings; a connection without a pong before the next ping is considered dead
     */
    SocketClient(@Nullable OkHttpClient userClient, Duration pingInterval) {
        this.ownsConnections = userClient == null;
        this.ownsSockets = userClient == null || userClient.socketFactory() == SocketFactory.getDefault();
        this.threads = new Threads();
        OkHttpClient.Builder builder = userClient == null
                ? new OkHttpClient.Builder()
                        .connectTimeout(TIMEOUT)
                        .readTimeout(TIMEOUT)
                        .writeTimeout(TIMEOUT)
                        .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
                : userClient.newBuilder().cache(null);
        this.client = builder.dispatcher(new Dispatcher(threads))
                .callTimeout(Duration.ZERO)
                .pingInterval(pingInterval)
                // The password must not follow a redirect to another host.
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                // Added last: the program's interceptors must not offer compression again.
                .addInterceptor(new WithoutCompression())
                .build();
    }

    /** Starts connecting and returns immediately. */
    Connection open(Request request, LastActivity lastActivity, Connection.Receiver receiver) {
        Connection connection = new Connection(lastActivity, receiver);
        threads.reading = connection; // first, because its thread may fail before start returns
        connection.start(watched(lastActivity), request);
        return connection;
    }

    /** Returns the client for one connection. Plain sockets from the program's own socket factory are not watched. */
    OkHttpClient watched(LastActivity lastActivity) {
        WatchedSockets sockets = new WatchedSockets(lastActivity, MAX_MESSAGE);
        OkHttpClient.Builder builder = client.newBuilder();
        if (ownsSockets) {
            builder.socketFactory(sockets.plain());
        }
        X509TrustManager trustManager = client.x509TrustManager();
        if (trustManager != null) {
            builder.sslSocketFactory(sockets.tls(client.sslSocketFactory()), trustManager);
        }
        return builder.build();
    }

    void close() {
        threads.shutdown();
        if (ownsConnections) {
            client.connectionPool().evictAll();
        }
    }

    /** OkHttp's threads. If one throws, which OkHttp does not report to listeners, the connection fails. */
    private static final class Threads extends ThreadPoolExecutor {

        private volatile @Nullable Connection reading;

        Threads() {
            super(
                    0,
                    Integer.MAX_VALUE,
                    1,
                    TimeUnit.MINUTES,
                    new SynchronousQueue<>(),
                    DaemonThreads.named("tuya-messages-socket"));
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            Connection connection = reading;
            if (failure != null && connection != null) {
                connection.fail(failure);
            }
        }
    }
}

package io.github.tuyacloud.socket;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The OkHttp client of one subscription: daemon threads, pings, TLS verified as ever; closes only what it made. */
final class SocketClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final OkHttpClient client;
    private final boolean ownsConnections;

    /**
     * Makes one.
     *
     * @param userClient a client whose proxy, TLS settings and interceptors are used, or null
     * @param pingInterval how often to look whether the connection still carries anything: it is dead when a ping has had no
     *     answer by the time of the next
     */
    SocketClient(@Nullable OkHttpClient userClient, Duration pingInterval) {
        this.ownsConnections = userClient == null;
        this.threads = Executors.newCachedThreadPool(DaemonThreads.named("tuya-messages-socket"));
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
                .build();
    }

    Connection open(Request request, Connection.Receiver receiver) {
        return Connection.open(client, request, receiver);
    }

    void close() {
        threads.shutdown();
        if (ownsConnections) {
            client.connectionPool().evictAll();
        }
    }
}

package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The OkHttp client of one subscription, with daemon threads and pings; closes only what it created. */
final class SocketClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final OkHttpClient client;
    private final boolean ownsConnections;
    private final boolean ownsSockets;

    /**
     * Creates a client.
     *
     * @param userClient a client whose proxy, TLS settings and interceptors are used, or null
     * @param pingInterval the time between pings; a connection whose ping is not answered before the next one is dead
     */
    SocketClient(@Nullable OkHttpClient userClient, Duration pingInterval) {
        this.ownsConnections = userClient == null;
        this.ownsSockets = userClient == null || userClient.socketFactory() == SocketFactory.getDefault();
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

    Connection open(Request request, Heard heard, Connection.Receiver receiver) {
        OkHttpClient listening = ownsSockets
                ? client.newBuilder().socketFactory(new Heard.Sockets(heard)).build()
                : client;
        return Connection.open(listening, request, heard, receiver);
    }

    OkHttpClient client() {
        return client;
    }

    void close() {
        threads.shutdown();
        if (ownsConnections) {
            client.connectionPool().evictAll();
        }
    }
}

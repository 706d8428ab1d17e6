package io.github.tuyacloud.socket;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the message service accepts the credentials at a host, without joining a subscription.
 *
 * <p>The handshake asks for exclusive access to the subscription. If no program is connected, the service responds with
 * 101 and the socket is closed immediately. If a program is connected, the service responds with 409, and that program
 * is not affected. Both mean that the credentials, the service and the host are correct.
 */
public final class HandshakeProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_SERVER_LENGTH = 40;
    private static final int NORMAL = 1000;
    private static final int ACCEPTED = 101;
    private static final int HELD_BY_ANOTHER = 409;

    private static final SubscriptionOptions EXCLUSIVE = SubscriptionOptions.builder()
            .subscriptionType(SubscriptionType.EXCLUSIVE)
            .receiverQueueSize(1)
            .build();

    private final List<String> baseUrls;
    private final MessageCredentials credentials;
    private final @Nullable OkHttpClient userClient;
    private final Duration pingInterval;

    HandshakeProbe(
            List<String> baseUrls,
            MessageCredentials credentials,
            @Nullable OkHttpClient userClient,
            Duration pingInterval) {
        this.baseUrls = baseUrls;
        this.credentials = credentials;
        this.userClient = userClient;
        this.pingInterval = pingInterval;
    }

    /**
     * Returns the maximum number of handshakes sent by {@link #run}.
     *
     * @return one for each host of the message service
     */
    public int maxHandshakes() {
        return baseUrls.size();
    }

    /**
     * Opens the message socket and closes it immediately, without receiving messages; tries the next host if the
     * handshake is not accepted.
     *
     * @return the response of the first host that accepts, otherwise the response of the first host
     */
    public Result run() {
        Result first = run(baseUrls.get(0));
        return first.isAccepted()
                ? first
                : baseUrls.stream()
                        .skip(1)
                        .map(this::run)
                        .filter(Result::isAccepted)
                        .findFirst()
                        .orElse(first);
    }

    /**
     * The response to the handshake.
     *
     * @param status the HTTP status; -1 if there was no response
     * @param server the {@code Server} header, or null
     */
    public record Result(int status, @Nullable String server) {

        /**
         * Returns whether the credentials, the service and the host are correct.
         *
         * @return true for 101 and 409
         */
        public boolean isAccepted() {
            return status == ACCEPTED || status == HELD_BY_ANOTHER;
        }

        static Result of(@Nullable Response response) {
            if (response == null) {
                return new Result(-1, null);
            }
            String server = response.header("Server");
            return new Result(response.code(), server == null ? null : LogSafe.of(server, MAX_SERVER_LENGTH));
        }
    }

    private Result run(String endpoint) {
        SocketClient client = new SocketClient(userClient, pingInterval);
        Listener listener = new Listener();
        WebSocket socket = client.watched(new LastActivity(System::nanoTime, Clock.systemUTC()))
                .newWebSocket(MessageAddress.request(endpoint, credentials, EXCLUSIVE), listener);
        try {
            Result result = await(listener.result, TIMEOUT);
            await(listener.closed, CLOSE_TIMEOUT);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    CallFailure.builder(Refusal.OPERATION).build(), "the thread was interrupted", Sent.NO, e);
        } finally {
            socket.cancel();
            client.close();
        }
    }

    private static Result await(CompletableFuture<Result> future, Duration timeout) throws InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Result.of(null);
        }
    }

    private static final class Listener extends WebSocketListener {

        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private final CompletableFuture<Result> closed = new CompletableFuture<>();

        @Override
        public void onOpen(WebSocket socket, Response response) {
            result.complete(Result.of(response));
            socket.close(NORMAL, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            closed.complete(Result.of(null));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            result.complete(Result.of(response));
            closed.complete(Result.of(null));
        }
    }
}

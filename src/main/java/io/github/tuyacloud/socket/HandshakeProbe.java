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
 * Checks whether the message service accepts key, service and host, without taking part in a subscription.
 *
 * <p>The handshake requests the subscription exclusively. If no program is connected, the service answers 101 and the
 * socket is closed at once. If one is, the service answers 409 and does not disturb it. Both mean that everything is
 * correct.
 */
public final class HandshakeProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_SERVER = 40;
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
     * Returns the maximum number of handshakes that {@link #run} makes.
     *
     * @return one for each host of the message service
     */
    public int mostHandshakes() {
        return baseUrls.size();
    }

    /**
     * Opens the message socket and closes it at once, without receiving anything; tries the next host if one does not accept
     * the subscription.
     *
     * @return the answer of the host that accepts it, otherwise that of the first
     */
    public Answer run() {
        Answer first = run(baseUrls.get(0));
        return first.isAccepted()
                ? first
                : baseUrls.stream()
                        .skip(1)
                        .map(this::run)
                        .filter(Answer::isAccepted)
                        .findFirst()
                        .orElse(first);
    }

    /**
     * The answer to the handshake.
     *
     * @param status the HTTP status; -1 if there was no answer
     * @param server the {@code Server} header, or null
     */
    public record Answer(int status, @Nullable String server) {

        /**
         * Returns whether key, service and host are correct.
         *
         * @return true for 101 and 409
         */
        public boolean isAccepted() {
            return status == ACCEPTED || status == HELD_BY_ANOTHER;
        }

        static Answer of(@Nullable Response response) {
            if (response == null) {
                return new Answer(-1, null);
            }
            String server = response.header("Server");
            return new Answer(response.code(), server == null ? null : LogSafe.of(server, LONGEST_SERVER));
        }
    }

    private Answer run(String endpoint) {
        SocketClient client = new SocketClient(userClient, pingInterval);
        Listener listener = new Listener();
        WebSocket socket = client.watched(new Heard(System::nanoTime, Clock.systemUTC()))
                .newWebSocket(MessageAddress.request(endpoint, credentials, EXCLUSIVE), listener);
        try {
            Answer answer = await(listener.answer, TIMEOUT);
            await(listener.closed, CLOSE_TIMEOUT);
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    CallFailure.builder("Handshake of the message service").build(),
                    "the thread was interrupted",
                    Sent.NO,
                    e);
        } finally {
            socket.cancel();
            client.close();
        }
    }

    private static Answer await(CompletableFuture<Answer> future, Duration timeout) throws InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Answer.of(null);
        }
    }

    private static final class Listener extends WebSocketListener {

        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final CompletableFuture<Answer> closed = new CompletableFuture<>();

        @Override
        public void onOpen(WebSocket socket, Response response) {
            answer.complete(Answer.of(response));
            socket.close(NORMAL, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            closed.complete(Answer.of(null));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            answer.complete(Answer.of(response));
            closed.complete(Answer.of(null));
        }
    }
}

package io.github.tuyacloud.socket;

import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.engine.Sleeper;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the subscriptions of one client, and closes the running ones with the client; thread-safe. */
public final class Subscriptions implements AutoCloseable {

    private final MessageCredentials credentials;
    private final Supplier<List<String>> hosts;
    private final OkHttpTransport transport;
    private final TimeSource time;
    private final Set<SocketSubscription> running = new HashSet<>();
    private boolean closed;

    /**
     * Clocks, waits and randomness; tests replace them.
     *
     * @param nanoTime the monotonic clock
     * @param clock the wall clock
     * @param sleeper waits before a reconnect
     * @param random numbers from 0 inclusive to 1 exclusive
     * @param pingInterval the time between pings
     * @param quietLimit the time without messages after which a new subscription logs a warning
     * @param timers creates the timer of a subscription
     */
    public record TimeSource(
            LongSupplier nanoTime,
            Clock clock,
            Sleeper sleeper,
            DoubleSupplier random,
            Duration pingInterval,
            Duration quietLimit,
            Supplier<DelayTimer> timers) {

        private static final Duration QUIET_LIMIT = Duration.ofHours(1);

        /** Creates a time source with real timers. */
        public TimeSource(
                LongSupplier nanoTime, Clock clock, Sleeper sleeper, DoubleSupplier random, Duration pingInterval) {
            this(nanoTime, clock, sleeper, random, pingInterval, QUIET_LIMIT, DelayTimer::ofThread);
        }
    }

    /**
     * Creates an instance without subscriptions; no thread starts before the first subscription.
     *
     * @param accessId the project's access id
     * @param accessSecret the project's access secret
     * @param hosts returns the base URLs of the message service for subscriptions without an endpoint
     * @param transport supplies the user's OkHttp client, if any, whose proxy, TLS settings and interceptors are used
     * @param time clocks, waits and randomness
     */
    public Subscriptions(
            String accessId,
            String accessSecret,
            Supplier<List<String>> hosts,
            OkHttpTransport transport,
            TimeSource time) {
        this.credentials = new MessageCredentials(accessId, accessSecret);
        this.hosts = hosts;
        this.transport = transport;
        this.time = time;
    }

    /**
     * Starts a subscription, which connects in the background.
     *
     * @param handler called for each message
     * @param options the options
     * @return the running subscription
     */
    public MessageSubscription start(MessageHandler handler, SubscriptionOptions options) {
        String endpoint = options.endpoint();
        List<String> baseUrls = endpoint != null ? List.of(endpoint) : hosts.get();
        SocketSubscription subscription = new SocketSubscription(
                handler, options, baseUrls, credentials, transport.userClient(), time, this::forget);
        synchronized (running) {
            if (closed) {
                throw Closed.client();
            }
            running.add(subscription);
        }
        subscription.start();
        return subscription;
    }

    /**
     * Creates a probe of the message service.
     *
     * @param endpoint the base URL of the message service; null for the client's
     * @return a probe; nothing is sent yet
     */
    public HandshakeProbe probe(@Nullable String endpoint) {
        List<String> baseUrls = endpoint != null ? List.of(endpoint) : hosts.get();
        return new HandshakeProbe(baseUrls, credentials, transport.userClient(), time.pingInterval());
    }

    /**
     * Closes all subscriptions concurrently, each within its own timeout. Does not wait if it is called by a handler,
     * because a handler of another subscription may be waiting for that one.
     */
    @Override
    public void close() {
        Set<SocketSubscription> ending;
        synchronized (running) {
            closed = true;
            ending = Set.copyOf(running);
        }
        ending.forEach(SocketSubscription::beginClosing);
        if (ending.stream().noneMatch(SocketSubscription::isHandlerThread)) {
            ending.forEach(SocketSubscription::close);
        }
    }

    private void forget(SocketSubscription subscription) {
        synchronized (running) {
            running.remove(subscription);
        }
    }
}

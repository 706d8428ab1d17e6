package io.github.tuyacloud.messages;

import io.github.tuyacloud.http.Endpoint;
import io.github.tuyacloud.json.LogSafe;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a subscription to live messages: which messages, how they are shared, and how they are handled.
 *
 * <p>{@link #builder()} starts from the defaults, {@link #toBuilder()} from these options.
 *
 * @param environment which of the project's two message streams
 * @param subscriptionType how messages are shared among programs
 * @param subscriptionSuffix the last part of the subscription's name, {@code {accessId}-{suffix}}
 * @param receiverQueueSize the maximum number of unacknowledged messages, 1 to 1000
 * @param handlerThreads the maximum number of messages handled concurrently, 1 to 256
 * @param redeliveryDelay the first delay before a failed message is handled again, 100 ms to 1 minute
 * @param closeTimeout how long closing waits for running handlers, up to an hour
 * @param errorListener receives failures and decides what happens to failed messages
 * @param connectionListener receives connects and disconnects
 * @param executor runs the handler; null for the subscription's own daemon threads
 * @param endpoint a base URL to connect to instead of the region's message service, or null
 */
public record SubscriptionOptions(
        MessageEnvironment environment,
        SubscriptionType subscriptionType,
        String subscriptionSuffix,
        int receiverQueueSize,
        int handlerThreads,
        Duration redeliveryDelay,
        Duration closeTimeout,
        MessageErrorListener errorListener,
        ConnectionListener connectionListener,
        @Nullable Executor executor,
        @Nullable String endpoint) {

    private static final int MAX_QUEUE_SIZE = 1000;
    private static final int MAX_THREADS = 256;
    private static final Duration MIN_REDELIVERY_DELAY = Duration.ofMillis(100);
    private static final Duration MAX_REDELIVERY_DELAY = Duration.ofMinutes(1);
    private static final Duration MAX_CLOSE_TIMEOUT = Duration.ofHours(1);

    /** The suffixes that the console accepts; others could change the path of the handshake. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if an option is out of range, or the suffix or the endpoint is invalid
     */
    public SubscriptionOptions {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(subscriptionType, "subscriptionType");
        Objects.requireNonNull(errorListener, "errorListener");
        Objects.requireNonNull(connectionListener, "connectionListener");
        if (!NAME.matcher(subscriptionSuffix).matches()) {
            throw new IllegalArgumentException(
                    "subscriptionSuffix must be 1 to 64 letters, digits, hyphens or underscores");
        }
        checkRange("receiverQueueSize", receiverQueueSize, MAX_QUEUE_SIZE);
        checkRange("handlerThreads", handlerThreads, MAX_THREADS);
        checkRange("redeliveryDelay", redeliveryDelay, MIN_REDELIVERY_DELAY, MAX_REDELIVERY_DELAY);
        checkRange("closeTimeout", closeTimeout, Duration.ZERO, MAX_CLOSE_TIMEOUT);
        endpoint = endpoint == null ? null : Endpoint.ofMessages(endpoint);
    }

    /**
     * Creates a builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates a builder with these options, to change some of them.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .environment(environment)
                .subscriptionType(subscriptionType)
                .subscriptionSuffix(subscriptionSuffix)
                .receiverQueueSize(receiverQueueSize)
                .handlerThreads(handlerThreads)
                .redeliveryDelay(redeliveryDelay)
                .closeTimeout(closeTimeout)
                .errorListener(errorListener)
                .connectionListener(connectionListener);
        builder.executor = executor;
        builder.endpoint = endpoint;
        return builder;
    }

    private static void checkRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be 1 to " + max + ", not " + value);
        }
    }

    private static void checkRange(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(LogSafe.line("{} must be {} to {}, not {}", name, min, max, value));
        }
    }

    /** Collects the options; not thread-safe. */
    public static final class Builder {

        private MessageEnvironment environment = MessageEnvironment.PRODUCTION;
        private SubscriptionType subscriptionType = SubscriptionType.FAILOVER;
        private String subscriptionSuffix = "sub";
        private int receiverQueueSize = 200;
        private int handlerThreads = 1;
        private Duration redeliveryDelay = Duration.ofSeconds(1);
        private Duration closeTimeout = Duration.ofSeconds(10);
        private MessageErrorListener errorListener = (message, failure) -> FailureVerdict.RETRY;
        private ConnectionListener connectionListener = new ConnectionListener() {};
        private @Nullable Executor executor;
        private @Nullable String endpoint;

        private Builder() {}

        /**
         * Sets which of the project's two message streams to receive.
         *
         * @param environment {@link MessageEnvironment#PRODUCTION} by default
         * @return this builder
         */
        public Builder environment(MessageEnvironment environment) {
            this.environment = Objects.requireNonNull(environment, "environment");
            return this;
        }

        /**
         * Sets how messages are shared among programs; all programs of a subscription must use the same type.
         *
         * @param type {@link SubscriptionType#FAILOVER} by default
         * @return this builder
         */
        public Builder subscriptionType(SubscriptionType type) {
            this.subscriptionType = Objects.requireNonNull(type, "subscriptionType");
            return this;
        }

        /**
         * Sets which subscription of the project to use. Each subscription gets a full copy of the messages; programs
         * that use the same subscription share them. Further subscriptions must first be created in the console.
         *
         * @param suffix the last part of the name {@code {accessId}-{suffix}}; {@code sub} by default
         * @return this builder
         */
        public Builder subscriptionSuffix(String suffix) {
            this.subscriptionSuffix = Objects.requireNonNull(suffix, "subscriptionSuffix");
            return this;
        }

        /**
         * Sets how many messages may be unacknowledged at a time. The message service sends no more until some are
         * acknowledged, so a slow handler cannot fill the memory. Messages that wait for a retry also count.
         *
         * @param messages 1 to 1000; 200 by default
         * @return this builder
         */
        public Builder receiverQueueSize(int messages) {
            this.receiverQueueSize = messages;
            return this;
        }

        /**
         * Sets how many messages are handled concurrently. With one thread, messages are handled in the order in which
         * they arrive; with more threads, only the order of each device's messages is preserved. A failed message
         * delays only messages of the same device.
         *
         * @param threads 1 to 256; 1 by default
         * @return this builder
         */
        public Builder handlerThreads(int threads) {
            this.handlerThreads = threads;
            return this;
        }

        /**
         * Sets the delay before a failed message is handled again. It doubles with each further failure, up to a
         * minute. Meanwhile, later messages of the same device wait; other devices are not affected.
         *
         * @param delay 100 milliseconds to a minute; a second by default
         * @return this builder
         */
        public Builder redeliveryDelay(Duration delay) {
            this.redeliveryDelay = Objects.requireNonNull(delay, "redeliveryDelay");
            return this;
        }

        /**
         * Sets how long closing waits for running handlers.
         *
         * @param timeout up to an hour; ten seconds by default
         * @return this builder
         */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = Objects.requireNonNull(timeout, "closeTimeout");
            return this;
        }

        /**
         * Sets the listener for failures, which also decides what happens to failed messages.
         *
         * @param listener by default, failed messages are retried, and unreadable ones are acknowledged after three
         *     attempts
         * @return this builder
         */
        public Builder errorListener(MessageErrorListener listener) {
            this.errorListener = Objects.requireNonNull(listener, "errorListener");
            return this;
        }

        /**
         * Sets the listener for connects and disconnects.
         *
         * @param listener the listener; none by default
         * @return this builder
         */
        public Builder connectionListener(ConnectionListener listener) {
            this.connectionListener = Objects.requireNonNull(listener, "connectionListener");
            return this;
        }

        /**
         * Sets the executor that runs the handler, for at most {@link #handlerThreads} messages at a time. It is not
         * shut down with the subscription. If it rejects work, messages wait.
         *
         * @param executor the executor; by default, the subscription has its own daemon threads
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets the address to connect to instead of the region's message service, such as a proxy. A client whose own
         * endpoint is a loopback host needs none: its messages come from there, too.
         *
         * @param baseUrl scheme, host and optionally a port; {@code wss}, or {@code ws} for a loopback host
         * @return this builder
         */
        public Builder endpoint(String baseUrl) {
            this.endpoint = Objects.requireNonNull(baseUrl, "endpoint");
            return this;
        }

        /**
         * Creates the options.
         *
         * @return the options
         * @throws IllegalArgumentException if an option is out of range, or the suffix or the endpoint is invalid
         */
        public SubscriptionOptions build() {
            return new SubscriptionOptions(
                    environment,
                    subscriptionType,
                    subscriptionSuffix,
                    receiverQueueSize,
                    handlerThreads,
                    redeliveryDelay,
                    closeTimeout,
                    errorListener,
                    connectionListener,
                    executor,
                    endpoint);
        }
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "SubscriptionOptions[environment={}, subscriptionType={}, subscriptionSuffix={}, "
                        + "receiverQueueSize={}, handlerThreads={}, redeliveryDelay={}, closeTimeout={}, "
                        + "errorListener={}, connectionListener={}, executor={}, endpoint={}]",
                environment,
                subscriptionType,
                subscriptionSuffix,
                receiverQueueSize,
                handlerThreads,
                redeliveryDelay,
                closeTimeout,
                errorListener,
                connectionListener,
                executor,
                endpoint);
    }
}

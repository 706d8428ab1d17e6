package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.engine.Sleeper;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.support.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A fake cloud and a message socket connected to it; waits between connections are recorded instead of slept. */
final class SubscriptionFixture implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(10);
    static final Duration PING = Duration.ofSeconds(20);

    final FakeTuyaCloud fake;
    final Subscriptions sockets;
    final Queue<Duration> waits = new ConcurrentLinkedQueue<>();
    final BlockingQueue<LiveMessage> handled = new LinkedBlockingQueue<>();

    SubscriptionFixture() {
        this(FakeTuyaCloud.start());
    }

    SubscriptionFixture(FakeTuyaCloud fake) {
        this(fake, fake.apiSecret());
    }

    SubscriptionFixture(FakeTuyaCloud fake, String apiSecret) {
        this(fake, apiSecret, new Settings());
    }

    SubscriptionFixture(Settings settings) {
        this(settings.fake, settings.fake.apiSecret(), settings);
    }

    private SubscriptionFixture(FakeTuyaCloud fake, String apiSecret, Settings settings) {
        this.fake = fake;
        this.sockets = new Subscriptions(
                fake.apiKey(),
                apiSecret,
                () -> MessageHosts.of(settings.region),
                new OkHttpTransport(settings.client),
                new Subscriptions.TimeSource(
                        System::nanoTime,
                        settings.clock,
                        settings.sleeper == null ? this::pretendToSleep : settings.sleeper,
                        () -> 0,
                        PING,
                        settings.quietLimit,
                        settings.timers));
    }

    /** The options that a test can change. */
    static final class Settings {
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        Region region = Region.EU;

        @Nullable
        OkHttpClient client;

        @Nullable
        Sleeper sleeper;

        Clock clock = Clock.systemUTC();
        Duration quietLimit = Duration.ofHours(1);
        Supplier<DelayTimer> timers = DelayTimer::ofThread;

        Settings sleeper(Sleeper waits) {
            sleeper = waits;
            return this;
        }

        Settings timer(DelayTimer timer) {
            timers = () -> timer;
            return this;
        }

        Settings clock(Clock wallClock) {
            clock = wallClock;
            return this;
        }

        Settings quietLimit(Duration limit) {
            quietLimit = limit;
            return this;
        }

        Settings region(Region ofClient, OkHttpClient userClient) {
            region = ofClient;
            client = userClient;
            return this;
        }
    }

    /** Creates a time source with real clocks, no randomness and the given waits. */
    static Subscriptions.TimeSource time(Sleeper sleeper, Duration pingInterval) {
        return new Subscriptions.TimeSource(System::nanoTime, Clock.systemUTC(), sleeper, () -> 0, pingInterval);
    }

    private void pretendToSleep(Duration wait) throws InterruptedException {
        waits.add(wait);
        if (waits.size() > 10_000) {
            throw new InterruptedException("connecting in circles");
        }
        TimeUnit.MILLISECONDS.sleep(1);
    }

    /** Starts a subscription that records what it handles. */
    NewSubscription subscription() {
        return new NewSubscription(sockets, handled::add)
                .endpoint(fake.messages().endpoint())
                .redeliveryDelay(Duration.ofMillis(100));
    }

    static MessageSubscription connected(NewSubscription builder) throws InterruptedException {
        MessageSubscription subscription = builder.start();
        assertThat(subscription.awaitConnected(SOON)).isTrue();
        return subscription;
    }

    LiveMessage next() throws InterruptedException {
        LiveMessage message = handled.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(message).as("a message within %s", SOON).isNotNull();
        return message;
    }

    void awaitAcknowledged(long messages) throws InterruptedException {
        assertThat(fake.messages().awaitAcknowledged(messages, SOON))
                .as("%s acknowledged, not %s", messages, fake.messages().acknowledged())
                .isTrue();
    }

    /**
     * Waits until the given number of deliveries has arrived. They are accepted one after another, so all but the last one
     * are already being processed.
     */
    static void awaitReceived(MessageSubscription subscription, long deliveries) {
        Await.until(() -> subscription.counters().received() >= deliveries, deliveries + " deliveries");
    }

    /** Waits until the client has counted the given number of acknowledgments, which it does after sending them. */
    static void awaitCounted(MessageSubscription subscription, long acknowledgments) {
        Await.until(() -> subscription.counters().acknowledged() >= acknowledgments, acknowledgments + " acknowledged");
    }

    /** Returns the value of a message's first data point. */
    static Object value(LiveMessage message) {
        return ((DataPointMessage) message).dataPoints().get(0).value();
    }

    @Override
    public void close() {
        sockets.close();
        fake.close();
    }
}

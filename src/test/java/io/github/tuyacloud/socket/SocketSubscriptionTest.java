package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the behavior of other threads while the subscription's own thread is not scheduled. */
@Timeout(60)
class SocketSubscriptionTest {

    @Test
    void beginClosing_supervisorSlow_handsTheHandlerNoFurtherMessage() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService handlerThread = Executors.newSingleThreadExecutor();
        try (SubscriptionFixture fixture = new SubscriptionFixture()) {
            MessageHandler handler = message -> {
                fixture.handled.add(message);
                inside.countDown();
                release.await();
            };
            SubscriptionOptions options = options(handlerThread);
            SocketSubscription subscription = subscription(fixture.fake, handler, options);
            SocketClient client = new SocketClient(null, SubscriptionFixture.PING);
            Connection connection = client.open(
                    MessageAddress.request(fixture.fake.messages().endpoint(), credentials(fixture.fake), options),
                    new LastActivity(System::nanoTime, Clock.systemUTC()),
                    framesTo(subscription));
            for (int i = 0; i < 4; i++) {
                fixture.fake.messages().push("bf" + i, "count", i);
            }
            SubscriptionFixture.awaitReceived(subscription, 4);
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

            subscription.beginClosing();
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSING);
            release.countDown();
            handlerThread.submit(() -> {}).get(10, TimeUnit.SECONDS);

            assertThat(fixture.handled).extracting(SubscriptionFixture::value).containsExactly(0L);
            fixture.awaitAcknowledged(1);
            connection.close(SOON.toMillis());
            assertThat(fixture.fake.messages().awaitConnections(0, SOON)).isTrue();
            assertThat(fixture.fake.messages().unacknowledged()).isEqualTo(3);
            client.close();
        } finally {
            handlerThread.shutdownNow();
        }
    }

    private static SocketSubscription subscription(
            FakeTuyaCloud fake, MessageHandler handler, SubscriptionOptions options) {
        return new SocketSubscription(
                handler,
                options,
                List.of(fake.messages().endpoint()),
                credentials(fake),
                null,
                SubscriptionFixture.time(wait -> {}, SubscriptionFixture.PING),
                ended -> {});
    }

    private static MessageCredentials credentials(FakeTuyaCloud fake) {
        return new MessageCredentials(fake.apiKey(), fake.apiSecret());
    }

    private static SubscriptionOptions options(ExecutorService executor) {
        return SubscriptionOptions.builder()
                .receiverQueueSize(20)
                .redeliveryDelay(Duration.ofMillis(100))
                .executor(executor)
                .build();
    }

    private static Connection.Receiver framesTo(SocketSubscription subscription) {
        return new Connection.Receiver() {
            @Override
            public void connected(Connection connection) {}

            @Override
            public void frame(Connection connection, String text) {
                subscription.frame(connection, text);
            }
        };
    }
}

package io.github.tuyacloud.live;

import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** The base class of tests with a fake cloud and a living picture of it; time passes only when a test advances it. */
abstract class LiveFixture extends FakeCloudTest {

    static final Duration SOON = Duration.ofSeconds(30);

    final List<LiveChange> changes = new CopyOnWriteArrayList<>();
    LiveDevices home;

    @AfterEach
    void closeHome() {
        if (home != null) {
            home.close();
        }
    }

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().requestLogLimit(1_000);
    }

    /** Replaces the usual fake cloud. */
    final void use(FakeTuyaCloudBuilder other) {
        closeFakeAndClient();
        fake = other.start();
        cloud = client().build();
    }

    final SubscriptionOptions messageOptions() {
        return SubscriptionOptions.builder()
                .endpoint(fake.messages().endpoint())
                .redeliveryDelay(Duration.ofMillis(100))
                .build();
    }

    final LiveDevicesBuilder builder() {
        return cloud.live().messages(messageOptions()).onChange(changes::add);
    }

    /** Starts a picture and waits until it is live. */
    final LiveDevices started(LiveDevicesBuilder builder) {
        home = builder.start();
        awaitLive();
        return home;
    }

    /** Waits until the picture is live and has processed the messages that were waiting. */
    final void awaitLive() {
        awaitState(Freshness.State.LIVE);
    }

    final void awaitState(Freshness.State state) {
        until(() -> {
            String reason = home.freshness().reason();
            if (reason.startsWith("messages that were waiting") || reason.startsWith("the program was suspended")) {
                pass(Duration.ofSeconds(2));
            }
            return home.freshness().state() == state;
        });
    }

    /** Advances the clock, slowly enough that no call times out. */
    final void pass(Duration duration) {
        long end = System.nanoTime() + 3_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        time.advance(duration);
    }

    final void until(BooleanSupplier condition) {
        Await.until(
                () -> {
                    if (home != null) {
                        home.freshness(); // triggers the picture's check of the clock
                    }
                    return condition.getAsBoolean();
                },
                () -> "the picture: " + (home == null ? "" : home.freshness()));
    }

    final void untilChanges(int count) {
        until(() -> changes.size() >= count);
    }

    final List<String> changeTexts() {
        return changes.stream().map(LiveChange::toString).toList();
    }

    /** Returns the number of requests, handshakes of the message service not counted. */
    final long calls() {
        return fake.requests().stream()
                .filter(request -> !request.path().startsWith("/ws/"))
                .count();
    }
}

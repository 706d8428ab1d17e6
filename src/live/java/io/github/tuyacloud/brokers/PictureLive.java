package io.github.tuyacloud.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.ShortRetention;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the living picture with messages from real brokers: despite lost connections, a killed broker, and a gap
 * longer than the retention of messages, it equals the cloud whenever it is live and no message is in flight. Set
 * {@code -DlivePicture.seed} for a different run.
 */
@ParameterizedClass(name = "{0}, batching {1}")
@MethodSource("brokers")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PictureLive {
    private static final int CHANGES = 5_000;
    private static final int CHANGES_IN_GAP = 200;
    private static final int ONE_LOSS_IN = 700;
    private static final long PATIENCE_SECONDS = 300;
    private static final long SEED = Long.getLong("livePicture.seed", 20_240_301L);

    /** The retention of messages in this test. */
    private static final Duration RETENTION = Duration.ofSeconds(4);

    private static final Duration MAX_SILENCE = Duration.ofSeconds(3);
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final BrokerVersion version;
    private final boolean batching;
    private final Random random = new Random(SEED);
    private final PictureReplica replica = new PictureReplica(SEED);
    private final Queue<String> resynchronized = new ConcurrentLinkedQueue<>();
    private Project project;
    private FakeHome home;
    private LiveDevices picture;
    private int compared;

    PictureLive(BrokerVersion version, boolean batching) {
        this.version = version;
        this.batching = batching;
    }

    static Stream<Arguments> brokers() {
        return RedeliveryLive.brokers();
    }

    @Test
    void picture_throughLossesAKillAndALongGap_equalsTheCloud() throws Exception {
        System.out.println("[live] " + version + ", batching " + batching + ", living picture, seed " + SEED);
        // Uses its own broker, because it kills it.
        try (PulsarBroker broker = new PulsarBroker(version, "picture-broker");
                CuttableProxy proxy = new CuttableProxy(broker.webPort())) {
            project = new Project(broker, "picture" + PROJECTS.incrementAndGet());
            try (FakeHome devices = new FakeHome(project.accessId(), random);
                    TuyaCloud cloud = client(devices);
                    LiveDevices started = start(cloud, proxy)) {
                home = devices;
                picture = started;
                assertThat(picture.awaitReady(Duration.ofSeconds(PATIENCE_SECONDS)))
                        .isTrue();
                replica.startFrom(picture.all());

                change(CHANGES, proxy);
                compare();
                kill(broker);
                compare();
                gapBeyondRetention(proxy);
                compare();
                change(CHANGES / 10, proxy);
                compare();
                System.out.println("[live] " + version + ", batching " + batching + ", living picture: equal in "
                        + compared + " comparisons, " + home.requests() + " requests, " + picture.counters()
                        + ", read again: " + resynchronized);
            }
        }
    }

    private static TuyaCloud client(FakeHome devices) {
        return ShortRetention.client(
                TuyaCloud.builder()
                        .region("eu")
                        .endpoint(devices.endpoint())
                        .apiKey(devices.accessId())
                        .apiSecret(Envelopes.SECRET),
                MAX_SILENCE);
    }

    private LiveDevices start(TuyaCloud cloud, CuttableProxy proxy) {
        return cloud.live()
                .messages(SubscriptionOptions.builder()
                        .endpoint(proxy.webSocketEndpoint())
                        .redeliveryDelay(Duration.ofMillis(100))
                        .handlerThreads(2)
                        .build())
                .onChange(replica)
                .onChange(change -> {
                    if (change instanceof LiveChange.Resynchronized done) {
                        resynchronized.add(done.reason());
                    }
                })
                .start();
    }

    /** Changes devices and cuts connections at random. */
    private void change(int changes, CuttableProxy proxy) throws Exception {
        try (Producer reports = project.producer(batching)) {
            for (int i = 0; i < changes; i++) {
                home.change(reports);
                if (random.nextInt(ONE_LOSS_IN) == 0) {
                    proxy.cut();
                }
            }
        }
    }

    /** Kills the broker while messages are being handled, and starts it again. */
    private void kill(PulsarBroker broker) throws Exception {
        try (Producer reports = project.producer(batching)) {
            for (int i = 0; i < CHANGES_IN_GAP; i++) {
                home.change(reports);
            }
        }
        broker.kill();
        broker.start();
    }

    /**
     * Changes devices while the picture is disconnected, until the broker has dropped all messages about the changes.
     */
    private void gapBeyondRetention(CuttableProxy proxy) throws Exception {
        proxy.block();
        try (Producer reports = project.producer(batching)) {
            for (int i = 0; i < CHANGES_IN_GAP; i++) {
                home.change(reports);
            }
        }
        TimeUnit.MILLISECONDS.sleep(RETENTION.toMillis());
        project.expireMessages(RETENTION.dividedBy(2));
        assertThat(project.awaitNoBacklog()).as("messages have expired").isTrue();
        assertThat(picture.freshness().isLive()).isFalse();
        Map<String, String> before = PictureReplica.valuesOf(picture.all());
        assertThat(before).as("picture without messages").isNotEqualTo(cloudValues(before));

        proxy.unblock();
    }

    /**
     * Waits until no message is in flight and the picture is live, and checks that the picture and its listeners have
     * the cloud's values.
     */
    private void compare() throws Exception {
        Patience.awaitSlowly(
                PATIENCE_SECONDS,
                () -> project.backlog() == 0 && picture.freshness().isLive());
        assertThat(picture.freshness().isLive())
                .as("%s, backlog %s, %s", picture.freshness(), project.backlog(), picture.counters())
                .isTrue();
        Map<String, String> values = PictureReplica.valuesOf(picture.all());
        assertThat(values)
                .as("seed %s, %s, %s", SEED, picture.freshness(), picture.counters())
                .isEqualTo(cloudValues(values));
        assertThat(replica.values())
                .as("the copy that a listener built, seed %s", SEED)
                .isEqualTo(values);
        assertThat(replica.gaps())
                .as("changes that do not continue the one before")
                .isZero();
        compared++;
    }

    /** Returns the cloud's values of the data points that the picture shows. */
    private Map<String, String> cloudValues(Map<String, String> shown) {
        Map<String, String> values = home.values();
        values.keySet().retainAll(shown.keySet());
        return values;
    }
}

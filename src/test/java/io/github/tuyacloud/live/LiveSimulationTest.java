package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Quirk;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.DataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Changes a thousand fake devices at random, with lost connections, duplicates, late and reordered reports, wrong device clocks
 * and gaps beyond the retention of messages; whenever the picture is live and idle, it must equal the cloud.
 *
 * <p>{@code -DlivePicture.changes=100000} makes a longer run, {@code -DlivePicture.seed} another one.
 */
class LiveSimulationTest extends LiveFixture {

    private static final int DEVICES = 1_000;
    private static final int CHANGES = Integer.getInteger("livePicture.changes", 30_000);
    private static final long SEED = Long.getLong("livePicture.seed", 20_240_301L);
    private static final int MAX_UNDER_WAY = 400;

    private final Random random = new Random(SEED);
    private final List<FakeDevice> devices = new ArrayList<>();
    private final ListenerReplica listener = new ListenerReplica();
    private final ListenerReplica failing = new ListenerReplica();

    @Test
    void picture_throughAllDisturbances_equalsTheCloud() {
        run(CHANGES, super.fakeBuilder().empty());
    }

    @Test
    void picture_withLaggingLists_equalsTheCloud() {
        run(CHANGES / 10, super.fakeBuilder().empty().quirks(Quirk.LAGGING_LISTS));
    }

    private void run(int changeCount, FakeTuyaCloudBuilder builder) {
        System.out.println("living picture, seed " + SEED);
        use(builder);
        fake.seed(1, 3, DEVICES);
        devices.addAll(fake.devices());
        devices.forEach(device -> device.setOnline(true).setTemper(temper()));
        Random failures = new Random(SEED);
        home = cloud.live()
                .messages(SubscriptionOptions.builder()
                        .endpoint(fake.messages().endpoint())
                        .handlerThreads(2)
                        .receiverQueueSize(1_000)
                        .redeliveryDelay(Duration.ofMillis(100))
                        .build())
                .onChange(listener)
                .onChange(change -> {
                    synchronized (failures) {
                        if (failures.nextInt(500) == 0) {
                            throw new IllegalStateException("not now");
                        }
                    }
                    failing.changed(change);
                })
                .start();
        awaitLive();
        listener.startFrom(home.all());
        failing.startFrom(home.all());
        for (int i = 1; i <= changeCount; i++) {
            change();
            disturb(i, changeCount);
        }
        settle();
        checkPicture();
        listener.check(home.all());
        failing.check(home.all());
        assertThat(listener.backwards()).as("changes applied backwards").isZero();
    }

    private Temper temper() {
        Temper temper = Temper.obedient();
        return switch (random.nextInt(20)) {
            case 0 -> temper.clockOff(Duration.ofHours(-2));
            case 1 -> temper.clockOff(Duration.ofSeconds(-40));
            case 2 -> temper.clockOff(Duration.ofHours(2));
            case 3 -> temper.clockUnset();
            case 4, 5 -> temper.reportingTwice();
            case 6, 7 -> temper.reportingAfter(Duration.ofSeconds(1 + random.nextInt(20)));
            default -> temper;
        };
    }

    private void change() {
        FakeDevice device = devices.get(random.nextInt(DEVICES));
        List<Map.Entry<String, Object>> points = new ArrayList<>(device.status().entrySet());
        Map.Entry<String, Object> point = points.get(random.nextInt(points.size()));
        fake.report(device.id(), point.getKey(), other(point.getValue()));
        time.advance(Duration.ofMillis(1 + random.nextInt(20)));
    }

    private Object other(Object value) {
        if (value instanceof Boolean flag) {
            return random.nextInt(10) == 0 ? flag : !flag;
        }
        return value instanceof Number ? (Object) random.nextInt(1_000) : value;
    }

    private void disturb(int i, int changeCount) {
        if (i % 50 == 0) {
            fake.runDue();
            until(() -> fake.messages().unacknowledged() < MAX_UNDER_WAY);
        }
        if (random.nextInt(2_000) == 0) {
            fake.messages().dropConnections();
        }
        if (random.nextInt(3_000) == 0) {
            fake.messages().redeliver();
        }
        if (random.nextInt(5_000) == 0) {
            FakeDevice renamed = devices.get(random.nextInt(DEVICES));
            renamed.setTemper(temper());
        }
        if (i % (changeCount / 10) == 0) {
            settle();
            checkPicture();
        }
        if (i % (changeCount / 2) == 0) {
            gapBeyondRetention();
        }
    }

    /** Changes devices without reporting it in a message. */
    private void gapBeyondRetention() {
        settle();
        fake.messages().refuseConnections(503, 3).dropConnections();
        for (int i = 0; i < 200; i++) {
            FakeDevice device = devices.get(random.nextInt(DEVICES));
            device.status().forEach((code, value) -> device.setStatus(code, other(value)));
        }
        time.advance(Duration.ofMinutes(115));
        fake.messages().dropConnections();
        until(() -> home.counters().resynchronizations() > 0 && fake.messages().connections() == 1);
    }

    /** Waits until the picture is live and idle; the clock advances slowly, so that no call times out. */
    private void settle() {
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofSeconds(2));
            fake.runDue();
        }
        until(() -> {
            fake.runDue();
            if (home.freshness().isLive() && fake.messages().unacknowledged() == 0) {
                return true;
            }
            pass(Duration.ofMillis(500));
            return false;
        });
    }

    private void checkPicture() {
        Map<String, Map<String, String>> picture = new HashMap<>();
        Map<String, Map<String, String>> cloudState = new HashMap<>();
        for (LiveDevice device : home.all()) {
            Map<String, String> values = new TreeMap<>();
            for (DataPoint point : device.status().dataPoints()) {
                values.put(String.valueOf(point.code()), String.valueOf(point.value()));
            }
            Map<String, String> held = new TreeMap<>();
            fake.device(device.id()).status().forEach((code, value) -> {
                if (values.containsKey(code)) {
                    held.put(code, String.valueOf(value));
                }
            });
            if (!values.equals(held)) {
                picture.put(device.id(), values);
                cloudState.put(device.id(), held);
            }
        }
        assertThat(picture)
                .as("seed %s, %s, %s", SEED, home.freshness(), home.counters())
                .isEqualTo(cloudState);
    }
}

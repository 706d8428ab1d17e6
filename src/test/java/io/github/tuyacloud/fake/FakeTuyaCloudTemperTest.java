package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that devices of the fake cloud handle commands as their temper defines, by the cloud's clock. */
@DisplayName("FakeTuyaCloud, tempers of devices")
@Timeout(30)
class FakeTuyaCloudTemperTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LATER = Duration.ofSeconds(7);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualTime clock = new ManualTime(NOW);
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private FakeTuyaCloud fake;
    private TuyaCloud cloud;
    private MessageSubscription subscription;
    private FakeDevice lamp;

    @BeforeEach
    void start() throws InterruptedException {
        fake = FakeTuyaCloud.builder().clock(clock).start();
        lamp = fake.device(DemoWorld.LAMP);
        cloud = TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .region("eu")
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .clock(clock)
                .build();
        subscribe();
    }

    private void subscribe() throws InterruptedException {
        subscription = cloud.messages()
                .subscribe(
                        message -> {
                            if (message instanceof DataPointMessage report) {
                                report.dataPoints()
                                        .forEach(change -> reports.add(change.code() + "=" + change.value() + "@"
                                                + (change.time() == null
                                                        ? "never"
                                                        : Duration.between(NOW, change.time())
                                                                .toSeconds())));
                            }
                        },
                        SubscriptionOptions.builder()
                                .endpoint(fake.messages().endpoint())
                                .build());
        assertThat(fake.messages().awaitConnections(1, TIMEOUT)).isTrue();
    }

    @AfterEach
    void stop() {
        subscription.close();
        cloud.close();
        fake.close();
    }

    @Test
    void obedient_command_changesAndReportsImmediately() throws InterruptedException {
        brightness(500);

        assertThat(lamp.status("bright_value_v2")).isEqualTo(500L);
        assertReports("bright_value_v2=500@0");
    }

    @Test
    void obedient_propertyOrScene_reportsToo() throws InterruptedException {
        cloud.homes().trigger(Long.toString(DemoWorld.HOME), DemoWorld.EVENING_SCENE);

        assertReports("switch_led=true@0", "switch_1=false@0");
    }

    @Test
    void actingAfter_command_changesNothingBeforeItsTime() throws InterruptedException {
        lamp.setTemper(Temper.obedient().actingAfter(LATER));

        brightness(500);
        clock.advance(LATER.minusMillis(1));
        fake.runDue();
        assertThat(lamp.status("bright_value_v2")).isEqualTo(10L);
        clock.advance(Duration.ofMillis(1));
        fake.runDue();

        assertThat(lamp.status("bright_value_v2")).isEqualTo(500L);
        assertReports("bright_value_v2=500@7");
    }

    @Test
    void actingAfter_clockMoved_happensWithoutACall() throws InterruptedException {
        lamp.setTemper(Temper.obedient().actingAfter(LATER));

        brightness(500);
        clock.advance(LATER);

        assertReports("bright_value_v2=500@7");
    }

    @Test
    void reportingAfter_twoCommands_overtakeEachOther() throws InterruptedException {
        lamp.setTemper(Temper.obedient().reportingAfter(LATER));
        brightness(500);
        lamp.setTemper(Temper.obedient());
        clock.advance(Duration.ofSeconds(1));
        brightness(600);
        assertThat(lamp.status("bright_value_v2")).isEqualTo(600L);
        clock.advance(LATER);
        fake.runDue();

        assertReports("bright_value_v2=600@1", "bright_value_v2=500@0");
    }

    @Test
    void clamping_valueOutOfRange_keepsAndReportsTheLimit() throws InterruptedException {
        lamp.setTemper(Temper.obedient().clamping("bright_value_v2", 100, 500));

        brightness(900);
        brightness(20);
        brightness(300);

        assertThat(lamp.status("bright_value_v2")).isEqualTo(300L);
        assertReports("bright_value_v2=500@0", "bright_value_v2=100@0", "bright_value_v2=300@0");
    }

    @Test
    void ignoringCommands_command_reportsTheOldValue() throws InterruptedException {
        lamp.setTemper(Temper.obedient().ignoringCommands());

        brightness(900);

        assertThat(lamp.status("bright_value_v2")).isEqualTo(10L);
        assertThat(lamp.commands()).isEmpty();
        assertReports("bright_value_v2=10@0");
    }

    @Test
    void reportingNothing_command_changesSilently() throws InterruptedException {
        lamp.setTemper(Temper.obedient().reportingNothing());

        brightness(900);
        fake.report(DemoWorld.PLUG, "switch_1", true);

        assertThat(lamp.status("bright_value_v2")).isEqualTo(900L);
        assertReports("switch_1=true@0");
    }

    @Test
    void clockOff_report_carriesTheWrongTime() throws InterruptedException {
        lamp.setTemper(Temper.obedient().clockOff(Duration.ofHours(1)));
        brightness(100);
        lamp.setTemper(Temper.obedient().clockOff(Duration.ofHours(-1)));
        brightness(200);

        assertReports("bright_value_v2=100@3600", "bright_value_v2=200@-3600");
    }

    @Test
    void clockUnset_report_carriesTimeZero() {
        FakeMessage report = new DeviceReport(
                        1, lamp, Map.of(), Temper.obedient().clockUnset().deviceMillis(NOW))
                .toMessage();

        assertThat(report.content()).contains("\"devId\":\"" + DemoWorld.LAMP + "\"");
        assertThat(Temper.obedient().clockUnset().deviceMillis(NOW)).isZero();
    }

    @Test
    void reportingTwice_report_isPublishedTwice() throws InterruptedException {
        lamp.setTemper(Temper.obedient().reportingTwice());

        brightness(100);

        assertReports("bright_value_v2=100@0", "bright_value_v2=100@0");
    }

    @Test
    void messages_noSubscriberForTwoHours_areDropped() throws InterruptedException {
        subscription.close();
        assertThat(fake.messages().awaitConnections(0, TIMEOUT)).isTrue();
        fake.report(DemoWorld.PLUG, "switch_1", true);
        clock.advance(Duration.ofMinutes(61));
        fake.report(DemoWorld.PLUG, "switch_1", false);
        clock.advance(Duration.ofMinutes(58));
        assertThat(fake.messages().unacknowledged()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(1));

        assertThat(fake.messages().unacknowledged()).isEqualTo(1);
        subscribe();

        assertReports("switch_1=false@3660");
    }

    @Test
    void temper_ofTheBuilder_appliesFromTheStart() {
        FakeDevice device = FakeDevice.builder("slow", DemoWorld.plug())
                .temper(Temper.obedient().ignoringCommands())
                .build();
        fake.addDevice(device);

        cloud.sendCommand("slow", Command.of("switch_1", true));

        assertThat(device.status("switch_1")).isEqualTo(false);
    }

    @Test
    void close_changesPending_areDropped() {
        lamp.setTemper(Temper.obedient().actingAfter(LATER));
        brightness(500);

        fake.close();
        clock.advance(LATER);
        fake.runDue();

        assertThat(lamp.status("bright_value_v2")).isEqualTo(10L);
    }

    @Test
    void temper_invalidArguments_areRefused() {
        assertThatThrownBy(() -> Temper.obedient().actingAfter(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Temper.obedient().reportingAfter(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Temper.obedient().clamping("x", 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private void brightness(int value) {
        cloud.sendCommand(DemoWorld.LAMP, Command.of("bright_value_v2", value));
    }

    private void assertReports(String... expected) throws InterruptedException {
        assertThat(fake.messages().awaitAcknowledged(expected.length, TIMEOUT))
                .as("reports so far: %s", reports)
                .isTrue();
        assertThat(new ArrayList<>(reports)).containsExactly(expected);
    }
}

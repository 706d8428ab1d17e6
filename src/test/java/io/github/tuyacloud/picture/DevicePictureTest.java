package io.github.tuyacloud.picture;

import static io.github.tuyacloud.picture.PictureFixture.listed;
import static io.github.tuyacloud.picture.PictureFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.messages.DeviceEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks how reports, events and reads change the picture of one device. */
class DevicePictureTest {

    private final PictureFixture home = new PictureFixture("switch_1", false);

    @Test
    void report_newer_changesTheValueAndReturnsTheOldOne() {
        home.pass(10);

        List<LiveChange> changes = home.report("switch_1", true, home.now());

        assertThat(changes).singleElement().isInstanceOfSatisfying(LiveChange.ValueUpdate.class, update -> {
            assertThat(update.before()).extracting(LiveValue::value).isEqualTo(false);
            assertThat(update.after().value()).isEqualTo(true);
            assertThat(update.after().time()).isEqualTo(home.now());
            assertThat(update.after().origin()).isEqualTo(LiveValue.Origin.REPORTED);
            assertThat(update.messageId()).isEqualTo("m1");
            assertThat(update.changed()).isTrue();
            assertThat(update).hasToString("Plug: switch_1 = true (was false)");
        });
        assertThat(home.value("switch_1")).isEqualTo(true);
    }

    @Test
    void report_ofTheSameValue_isAChangeToo() {
        home.pass(10);

        assertThat(home.report("switch_1", false, home.now())).singleElement().satisfies(change -> assertThat(
                        ((LiveChange.ValueUpdate) change).changed())
                .isFalse());
    }

    @Test
    void report_late_changesNothingAndIsSettledByAStatus() {
        Instant old = home.now().minusSeconds(60);
        home.pass(10);

        assertThat(home.report("switch_1", true, old)).isEmpty();
        assertThat(home.value("switch_1")).isEqualTo(false);
        assertThat(home.context.lateReports()).isOne();
        assertThat(home.context.doubts().size()).isOne();
        assertThat(home.context.doubts().due(20)).isEmpty();
        home.pass(30);
        assertThat(home.context.doubts().due(20)).containsExactly(home.device);
        assertThat(settle(false)).isEmpty();
        assertThat(home.context.doubts().size()).isZero();
    }

    @Test
    void report_lateWithTheSameValue_raisesNoDoubt() {
        assertThat(home.report("switch_1", false, home.now().minusSeconds(60))).isEmpty();
        assertThat(home.context.doubts().size()).isZero();
    }

    @Test
    void report_lateButRight_showsThatTheDeviceClockIsWrong() {
        home.pass(10);
        home.report("switch_1", true, home.now().minusSeconds(7200));
        home.pass(30);

        assertThat(settle(true)).hasSize(1);
        assertThat(home.value("switch_1")).isEqualTo(true);
        home.pass(10);
        assertThat(home.report("switch_1", false, home.now().minusSeconds(7200)))
                .hasSize(1);
        assertThat(home.value("switch_1")).isEqualTo(false);
        assertThat(home.context.doubts().size()).isZero();
    }

    @Test
    void doubt_withANewerReport_isSettledWithoutACall() {
        home.pass(10);
        home.report("switch_1", true, home.now().minusSeconds(60));
        home.pass(1);
        home.report("switch_1", true, home.now());

        assertThat(home.context.doubts().size()).isZero();
    }

    @Test
    void doubts_deviceSendsOldValues_areSettledLaterEachTime() {
        home.report("switch_1", true, home.now().minusSeconds(60));
        home.pass(30);
        settle(false);
        home.report("switch_1", true, home.now().minusSeconds(600));
        home.pass(59);

        assertThat(home.context.doubts().due(20)).isEmpty();
        home.pass(1);
        assertThat(home.context.doubts().due(20)).hasSize(1);
    }

    @Test
    void reading_contradictingARecentReport_raisesADoubt() {
        home.pass(10);
        home.report("switch_1", true, home.now());
        home.pass(20);

        assertThat(home.device
                        .read(listed("Plug", true), status("switch_1", false), home.now(), Expectation.NONE)
                        .changes())
                .isEmpty();
        assertThat(home.value("switch_1")).isEqualTo(true);
        assertThat(home.context.doubts().size()).isOne();
        home.pass(30);
        assertThat(settle(false)).as("the report is still too recent").isEmpty();
        home.pass(30);
        assertThat(settle(false)).hasSize(1);
        assertThat(home.value("switch_1")).isEqualTo(false);
    }

    @Test
    void reading_longAfterTheReport_wins() {
        home.pass(10);
        home.report("switch_1", true, home.now());
        home.pass(100);

        List<LiveChange> changes = home.device
                .read(listed("Plug", true), status("switch_1", false), home.now(), Expectation.NONE)
                .changes();

        assertThat(changes).singleElement().isInstanceOfSatisfying(LiveChange.ValueUpdate.class, update -> {
            assertThat(update.messageId()).isNull();
            assertThat(update.after().origin()).isEqualTo(LiveValue.Origin.READ);
        });
    }

    @Test
    void verification_different_expectsTheMessage() {
        home.pass(100);
        home.device.read(listed("Plug", true), status("switch_1", true), home.now(), Expectation.ALL);

        assertThat(home.context.unheard().untilOverdue()).isEqualTo(Duration.ofMinutes(1));
        home.report("switch_1", true, home.now());
        assertThat(home.context.unheard().untilOverdue()).isNull();
    }

    @Test
    void dpId_codeBecomesKnown_movesTheValue() {
        home.device.report(home.message(null, 9, 5L, home.now(), home.now()));
        assertThat(home.device.value("9")).isPresent();

        home.pass(1);
        home.device.report(home.message("countdown_1", 9, 4L, home.now(), home.now()));

        assertThat(home.device.status().dataPoints()).hasSize(2);
        assertThat(home.value("countdown_1")).isEqualTo(4L);
        assertThat(home.device.value("9")).map(LiveValue::value).contains(4L);
    }

    @Test
    void events_changeOnlineAndName() {
        home.pass(10);

        assertThat(home.event(DeviceEventType.OFFLINE, home.now(), Map.of()))
                .singleElement()
                .hasToString("Plug: offline");
        assertThat(home.event(DeviceEventType.NAME_UPDATE, home.now(), Map.of("name", "Coffee")))
                .singleElement()
                .hasToString("Plug: renamed to Coffee");
        assertThat(home.device.online()).isFalse();
        assertThat(home.device.name()).isEqualTo("Coffee");
        assertThat(home.device.device().name()).isEqualTo("Coffee");
        assertThat(home.device.device().online()).isFalse();
    }

    @Test
    void event_timeInItsData_isUsed() {
        home.pass(10);
        Map<String, Object> old = Map.of("time", home.now().getEpochSecond() - 60);

        assertThat(home.event(DeviceEventType.OFFLINE, Instant.EPOCH, old)).isEmpty();
        assertThat(home.device.online()).isTrue();
        assertThat(home.wantedReadings).hasSize(1);
    }

    @Test
    void event_lateButRight_showsThatItsTimesAreWrong() {
        home.pass(60);
        home.event(DeviceEventType.OFFLINE, home.now().minusSeconds(7200), Map.of());
        assertThat(home.wantedReadings).containsExactly("a late message about the online state of a device in PT10S");
        home.device.read(listed("Plug", false), null, home.now(), Expectation.ALL);
        assertThat(home.device.online()).isFalse();
        assertThat(home.context.unheard().untilOverdue())
                .as("it was reported, if late")
                .isNull();

        home.pass(10);
        assertThat(home.event(DeviceEventType.ONLINE, home.now().minusSeconds(7200), Map.of()))
                .hasSize(1);
        assertThat(home.wantedReadings).hasSize(1);
    }

    @Test
    void events_lateAgainAndAgain_areSettledLaterEachTime() {
        for (int i = 0; i < 8; i++) {
            home.pass(60);
            home.event(DeviceEventType.OFFLINE, home.now().minusSeconds(7200), Map.of());
            home.device.read(listed("Plug", true), null, home.now(), Expectation.ALL);
        }

        assertThat(home.wantedReadings).element(1).asString().endsWith("in PT20S");
        assertThat(home.wantedReadings).element(7).asString().endsWith("in PT10M40S");
    }

    @Test
    void event_lateAboutTheName_isSettledByAReading() {
        home.pass(60);
        Instant old = home.now().minusSeconds(7200);

        assertThat(home.event(DeviceEventType.NAME_UPDATE, old, Map.of("name", "Coffee")))
                .isEmpty();

        assertThat(home.wantedReadings).singleElement().asString().startsWith("a late message about the name");
    }

    @Test
    void event_ofTheSameState_isNoChange() {
        home.pass(10);

        assertThat(home.event(DeviceEventType.ONLINE, home.now(), Map.of())).isEmpty();
    }

    private List<LiveChange> settle(Object read) {
        return home.device
                .settle(home.context.doubts().of(home.device), status("switch_1", read), home.now())
                .changes();
    }
}

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

    private final PictureFixture picture = new PictureFixture("switch_1", false);

    @Test
    void report_newer_changesTheValueAndReturnsTheOldOne() {
        picture.pass(10);

        List<LiveChange> changes = picture.report("switch_1", true, picture.now());

        assertThat(changes).singleElement().isInstanceOfSatisfying(LiveChange.ValueUpdate.class, update -> {
            assertThat(update.before()).extracting(LiveValue::value).isEqualTo(false);
            assertThat(update.after().value()).isEqualTo(true);
            assertThat(update.after().time()).isEqualTo(picture.now());
            assertThat(update.after().origin()).isEqualTo(LiveValue.Origin.REPORTED);
            assertThat(update.messageId()).isEqualTo("m1");
            assertThat(update.changed()).isTrue();
            assertThat(update).hasToString("Plug: switch_1 = true (was false)");
        });
        assertThat(picture.value("switch_1")).isEqualTo(true);
    }

    @Test
    void report_ofTheSameValue_isAChangeToo() {
        picture.pass(10);

        assertThat(picture.report("switch_1", false, picture.now()))
                .singleElement()
                .satisfies(change ->
                        assertThat(((LiveChange.ValueUpdate) change).changed()).isFalse());
    }

    @Test
    void report_late_changesNothingAndIsSettledByAStatus() {
        Instant old = picture.now().minusSeconds(60);
        picture.pass(10);

        assertThat(picture.report("switch_1", true, old)).isEmpty();
        assertThat(picture.value("switch_1")).isEqualTo(false);
        assertThat(picture.context.lateReports()).isOne();
        assertThat(picture.context.doubts().size()).isOne();
        assertThat(picture.context.doubts().due(20)).isEmpty();
        picture.pass(30);
        assertThat(picture.context.doubts().due(20)).containsExactly(picture.device);
        assertThat(settle(false)).isEmpty();
        assertThat(picture.context.doubts().size()).isZero();
    }

    @Test
    void report_lateWithTheSameValue_raisesNoDoubt() {
        assertThat(picture.report("switch_1", false, picture.now().minusSeconds(60)))
                .isEmpty();
        assertThat(picture.context.doubts().size()).isZero();
    }

    @Test
    void report_lateButRight_showsThatTheDeviceClockIsWrong() {
        picture.pass(10);
        picture.report("switch_1", true, picture.now().minusSeconds(7200));
        picture.pass(30);

        assertThat(settle(true)).hasSize(1);
        assertThat(picture.value("switch_1")).isEqualTo(true);
        picture.pass(10);
        assertThat(picture.report("switch_1", false, picture.now().minusSeconds(7200)))
                .hasSize(1);
        assertThat(picture.value("switch_1")).isEqualTo(false);
        assertThat(picture.context.doubts().size()).isZero();
    }

    @Test
    void doubt_withANewerReport_isSettledWithoutACall() {
        picture.pass(10);
        picture.report("switch_1", true, picture.now().minusSeconds(60));
        picture.pass(1);
        picture.report("switch_1", true, picture.now());

        assertThat(picture.context.doubts().size()).isZero();
    }

    @Test
    void doubts_deviceSendsOldValues_areSettledLaterEachTime() {
        picture.report("switch_1", true, picture.now().minusSeconds(60));
        picture.pass(30);
        settle(false);
        picture.report("switch_1", true, picture.now().minusSeconds(600));
        picture.pass(59);

        assertThat(picture.context.doubts().due(20)).isEmpty();
        picture.pass(1);
        assertThat(picture.context.doubts().due(20)).hasSize(1);
    }

    @Test
    void reading_contradictingARecentReport_raisesADoubt() {
        picture.pass(10);
        picture.report("switch_1", true, picture.now());
        picture.pass(20);

        assertThat(picture.device
                        .read(listed("Plug", true), status("switch_1", false), picture.now(), Expectation.NONE)
                        .changes())
                .isEmpty();
        assertThat(picture.value("switch_1")).isEqualTo(true);
        assertThat(picture.context.doubts().size()).isOne();
        picture.pass(30);
        assertThat(settle(false)).as("the report is still too recent").isEmpty();
        picture.pass(30);
        assertThat(settle(false)).hasSize(1);
        assertThat(picture.value("switch_1")).isEqualTo(false);
    }

    @Test
    void reading_longAfterTheReport_wins() {
        picture.pass(10);
        picture.report("switch_1", true, picture.now());
        picture.pass(100);

        List<LiveChange> changes = picture.device
                .read(listed("Plug", true), status("switch_1", false), picture.now(), Expectation.NONE)
                .changes();

        assertThat(changes).singleElement().isInstanceOfSatisfying(LiveChange.ValueUpdate.class, update -> {
            assertThat(update.messageId()).isNull();
            assertThat(update.after().origin()).isEqualTo(LiveValue.Origin.READ);
        });
    }

    @Test
    void verification_different_expectsTheMessage() {
        picture.pass(100);
        picture.device.read(listed("Plug", true), status("switch_1", true), picture.now(), Expectation.ALL);

        assertThat(picture.context.expectedMessages().untilOverdue()).isEqualTo(Duration.ofMinutes(1));
        picture.report("switch_1", true, picture.now());
        assertThat(picture.context.expectedMessages().untilOverdue()).isNull();
    }

    @Test
    void dpId_codeBecomesKnown_movesTheValue() {
        picture.device.report(picture.message(null, 9, 5L, picture.now(), picture.now()));
        assertThat(picture.device.value("9")).isPresent();

        picture.pass(1);
        picture.device.report(picture.message("countdown_1", 9, 4L, picture.now(), picture.now()));

        assertThat(picture.device.status().dataPoints()).hasSize(2);
        assertThat(picture.value("countdown_1")).isEqualTo(4L);
        assertThat(picture.device.value("9")).map(LiveValue::value).contains(4L);
    }

    @Test
    void event_onlineOrName_changesSnapshot() {
        picture.pass(10);

        assertThat(picture.event(DeviceEventType.OFFLINE, picture.now(), Map.of()))
                .singleElement()
                .hasToString("Plug: offline");
        assertThat(picture.event(DeviceEventType.NAME_UPDATE, picture.now(), Map.of("name", "Coffee")))
                .singleElement()
                .hasToString("Plug: renamed to Coffee");
        assertThat(picture.device.online()).isFalse();
        assertThat(picture.device.name()).isEqualTo("Coffee");
        assertThat(picture.device.device().name()).isEqualTo("Coffee");
        assertThat(picture.device.device().online()).isFalse();
    }

    @Test
    void event_timeInItsData_isUsed() {
        picture.pass(10);
        Map<String, Object> old = Map.of("time", picture.now().getEpochSecond() - 60);

        assertThat(picture.event(DeviceEventType.OFFLINE, Instant.EPOCH, old)).isEmpty();
        assertThat(picture.device.online()).isTrue();
        assertThat(picture.requestedReads).hasSize(1);
    }

    @Test
    void event_lateButRight_showsThatItsTimesAreWrong() {
        picture.pass(60);
        picture.event(DeviceEventType.OFFLINE, picture.now().minusSeconds(7200), Map.of());
        assertThat(picture.requestedReads)
                .containsExactly("a message about a device's online state arrived late in PT10S");
        picture.device.read(listed("Plug", false), null, picture.now(), Expectation.ALL);
        assertThat(picture.device.online()).isFalse();
        assertThat(picture.context.expectedMessages().untilOverdue())
                .as("it was reported, if late")
                .isNull();

        picture.pass(10);
        assertThat(picture.event(DeviceEventType.ONLINE, picture.now().minusSeconds(7200), Map.of()))
                .hasSize(1);
        assertThat(picture.requestedReads).hasSize(1);
    }

    @Test
    void events_repeatedlyLate_areSettledLaterEachTime() {
        for (int i = 0; i < 8; i++) {
            picture.pass(60);
            picture.event(DeviceEventType.OFFLINE, picture.now().minusSeconds(7200), Map.of());
            picture.device.read(listed("Plug", true), null, picture.now(), Expectation.ALL);
        }

        assertThat(picture.requestedReads).element(1).asString().endsWith("in PT20S");
        assertThat(picture.requestedReads).element(7).asString().endsWith("in PT10M40S");
    }

    @Test
    void event_lateAboutTheName_isSettledByARead() {
        picture.pass(60);
        Instant old = picture.now().minusSeconds(7200);

        assertThat(picture.event(DeviceEventType.NAME_UPDATE, old, Map.of("name", "Coffee")))
                .isEmpty();

        assertThat(picture.requestedReads)
                .singleElement()
                .asString()
                .startsWith("a message about a device's name arrived late");
    }

    @Test
    void event_ofTheSameState_isNotAChange() {
        picture.pass(10);

        assertThat(picture.event(DeviceEventType.ONLINE, picture.now(), Map.of()))
                .isEmpty();
    }

    private List<LiveChange> settle(Object read) {
        return picture.device
                .settle(picture.context.doubts().of(picture.device), status("switch_1", read), picture.now())
                .changes();
    }
}

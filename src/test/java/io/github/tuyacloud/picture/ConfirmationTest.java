package io.github.tuyacloud.picture;

import static io.github.tuyacloud.picture.PictureFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.Command;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks what a report proves about a command, by the times of both. */
class ConfirmationTest {

    private final PictureFixture home = new PictureFixture("switch_1", false);

    @Test
    void report_afterTheCommand_confirmsIt() {
        home.pass(10);
        Confirmation confirmation = commanded(true);
        home.pass(1);

        home.report("switch_1", true, home.now());

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofAnotherValue_decidesUnlessARightOneFollows() {
        home.pass(10);
        Confirmation confirmation = commanded(true);
        home.pass(1);

        home.report("switch_1", false, home.now());
        assertThat(result(confirmation)).isEqualTo(Result.OTHER_VALUE);
        assertThat(confirmation.isOpen()).isFalse();

        home.report("switch_1", true, home.now());
        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofAnotherValuePublishedBefore_decidesNothing() {
        home.pass(10);
        Instant published = home.now();
        home.pass(1);
        Confirmation confirmation = commanded(true);

        report(false, null, published);

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_ofAnotherValueMeasuredBefore_decidesNothing() {
        home.pass(10);
        Instant measured = home.now();
        home.pass(1);
        Confirmation confirmation = commanded(true);
        home.pass(1);

        report(false, measured, home.now());

        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_olderThanAReadOfAnotherValue_doesNotConfirm() {
        home.pass(10);
        Instant published = home.now();
        home.pass(2);
        home.device.read(status("switch_1", false), home.now(), Expectation.NONE);
        home.pass(1);
        Confirmation confirmation = commanded(true);

        report(true, published, published);

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_publishedByABrokerWhoseClockIsSlow_confirms() {
        home.pass(10);
        Confirmation confirmation = commanded(true);

        report(true, null, home.now().minusSeconds(2));

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofADeviceWhoseClockIsSlow_confirmsWhatChanged() {
        home.pass(100);
        Confirmation confirmation = commanded(true);
        home.pass(1);

        report(true, home.now().minusSeconds(60), home.now());

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofTheOldValueByADeviceWhoseClockIsSlow_doesNotConfirmIt() {
        home.pass(100);
        Confirmation confirmation = commanded(false);
        home.pass(1);

        report(false, home.now().minusSeconds(60), home.now());

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
    }

    private Confirmation commanded(Object value) {
        Confirmation confirmation =
                new Confirmation(List.of(Command.of("switch_1", value)), home.time.now(), home.device);
        home.device.add(confirmation);
        return confirmation;
    }

    private void report(Object value, @Nullable Instant deviceTime, Instant published) {
        home.device.report(home.message("switch_1", null, value, deviceTime, published));
    }

    private static Result result(Confirmation confirmation) {
        List<CommandOutcome.Point> points = confirmation.outcome(
                (code, point) -> new LiveValue(code, point.value(), point.shownTime(), point.origin(), null));
        return points.get(0).result();
    }
}

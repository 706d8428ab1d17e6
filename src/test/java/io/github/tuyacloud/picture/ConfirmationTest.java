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

    private final PictureFixture picture = new PictureFixture("switch_1", false);

    @Test
    void report_afterTheCommand_confirmsIt() {
        picture.pass(10);
        Confirmation confirmation = commanded(true);
        picture.pass(1);

        picture.report("switch_1", true, picture.now());

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofAnotherValue_decidesUnlessARightOneFollows() {
        picture.pass(10);
        Confirmation confirmation = commanded(true);
        picture.pass(1);

        picture.report("switch_1", false, picture.now());
        assertThat(result(confirmation)).isEqualTo(Result.OTHER_VALUE);
        assertThat(confirmation.isOpen()).isFalse();

        picture.report("switch_1", true, picture.now());
        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofAnotherValuePublishedBefore_decidesNothing() {
        picture.pass(10);
        Instant published = picture.now();
        picture.pass(1);
        Confirmation confirmation = commanded(true);

        report(false, null, published);

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_ofAnotherValueMeasuredBefore_decidesNothing() {
        picture.pass(10);
        Instant measured = picture.now();
        picture.pass(1);
        Confirmation confirmation = commanded(true);
        picture.pass(1);

        report(false, measured, picture.now());

        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_olderThanAReadOfAnotherValue_doesNotConfirm() {
        picture.pass(10);
        Instant published = picture.now();
        picture.pass(2);
        picture.device.read(status("switch_1", false), picture.now(), Expectation.NONE);
        picture.pass(1);
        Confirmation confirmation = commanded(true);

        report(true, published, published);

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
        assertThat(confirmation.isOpen()).as("a status can settle it").isTrue();
    }

    @Test
    void report_publishedByABrokerWhoseClockIsSlow_confirms() {
        picture.pass(10);
        Confirmation confirmation = commanded(true);

        report(true, null, picture.now().minusSeconds(2));

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofADeviceWhoseClockIsSlow_confirmsWhatChanged() {
        picture.pass(100);
        Confirmation confirmation = commanded(true);
        picture.pass(1);

        report(true, picture.now().minusSeconds(60), picture.now());

        assertThat(result(confirmation)).isEqualTo(Result.CONFIRMED);
    }

    @Test
    void report_ofTheOldValueByADeviceWhoseClockIsSlow_doesNotConfirmIt() {
        picture.pass(100);
        Confirmation confirmation = commanded(false);
        picture.pass(1);

        report(false, picture.now().minusSeconds(60), picture.now());

        assertThat(result(confirmation)).isEqualTo(Result.UNCONFIRMED);
    }

    private Confirmation commanded(Object value) {
        Confirmation confirmation =
                new Confirmation(List.of(Command.of("switch_1", value)), picture.time.now(), picture.device);
        picture.device.add(confirmation);
        return confirmation;
    }

    private void report(Object value, @Nullable Instant deviceTime, Instant published) {
        picture.device.report(picture.message("switch_1", null, value, deviceTime, published));
    }

    private static Result result(Confirmation confirmation) {
        List<CommandOutcome.Point> points = confirmation.outcome(
                (code, point) -> new LiveValue(code, point.value(), point.shownTime(), point.origin(), null));
        return points.get(0).result();
    }
}

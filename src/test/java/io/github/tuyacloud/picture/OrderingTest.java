package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.picture.Ordering.Decision;
import io.github.tuyacloud.picture.Report.MessageSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks the rules for which of two values is newer. */
class OrderingTest {

    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

    @Test
    void report_ofAnUnknownValue_applies() {
        assertThat(Ordering.ofReport(null, report(0, 0))).isEqualTo(Decision.APPLY);
    }

    @Test
    void report_olderThanTheReading_isLate() {
        Point read = Point.read(true, NOON);

        assertThat(Ordering.ofReport(read, report(-6, 1))).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofReport(read, report(-5, 1))).isEqualTo(Decision.APPLY);
    }

    @Test
    void report_withoutTime_comparesToTheReadingByPublishTime() {
        Point read = Point.read(true, NOON);

        assertThat(Ordering.ofReport(read, report(null, -6))).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofReport(read, report(null, -4))).isEqualTo(Decision.APPLY);
    }

    @Test
    void ofReport_bothHaveDeviceTimes_comparesThemFirst() {
        Point current = Point.reported(report(10, 10));

        assertThat(Ordering.ofReport(current, report(9, 20))).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofReport(current, report(11, 5))).isEqualTo(Decision.APPLY);
    }

    @Test
    void reports_ofTheSameTime_compareByPublishTime() {
        Point current = Point.reported(report(10, 10));

        assertThat(Ordering.ofReport(current, report(10, 9))).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofReport(current, report(10, 10))).isEqualTo(Decision.APPLY);
        assertThat(Ordering.ofReport(current, report(10, 11))).isEqualTo(Decision.APPLY);
    }

    @Test
    void reports_oneWithoutTime_compareByPublishTime() {
        Point current = Point.reported(report(100, 10));

        assertThat(Ordering.ofReport(current, report(null, 11))).isEqualTo(Decision.APPLY);
        assertThat(Ordering.ofReport(current, report(null, 9))).isEqualTo(Decision.LATE);
    }

    @Test
    void report_olderThanAReadingThatConfirmedTheValue_isLate() {
        Point current = Point.reported(report(0, 0)).confirmedAt(NOON.plusSeconds(100));

        assertThat(Ordering.ofReport(current, report(50, 101))).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofReport(current, report(99, 101))).isEqualTo(Decision.APPLY);
    }

    @Test
    void report_ofTheOtherMessageSet_isADuplicate() {
        Point current = Point.reported(report(10, 10));
        Report newer = new Report("v", NOON.plusSeconds(10), NOON.plusSeconds(11), MessageSet.NEWER, false, "m2");
        Report other = new Report("w", NOON.plusSeconds(10), NOON.plusSeconds(11), MessageSet.NEWER, false, "m2");

        assertThat(Ordering.ofReport(current, newer)).isEqualTo(Decision.DUPLICATE);
        assertThat(Ordering.ofReport(current, other)).isEqualTo(Decision.APPLY);
    }

    @Test
    void reading_afterAReading_laterStartWins() {
        Point read = Point.read(true, NOON);

        assertThat(Ordering.ofRead(read, NOON.plusSeconds(1))).isEqualTo(Decision.APPLY);
        assertThat(Ordering.ofRead(read, NOON.minusSeconds(1))).isEqualTo(Decision.LATE);
    }

    @Test
    void reading_afterAReport_dependsOnTheAgeOfTheReport() {
        Point reported = Point.reported(report(-500, 0));

        assertThat(Ordering.ofRead(reported, NOON)).isEqualTo(Decision.LATE);
        assertThat(Ordering.ofRead(reported, NOON.plusSeconds(1))).isEqualTo(Decision.DOUBT);
        assertThat(Ordering.ofRead(reported, NOON.plusSeconds(60))).isEqualTo(Decision.DOUBT);
        assertThat(Ordering.ofRead(reported, NOON.plusSeconds(61))).isEqualTo(Decision.APPLY);
    }

    @Test
    void time_implausible_isIgnored() {
        assertThat(Report.trusted(null, null, NOON)).isNull();
        assertThat(Report.trusted(Instant.EPOCH, 0L, NOON)).isNull();
        assertThat(Report.trusted(NOON.plusSeconds(301), null, NOON)).isNull();
        assertThat(Report.trusted(NOON.plusSeconds(300), null, NOON)).isEqualTo(NOON.plusSeconds(300));
    }

    @Test
    void time_inSeconds_isTheEndOfThatSecond() {
        assertThat(Report.trusted(NOON, NOON.getEpochSecond(), NOON)).isEqualTo(NOON.plusMillis(999));
        assertThat(Report.trusted(NOON, String.valueOf(NOON.getEpochSecond()), NOON))
                .isEqualTo(NOON.plusMillis(999));
        assertThat(Report.trusted(NOON, NOON.toEpochMilli(), NOON)).isEqualTo(NOON);
    }

    private static Report report(@Nullable Integer second, int published) {
        return new Report(
                "v",
                second == null ? null : NOON.plusSeconds(second),
                NOON.plusSeconds(published),
                MessageSet.OLDER,
                false,
                "m1");
    }
}

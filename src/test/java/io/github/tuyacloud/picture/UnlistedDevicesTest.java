package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that the list is read only rarely for devices that never appear in it. */
class UnlistedDevicesTest {

    private final ManualTime clock = new ManualTime();
    private final UnlistedDevices devices = new UnlistedDevices(new ServerTime(clock, clock::nanoTime));
    private int reads;

    @Test
    void messages_fromThousandsOfUnlistedDevices_causeFewReads() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            hear("shared" + minute, false);
        }

        assertThat(reads).isBetween(20, 30);
    }

    @Test
    void device_reportedAsNewRepeatedly_causesFewReads() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            hear("shared", true);
        }

        assertThat(reads).isBetween(4, 8);
    }

    @Test
    void device_new_isReadImmediately() {
        for (int i = 0; i < 10; i++) {
            hear("shared" + i, false);
        }
        int before = reads;

        hear("new", true);

        assertThat(reads).isEqualTo(before + 1);
    }

    @Test
    void device_broughtByARead_endsThePause() {
        hear("shared1", false);
        hear("shared2", false);
        int before = reads;

        assertThat(devices.receivedFrom("new", true)).isTrue();
        devices.listed(List.of("new"));
        clock.advance(Duration.ofSeconds(1));

        hear("shared3", false);
        assertThat(reads).isEqualTo(before + 1);
    }

    /** Records a message from a device that the following read does not contain, and lets a minute pass. */
    private void hear(String id, boolean isNew) {
        if (devices.receivedFrom(id, isNew)) {
            reads++;
            devices.listed(List.of());
        }
        clock.advance(Duration.ofMinutes(1));
    }
}

package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks how seldom the list is read for devices that are in no list. */
class UnlistedDevicesTest {

    private final ManualTime clock = new ManualTime();
    private final UnlistedDevices devices = new UnlistedDevices(new ServerTime(clock, clock::nanoTime));
    private int reads;

    @Test
    void thousandsOfDevices_eachHeardOnce_causeFewReads() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            hear("shared" + minute, false);
        }

        assertThat(reads).isBetween(20, 30);
    }

    @Test
    void device_saysAgainAndAgainThatItIsNew_causesFewReads() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            hear("shared", true);
        }

        assertThat(reads).isBetween(4, 8);
    }

    @Test
    void device_new_isWorthAReadAtOnce() {
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

    /** Hears of a device, which the read that follows does not bring; a minute passes. */
    private void hear(String id, boolean isNew) {
        if (devices.receivedFrom(id, isNew)) {
            reads++;
            devices.listed(List.of());
        }
        clock.advance(Duration.ofMinutes(1));
    }
}

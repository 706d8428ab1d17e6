package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.live.LiveDevicesBuilder;
import java.io.PrintStream;
import java.time.Duration;

/** Follows all devices for a day: one read at the start, two for verification, everything else by messages. */
public final class FollowDevices {

    private FollowDevices() {}

    /**
     * Runs for a day with the {@code tinytuya.json} in the working directory.
     *
     * @param args ignored
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (TuyaCloud cloud = new TuyaCloud()) {
            follow(cloud.live(), System.out, Duration.ofDays(1));
        }
    }

    static void follow(LiveDevicesBuilder live, PrintStream out, Duration duration) throws InterruptedException {
        try (LiveDevices home = live.onChange(out::println).start()) {
            home.awaitReady(Duration.ofSeconds(30));
            out.println(home.all().size() + " devices, " + home.freshness().state());
            home.await(duration);
            out.println(
                    home.counters().messages() + " messages, " + home.counters().calls() + " calls");
        }
    }
}

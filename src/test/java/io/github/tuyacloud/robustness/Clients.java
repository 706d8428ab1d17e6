package io.github.tuyacloud.robustness;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Creates clients for a fake cloud, and the clocks for both. */
final class Clients {

    private Clients() {}

    /** Returns a builder for the fake that does not wait between attempts. */
    static TuyaCloudBuilder of(FakeTuyaCloud fake) {
        return BuilderHooks.withoutWaits(TuyaCloud.builder())
                .endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret());
    }

    /** A clock that advances only when a test moves it. */
    static final class HandClock extends Clock {
        private volatile Instant now;

        HandClock(Instant now) {
            this.now = now;
        }

        static HandClock atNoon() {
            return new HandClock(Instant.parse("2026-03-04T12:00:00Z"));
        }

        synchronized void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock knows UTC only");
        }
    }
}

package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that a user's clock breaks only the call that reads it: one that throws an error, or calls the client. */
@Timeout(60)
class HostileClockTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    private final AtomicReference<Runnable> code = new AtomicReference<>(() -> {});

    /** A clock that runs the code of a test. */
    private final class Hostile extends Clock {

        @Override
        public Instant instant() {
            code.get().run();
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void call_clockCallsTheClient_isRefusedImmediatelyAndNamesBoth() {
        use(client().clock(new Hostile()));
        code.set(() -> cloud.getFunctions(PLUG));

        assertThatIllegalStateException()
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageStartingWith("The clock " + Hostile.class.getName()
                        + " called the client that is running it (GET /v1.0/iot-03/devices/{id}/functions)");
        code.set(() -> {});
        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    @Test
    void call_clockOfTheJdkReadsOneThatCallsTheClient_isRefusedToo() {
        use(client().clock(Clock.offset(new Hostile(), Duration.ofSeconds(1))));
        code.set(() -> cloud.getFunctions(PLUG));

        assertThatIllegalStateException()
                .isThrownBy(() -> cloud.getStatus(PLUG))
                .withMessageContaining("called the client that is running it");
    }

    @Test
    void call_clockThrowsAnError_reachesTheCaller() {
        use(client().clock(new Hostile()));
        OutOfMemoryError error = new OutOfMemoryError("not really");
        code.set(() -> {
            throw error;
        });

        assertThatThrownBy(() -> cloud.getStatus(PLUG)).isSameAs(error);
        assertThatThrownBy(() -> cloud.getDevices()).isSameAs(error);
        code.set(() -> {});
        assertThat(cloud.getDevices()).isNotEmpty();
    }
}

package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.model.Command;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Checks closing a living picture at any moment, and a picture of ten thousand devices. */
class LiveCloseTest extends LiveFixture {

    @Test
    void close_atAnyMoment_leavesNoThreadAndNoConnection() {
        Random random = new Random(7);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        for (int round = 0; round < 30; round++) {
            if (round % 3 == 0) {
                fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                        .fail(Fault.delay(Duration.ofMillis(random.nextInt(30))))
                        .times(1);
            }
            LiveDevices picture = cloud.live()
                    .messages(messageOptions())
                    .onChange(change -> {
                        if (random.nextInt(3) == 0) {
                            throw new IllegalStateException("not now");
                        }
                    })
                    .start();
            fake.report(DemoWorld.LAMP, "bright_value_v2", 10 + round);
            Thread sender = new Thread(() -> picture.device(DemoWorld.PLUG)
                    .ifPresent(plug -> plug.send(Duration.ofMinutes(1), Command.of("countdown_1", 5))));
            sender.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
            long end = System.nanoTime() + random.nextInt(40) * 1_000_000L;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            sender.start();
            picture.close();
            until(() -> !sender.isAlive());
        }

        cloud.close();

        assertThat(failures).allSatisfy(failure -> assertThat(failure).isInstanceOf(IllegalStateException.class));
        until(() -> fake.messages().connections() == 0);
        until(() -> liveThreads().isEmpty());
    }

    @Test
    void close_byAListener_endsThePicture() {
        started(builder().onChange(change -> home.close()));
        time.advance(Duration.ofSeconds(1));

        fake.report(DemoWorld.PLUG, "switch_1", true);

        until(() -> fake.messages().connections() == 0);
    }

    @Test
    void start_tenThousandDevices_takesAHundredCalls() {
        fake.seed(1, 3, 10_000);

        started(builder());

        assertThat(home.all()).hasSize(10_005);
        assertThat(home.counters().calls()).isEqualTo(101);
        List<FakeDevice> devices = fake.devices();
        time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            FakeDevice device = devices.get(devices.size() - 1 - i);
            String code = device.status().keySet().iterator().next();
            fake.report(device.id(), code, device.status(code));
        }
        untilChanges(1_000);
        awaitLive();
    }

    private static List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tuya-live"))
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .toList();
    }
}

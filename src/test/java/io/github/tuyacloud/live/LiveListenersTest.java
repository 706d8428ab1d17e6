package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.model.Command;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Checks a living picture whose listeners call it, whose devices come and go, and whose clock or calls misbehave. */
class LiveListenersTest extends LiveFixture {

    @Test
    void listener_readingAgain_keepsTheOrderOfTheOthers() {
        AtomicBoolean first = new AtomicBoolean(true);
        started(cloud.live()
                .messages(messageOptions())
                .onChange(change -> {
                    if (first.compareAndSet(true, false)) {
                        fake.device(DemoWorld.PLUG).setStatus("cur_power", 9);
                        time.advance(Duration.ofMinutes(2));
                        home.resync();
                    }
                })
                .onChange(changes::add));
        time.advance(Duration.ofSeconds(10));

        fake.report(DemoWorld.PLUG, "cur_power", 5);
        untilChanges(3);

        assertThat(changeTexts().stream().filter(text -> text.contains("cur_power")))
                .containsExactly("Kitchen plug: cur_power = 5 (was 0)", "Kitchen plug: cur_power = 9 (was 5)");
    }

    @Test
    void device_removedAndAddedAgain_isTheSameForTheProgram() {
        started(builder());
        LiveDevice plug = home.device(DemoWorld.PLUG).orElseThrow();
        List<String> ofPlug = new CopyOnWriteArrayList<>();
        plug.onChange(change -> ofPlug.add(change.toString()));
        FakeDevice removed = fake.device(DemoWorld.PLUG);
        time.advance(Duration.ofSeconds(10));
        fake.removeDevice(DemoWorld.PLUG);
        fake.messages().pushEvent(DemoWorld.PLUG, "delete", Map.of());
        untilChanges(1);
        assertThat(home.device(DemoWorld.PLUG)).isEmpty();

        time.advance(Duration.ofMinutes(2));
        removed.setStatus("cur_power", 77);
        fake.addDevice(removed);
        fake.messages().pushEvent(DemoWorld.PLUG, "bindUser", Map.of());
        until(() -> {
            pass(Duration.ofSeconds(1));
            return home.device(DemoWorld.PLUG).isPresent();
        });
        time.advance(Duration.ofSeconds(10));
        fake.report(DemoWorld.PLUG, "switch_1", true);

        until(() -> ofPlug.size() == 3);
        assertThat(ofPlug)
                .containsExactly(
                        "Kitchen plug: removed", "Kitchen plug: added", "Kitchen plug: switch_1 = true (was false)");
        assertThat(home.device(DemoWorld.PLUG).orElseThrow()).isSameAs(plug);
        assertThat(plug.status().get("cur_power")).isEqualTo(77L);
    }

    @Test
    void clock_jumpsAhead_datesNoValueInTheFuture() {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource set = () -> time.instant().plus(ahead.get());
        use(client().clock(set.withZone(ZoneOffset.UTC)));
        started(builder());
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        LiveDevice plug = home.device(DemoWorld.PLUG).orElseThrow();
        ahead.set(Duration.ofMinutes(10));

        CommandOutcome outcome = plug.send(Duration.ofMillis(20), Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.CONFIRMED);
        assertThat(plug.value("switch_1").orElseThrow().time()).isBeforeOrEqualTo(time.instant());
        time.advance(Duration.ofSeconds(10));
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient());
        fake.report(DemoWorld.PLUG, "switch_1", false);
        until(() -> !plug.status().isTrue("switch_1"));
        assertThat(home.counters().lateReports()).isZero();
    }

    @Test
    void list_failsAtItsSecondPage_deliversTheChangesOfTheFirst() {
        fake.seed(1, 1, 150);
        home = cloud.live().every(Duration.ofMinutes(5)).onChange(changes::add).start();
        until(() -> home.freshness().isLive());
        fake.device(DemoWorld.PLUG).setStatus("cur_power", 3);
        fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                .fail(Fault.http(404))
                .skip(1);

        time.advance(Duration.ofMinutes(5));
        untilChanges(1);

        assertThat(changeTexts()).containsExactly("Kitchen plug: cur_power = 3 (was 0)");
        awaitState(Freshness.State.STALE);
    }

    @Test
    void statuses_refusedForGood_areSettledByTheList() {
        started(builder());
        time.advance(Duration.ofMinutes(5));
        awaitLive();
        fake.on("GET", "/v1.0/iot-03/devices/status").fail(Fault.code(1106, "permission deny"));
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().clockOff(Duration.ofHours(-2)));
        fake.report(DemoWorld.PLUG, "switch_1", true);
        awaitState(Freshness.State.CATCHING_UP);

        time.advance(Duration.ofSeconds(30));
        awaitState(Freshness.State.STALE);
        time.advance(Duration.ofMinutes(16));

        awaitLive();
        assertThat(home.device(DemoWorld.PLUG).orElseThrow().status().isTrue("switch_1"))
                .isTrue();
    }
}

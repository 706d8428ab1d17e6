package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.BackgroundCall;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the outcome of commands that a living picture sends to fake devices of every temper. */
class LiveCommandsTest extends LiveFixture {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration NONE = Duration.ofMillis(50);
    private static final String COMMANDS = "/v1.0/iot-03/devices/{id}/commands";
    private static final String STATUS = "/v1.0/iot-03/devices/{id}/status";

    private LiveDevice plug;

    private LiveDevice startedPlug() {
        started(builder());
        plug = home.device(DemoWorld.PLUG).orElseThrow();
        time.advance(Duration.ofSeconds(10));
        return plug;
    }

    @Test
    void send_deviceReports_isConfirmed() {
        CommandOutcome outcome = startedPlug().send(TIMEOUT, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.CONFIRMED);
        assertThat(outcome.holds()).isTrue();
        assertThat(outcome.sent()).isEqualTo(CommandOutcome.Sent.YES);
        assertThat(outcome.calls()).isOne();
        assertThat(outcome.points()).singleElement().hasToString("switch_1 = true: CONFIRMED");
        assertThat(plug.status().getBoolean("switch_1")).isTrue();
        assertThat(fake.requestCount("GET", STATUS)).isZero();
    }

    @Test
    void send_valueAlreadySet_isReportedEarly() {
        startedPlug();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());

        CommandOutcome outcome = plug.send(TIMEOUT, Command.of("switch_1", false));

        assertThat(outcome.result()).isEqualTo(Result.ALREADY_SO);
        assertThat(outcome.holds()).isTrue();
        assertThat(outcome.calls()).isOne();
        assertThat(fake.requestCount("POST", COMMANDS)).isOne();
    }

    @Test
    void send_deviceClamps_isAnotherValue() {
        started(builder());
        fake.device(DemoWorld.LAMP).setTemper(Temper.obedient().clamping("bright_value_v2", 10, 500));
        LiveDevice lamp = home.device(DemoWorld.LAMP).orElseThrow();

        CommandOutcome outcome = lamp.send(NONE, Command.of("bright_value_v2", 900));

        assertThat(outcome.result()).isEqualTo(Result.OTHER_VALUE);
        assertThat(outcome.holds()).isFalse();
        assertThat(outcome.toString()).contains("OTHER_VALUE, the device shows 500");
    }

    @Test
    void send_deviceIgnoresCommands_isUnconfirmedOrAnotherValue() {
        startedPlug();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().ignoringCommands());

        assertThat(plug.send(NONE, Command.of("switch_1", true)).result()).isEqualTo(Result.OTHER_VALUE);

        fake.device(DemoWorld.PLUG)
                .setTemper(Temper.obedient().ignoringCommands().reportingNothing());
        CommandOutcome silent = plug.send(NONE, Command.of("switch_1", true));
        assertThat(silent.result()).isEqualTo(Result.UNCONFIRMED);
        assertThat(silent.calls()).as("the status was read once").isEqualTo(2);
    }

    @Test
    void send_deviceReportsNothing_isConfirmedByOneRead() {
        startedPlug();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());

        CommandOutcome outcome = plug.send(NONE, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.CONFIRMED);
        assertThat(outcome.calls()).isEqualTo(2);
        assertThat(plug.status().getBoolean("switch_1")).isTrue();
    }

    @Test
    void send_deviceWithAWrongClock_isConfirmed() {
        startedPlug();
        for (Temper temper : new Temper[] {
            Temper.obedient().clockOff(Duration.ofHours(-2)),
            Temper.obedient().clockOff(Duration.ofHours(2)),
            Temper.obedient().clockUnset()
        }) {
            fake.device(DemoWorld.PLUG).setTemper(temper);
            time.advance(Duration.ofMinutes(1));
            boolean on = !plug.status().isTrue("switch_1");

            assertThat(plug.send(NONE, Command.of("switch_1", on)).result()).isEqualTo(Result.CONFIRMED);
        }
    }

    @Test
    void send_responseLostButReported_isConfirmed() {
        startedPlug();
        fake.on("POST", COMMANDS).fail(Fault.loseResponse()).times(1);

        CommandOutcome outcome = plug.send(TIMEOUT, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.CONFIRMED);
        assertThat(outcome.sent()).isEqualTo(CommandOutcome.Sent.MAYBE);
        assertThat(outcome.failure()).isInstanceOf(TuyaTransportException.class);
        assertThat(fake.commands(DemoWorld.PLUG)).hasSize(1);
    }

    @Test
    void send_commandLost_isUnconfirmed() {
        startedPlug();
        fake.on("POST", COMMANDS).fail(Fault.disconnect()).times(1);

        CommandOutcome outcome = plug.send(NONE, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.UNCONFIRMED);
        assertThat(outcome.sent()).isEqualTo(CommandOutcome.Sent.MAYBE);
        assertThat(fake.commands(DemoWorld.PLUG)).isEmpty();
    }

    @Test
    void send_refused_throws() {
        startedPlug();

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> plug.send(TIMEOUT, Command.of("no_such_code", true)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2008));
    }

    @Test
    void send_severalCommands_returnsTheWorstResult() {
        started(builder());
        fake.device(DemoWorld.LAMP).setTemper(Temper.obedient().clamping("bright_value_v2", 10, 500));
        LiveDevice lamp = home.device(DemoWorld.LAMP).orElseThrow();

        CommandOutcome outcome = lamp.send(
                NONE,
                Command.of("switch_led", true),
                Command.of("bright_value_v2", 900),
                Command.of("work_mode", "white"));

        assertThat(outcome.points())
                .extracting(CommandOutcome.Point::result)
                .containsExactly(Result.CONFIRMED, Result.OTHER_VALUE, Result.CONFIRMED);
        assertThat(outcome.result()).isEqualTo(Result.OTHER_VALUE);
    }

    @Test
    void send_writeOnlyDataPoint_isUnconfirmedImmediately() {
        DpMapping mapping = DpMapping.fromMap(
                Map.of("1", Map.of("code", "switch_1", "type", "Boolean", "values", Map.of(), "accessMode", "wr")));
        started(builder().mapping(fake.device(DemoWorld.PLUG).product().id(), mapping));
        plug = home.device(DemoWorld.PLUG).orElseThrow();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());

        CommandOutcome outcome = plug.send(TIMEOUT, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.UNCONFIRMED);
        assertThat(outcome.calls()).isOne();
    }

    @Test
    void send_withoutMessages_isConfirmedByOneRead() {
        home = cloud.live().every(Duration.ofMinutes(5)).start();
        until(() -> home.freshness().isLive());
        plug = home.device(DemoWorld.PLUG).orElseThrow();

        CommandOutcome outcome = plug.send(NONE, Command.of("switch_1", true));

        assertThat(outcome.result()).isEqualTo(Result.CONFIRMED);
        assertThat(outcome.calls()).isEqualTo(2);
    }

    @Test
    void send_interruptedWhileWaiting_throws() throws Exception {
        startedPlug();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        BackgroundCall<?> caller =
                BackgroundCall.start(() -> plug.send(Duration.ofMinutes(10), Command.of("switch_1", true)));
        until(() -> !fake.commands(DemoWorld.PLUG).isEmpty());

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(TuyaInterruptedException.class);
    }

    @Test
    void send_closedWhileWaiting_returnsTheKnownOutcome() throws Exception {
        startedPlug();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        BackgroundCall<CommandOutcome> caller =
                BackgroundCall.start(() -> plug.send(Duration.ofMinutes(10), Command.of("switch_1", true)));
        until(() -> !fake.commands(DemoWorld.PLUG).isEmpty());

        home.close();

        assertThat(caller.result().result()).isEqualTo(Result.UNCONFIRMED);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> plug.send(NONE, Command.of("switch_1", true)));
    }

    @Test
    void send_notCarriedOutAccordingToTheCloud_throws() {
        started(builder());
        fake.on("POST", "/v1.0/iot-03/devices/{id}/commands").fail(Fault.result(false));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> home.device(DemoWorld.PLUG)
                        .orElseThrow()
                        .send(Duration.ofSeconds(1), Command.of("switch_1", true)))
                .withMessageContaining("says that it was not carried out");
    }

    @Test
    void send_invalidArguments_areRefused() {
        startedPlug();

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> plug.send(TIMEOUT));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> plug.send(Duration.ofSeconds(-1), Command.of("switch_1", true)));
    }
}

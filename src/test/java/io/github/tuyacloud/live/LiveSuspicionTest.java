package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Checks what makes a living picture suspect that messages do not arrive: another program on the same subscription, or a
 * missing messaging rule.
 */
class LiveSuspicionTest extends LiveFixture {

    private static final String LIST = "/v1.0/iot-01/associated-users/devices";
    private static final Duration NONE = Duration.ofMillis(20);

    @Test
    void command_changedWithoutAMessage_makesThePictureStaleUntilVerified() {
        started(builder());
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        fake.on("GET", LIST).fail(Fault.http(503));

        assertThat(send(true).result()).isEqualTo(Result.CONFIRMED);
        assertThat(home.freshness().isLive())
                .as("the message may be on its way")
                .isTrue();
        time.advance(Duration.ofMinutes(1));
        awaitState(Freshness.State.STALE);

        assertThat(home.freshness().reason())
                .contains("messages do not arrive: 1 changes came without one")
                .contains("no other program uses the same subscription");
        fake.clearFaults();
        time.advance(Duration.ofSeconds(5));
        awaitLive();
        assertThat(home.counters().resynchronizations()).isOne();
    }

    @Test
    void command_changedWithoutAMessageAgain_isNotSuspectedAgain() {
        started(builder());
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingNothing());
        send(true);
        time.advance(Duration.ofMinutes(1));
        until(() -> home.counters().resynchronizations() == 1);
        long before = calls();

        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofMinutes(10));
            awaitLive();
            assertThat(send(i % 2 != 0).result()).isEqualTo(Result.CONFIRMED);
        }
        time.advance(Duration.ofMinutes(10));
        awaitLive();

        assertThat(calls() - before).as("commands and their statuses").isEqualTo(10);
    }

    @Test
    void command_reportedAfterTheTimeout_raisesNoSuspicion() {
        started(builder());
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().reportingAfter(Duration.ofSeconds(10)));
        assertThat(send(true).result()).isEqualTo(Result.CONFIRMED);

        time.advance(Duration.ofSeconds(10));
        fake.runDue();
        untilChanges(2);
        time.advance(Duration.ofMinutes(5));
        awaitLive();

        assertThat(home.counters().resynchronizations()).isZero();
    }

    @Test
    void resync_findsAChangeWithoutAMessage_makesThePictureStale() {
        started(builder());
        time.advance(Duration.ofHours(1));
        awaitLive();
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);

        home.resync();
        assertThat(home.freshness().isLive()).isTrue();
        time.advance(Duration.ofMinutes(1));
        awaitState(Freshness.State.STALE);

        assertThat(home.freshness().reason()).contains("messages do not arrive: 1 changes came without one");
        time.advance(Duration.ofHours(1));
        awaitLive();
    }

    @Test
    void resync_findsTheValueOfALateReport_raisesNoSuspicion() {
        started(builder());
        time.advance(Duration.ofHours(1));
        awaitLive();
        fake.device(DemoWorld.PLUG).setTemper(Temper.obedient().clockOff(Duration.ofHours(-2)));
        fake.report(DemoWorld.PLUG, "switch_1", true);
        awaitState(Freshness.State.CATCHING_UP);

        home.resync();
        assertThat(home.device(DemoWorld.PLUG).orElseThrow().status().isTrue("switch_1"))
                .isTrue();
        time.advance(Duration.ofMinutes(2));

        awaitLive();
        assertThat(home.counters().resynchronizations()).isOne();
    }

    @Test
    void verification_withoutConnection_expectsNoMessages() {
        try (CapturedLog log = new CapturedLog()) {
            started(builder());
            fake.messages().refuseConnections(503, 1_000_000).dropConnections();
            awaitState(Freshness.State.STALE);
            fake.device(DemoWorld.PLUG).setStatus("switch_1", true);
            time.advance(Duration.ofHours(12));
            until(() -> home.device(DemoWorld.PLUG).orElseThrow().status().isTrue("switch_1"));
            time.advance(Duration.ofMinutes(2));
            fake.messages().refuseConnections(503, 0);
            awaitLive();

            assertThat(log.lines("no message had reported")).isEmpty();
        }
    }

    @Test
    void subscription_heldByAnotherProgram_readsAgainOnceConnected() {
        started(builder());
        time.advance(Duration.ofMinutes(4));
        awaitLive();
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);

        fake.messages().refuseConnections(409, 1).dropConnections();
        untilChanges(2);

        assertThat(changeTexts())
                .containsExactly(
                        "Kitchen plug: switch_1 = true (was false)",
                        "All devices were read again (another program held the subscription): 1 differences");
        awaitLive();
    }

    @Test
    void connection_refused_isTheReason() {
        started(builder());
        fake.messages().refuseConnections(409, 1_000_000).dropConnections();

        until(() -> home.freshness().reason().contains("HTTP 409"));

        assertThat(home.freshness().state()).isEqualTo(Freshness.State.STALE);
    }

    @Test
    void messages_thatHaveWaited_makeThePictureCatchUp() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        started(builder().onChange(change -> {
            entered.countDown();
            release.await();
        }));
        fake.report(DemoWorld.PLUG, "cur_power", 1);
        fake.report(DemoWorld.PLUG, "cur_power", 2);
        entered.await();
        assertThat(home.freshness().isLive()).isTrue();

        time.advance(Duration.ofSeconds(31));
        release.countDown();
        untilChanges(2);
        until(() -> home.freshness().reason().startsWith("messages that were waiting"));

        awaitLive();
    }

    private CommandOutcome send(boolean on) {
        return home.device(DemoWorld.PLUG).orElseThrow().send(NONE, Command.of("switch_1", on));
    }
}

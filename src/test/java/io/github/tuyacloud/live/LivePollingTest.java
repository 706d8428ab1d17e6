package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Quirk;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks a living picture without the message service: polling, its cost, its options and failures at start. */
class LivePollingTest extends LiveFixture {

    @Test
    void interval_elapsed_readsOneList() {
        startPolling();

        for (int i = 1; i <= 12; i++) {
            fake.device(DemoWorld.PLUG).setStatus("cur_power", i);
            time.advance(Duration.ofMinutes(5));
            untilChanges(i);
            assertThat(home.counters().calls()).isEqualTo(1 + i);
        }

        assertThat(changeTexts()).contains("Kitchen plug: cur_power = 12 (was 11)");
        assertThat(fake.requestCount("GET", "/v1.0/iot-01/associated-users/devices"))
                .isEqualTo(13);
        assertThat(fake.messages().handshakes()).isZero();
        assertThat(home.freshness().state()).isEqualTo(Freshness.State.LIVE);
    }

    @Test
    void changes_betweenReads_reachListeners() {
        startPolling();
        fake.addDevice(
                FakeDevice.builder("newplug", DemoWorld.plug()).name("New plug").build());
        fake.removeDevice(DemoWorld.SENSOR);
        fake.device(DemoWorld.LAMP).setOnline(false).setName("Lamp");

        time.advance(Duration.ofMinutes(5));
        untilChanges(4);

        assertThat(changeTexts())
                .containsExactlyInAnyOrder(
                        "New plug: added", "Bedroom sensor: removed", "Lamp: offline", "Desk lamp: renamed to Lamp");
    }

    @Test
    void read_failed_makesThePictureStaleUntilOneSucceeds() {
        startPolling();
        fake.onAny().fail(Fault.http(503));
        time.advance(Duration.ofMinutes(5));
        until(() -> home.freshness().state() == Freshness.State.STALE);
        assertThat(home.freshness().reason()).contains("503");

        fake.clearFaults();
        time.advance(Duration.ofSeconds(10));
        until(() -> home.freshness().isLive());
    }

    @Test
    void filter_throwsAnError_isRetried() {
        AtomicInteger calls = new AtomicInteger();
        try (CapturedLog log = new CapturedLog()) {
            home = builder()
                    .every(Duration.ofMinutes(5))
                    .devices(device -> {
                        if (calls.incrementAndGet() == 1) {
                            throw new StackOverflowError("not really");
                        }
                        return true;
                    })
                    .start();
            until(() -> log.warnings().stream()
                    .anyMatch(line -> line.contains("Reading the devices failed unexpectedly; retrying in 5 s")));
            time.advance(Duration.ofSeconds(5));
            until(() -> home.freshness().isLive());
        }
        assertThat(home.all()).hasSize(5);
    }

    @Test
    void resync_byAListenerOfAReading_isRefusedImmediately() throws Exception {
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        home = started(builder().every(Duration.ofMinutes(5)));
        home.onChange(change -> seen.add(catchThrowable(home::resync)));

        home.resync();

        assertThat(seen).singleElement().satisfies(e -> assertThat(e)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("resync() was called by a listener or filter"));
    }

    @Test
    void interrupt_duringTheResyncOfAnotherThread_endsTheWait() throws Exception {
        home = started(builder().every(Duration.ofMinutes(5)));
        CountDownLatch inListener = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        home.onChange(change -> {
            inListener.countDown();
            release.await();
        });
        BackgroundCall<?> first = BackgroundCall.start(() -> home.resync());
        inListener.await();
        BackgroundCall<?> second = BackgroundCall.start(() -> home.resync());

        second.interrupt();

        assertThat(second.failure())
                .isInstanceOf(TuyaInterruptedException.class)
                .hasMessageContaining("the thread was interrupted while waiting for another read of all devices");
        release.countDown();
        first.result();
    }

    @Test
    void read_duringAnOutage_countsNoCall() {
        startPolling();
        long before = home.counters().calls();
        fake.close();

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(home::resync);

        assertThat(home.counters().calls()).isEqualTo(before);
    }

    @Test
    void read_responseLost_countsTheCall() {
        startPolling();
        long before = home.counters().calls();
        fake.onAny().fail(Fault.http(503));

        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(home::resync);

        assertThat(home.counters().calls()).isEqualTo(before + 1);
    }

    @Test
    void list_empty_isAcceptedOnlyTheSecondTime() {
        startPolling();
        fake.on("GET", "/v1.0/iot-01/associated-users/devices")
                .fail(Fault.result(Map.of("devices", List.of(), "has_more", false)));
        time.advance(Duration.ofMinutes(5));
        until(() -> home.freshness().state() == Freshness.State.STALE);
        assertThat(home.all()).hasSize(5);

        time.advance(Duration.ofSeconds(10));
        until(() -> home.all().isEmpty());
    }

    @Test
    void interval_overTheBudget_isWarnedAbout() {
        try (CapturedLog log = new CapturedLog()) {
            use(client().monthlyBudget(1_000))
                    .live()
                    .every(Duration.ofMinutes(30))
                    .start();
            assertThat(log.warnings())
                    .anyMatch(line ->
                            line.contains("takes at least 1440 calls a month, more than the 1000 of monthlyBudget"));
        }
        try (CapturedLog log = new CapturedLog()) {
            use(client()).live().every(Duration.ofMinutes(1)).start();
            assertThat(log.warnings())
                    .anyMatch(line ->
                            line.contains("takes at least 43200 calls a month, more than the 26000 of a trial plan"));
        }
        try (CapturedLog log = new CapturedLog()) {
            use(client()).live().every(Duration.ofMinutes(5)).start();
            assertThat(log.lines("calls a month")).isEmpty();
        }
    }

    @Test
    void items_withoutStatus_areReadInBatchesOfTwenty() {
        use(fakeBuilder().quirks(Quirk.LISTS_WITHOUT_STATUS));
        fake.seed(1, 3, 45);

        started(builder());

        assertThat(fake.requestCount("GET", "/v1.0/iot-03/devices/status")).isEqualTo(3);
        assertThat(home.device(DemoWorld.PLUG).orElseThrow().status().getBoolean("switch_1"))
                .isFalse();
        assertThat(changes).isEmpty();
    }

    @Test
    void filter_set_limitsThePicture() {
        started(builder().devices(List.of(DemoWorld.PLUG, DemoWorld.LAMP)).devices(device -> !device.sub()));

        assertThat(home.all()).extracting(LiveDevice::id).containsExactly(DemoWorld.PLUG, DemoWorld.LAMP);
        time.advance(Duration.ofMinutes(2));
        long before = home.counters().messages();
        fake.report(DemoWorld.SENSOR, "va_temperature", 200);
        until(() -> home.counters().messages() > before);
        assertThat(home.freshness().isLive())
                .as("no reading for a device that is left out")
                .isTrue();
    }

    @Test
    void includeMap_set_describesValues() {
        started(builder().includeMap(true));

        assertThat(home.device(DemoWorld.PLUG).orElseThrow().value("cur_voltage"))
                .map(LiveValue::text)
                .contains("230.2 V");
        assertThat(home.device(DemoWorld.PLUG).orElseThrow().value("20")).isPresent();
    }

    @Test
    void subscription_refused_endsThePicture() {
        fake.messages().refuseConnections(401, 100);
        home = builder().start();

        assertThatExceptionOfType(TuyaAuthException.class).isThrownBy(() -> home.awaitReady(SOON));
        assertThat(home.freshness().state()).isEqualTo(Freshness.State.ENDED);
        assertThat(home.freshness().reason()).contains("every(interval)");
    }

    @Test
    void awaitReady_listRefused_throws() {
        fake.on("GET", "/v1.0/iot-01/associated-users/devices").fail(Fault.code(28841105, "no permission"));
        home = builder().start();

        assertThatExceptionOfType(TuyaApiException.class).isThrownBy(() -> home.awaitReady(SOON));
        assertThat(home.freshness().state()).isEqualTo(Freshness.State.STALE);
    }

    @Test
    void start_messageServiceUnreachable_startsWithoutIt() {
        fake.messages().refuseConnections(503, 1_000_000);
        home = builder().start();
        time.advance(Duration.ofSeconds(11));

        until(() -> !home.all().isEmpty());
        awaitState(Freshness.State.STALE);
        assertThat(home.freshness().reason()).contains("no connection");
    }

    @Test
    void callsPerDay_set_limitsTheCalls() {
        started(builder().maxCallsPerDay(2).verifyEvery(Duration.ofMinutes(10)));
        for (int i = 1; i <= 2; i++) {
            time.advance(Duration.ofMinutes(10));
            int calls = 1 + i;
            until(() -> home.counters().calls() == calls);
            awaitLive();
        }

        time.advance(Duration.ofMinutes(21));
        awaitState(Freshness.State.STALE);

        assertThat(home.counters().calls()).isEqualTo(3);
        home.resync();
        assertThat(home.counters().calls())
                .as("what the program asks for is not limited")
                .isEqualTo(4);
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.live().every(Duration.ofSeconds(9)));
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.live().every(Duration.ofDays(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.live().verifyEvery(Duration.ofMinutes(9)));
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.live().maxCallsPerDay(0));
    }

    @Test
    void client_closed_endsThePictureAndStartsNoOther() {
        started(builder());

        cloud.close();

        assertThat(home.freshness().state()).isEqualTo(Freshness.State.ENDED);
        assertThatIllegalStateException().isThrownBy(() -> cloud.live().start());
        assertThatIllegalStateException().isThrownBy(() -> home.resync());
    }

    private void startPolling() {
        home = cloud.live().every(Duration.ofMinutes(5)).onChange(changes::add).start();
        until(() -> home.freshness().isLive());
    }
}

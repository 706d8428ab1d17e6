package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Checks a living picture of a fake cloud: start, changes, gaps, verification. */
class LiveDevicesTest extends LiveFixture {

    @Test
    void start_oneAccount_takesATokenAndOneCall() {
        started(builder());

        assertThat(calls()).isEqualTo(2);
        assertThat(sent().stream().filter(line -> !line.contains("/ws/")))
                .containsExactly("GET /v1.0/iot-01/associated-users/devices?size=100");
        assertThat(home.all()).extracting(LiveDevice::id).containsExactlyElementsOf(ids());
        assertThat(home.counters().calls()).isOne();
        assertThat(changes).isEmpty();
    }

    @Test
    void start_twoIdsOfTwoAccounts_takesFiveRequests() {
        use(client().apiDeviceId(DemoWorld.PLUG, DemoWorld.OFFLINE_PLUG));

        started(builder());

        assertThat(calls()).isEqualTo(5);
        assertThat(home.all()).hasSize(5);
        home.resync();
        assertThat(calls()).as("owners are looked up once").isEqualTo(7);
    }

    @Test
    void device_known_isReadFromMemory() {
        started(builder());
        long before = calls();

        LiveDevice plug = home.device(DemoWorld.PLUG).orElseThrow();

        assertThat(plug.status().getBoolean("switch_1")).isEqualTo(false);
        assertThat(plug.online()).isTrue();
        assertThat(home.named("Kitchen plug")).contains(plug);
        assertThat(home.named("No such device")).isEmpty();
        assertThat(home.device("unknown")).isEmpty();
        assertThat(plug.value("switch_1")).map(LiveValue::origin).contains(LiveValue.Origin.READ);
        assertThat(plug.device().key()).isNotNull();
        assertThat(plug.device().status()).isEmpty();
        assertThat(plug).asString().doesNotContain(String.valueOf(plug.device().key()));
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void report_newValue_changesThePictureAndReachesListeners() {
        started(builder());
        LiveDevice plug = home.device(DemoWorld.PLUG).orElseThrow();
        time.advance(Duration.ofSeconds(1));

        fake.report(DemoWorld.PLUG, "switch_1", true);
        untilChanges(1);

        assertThat(changeTexts()).containsExactly("Kitchen plug: switch_1 = true (was false)");
        assertThat(plug.status().getBoolean("switch_1")).isTrue();
        assertThat(plug.value("1")).map(LiveValue::time).contains(time.instant());
    }

    @Test
    void events_ofDevices_renameRemoveAndAdd() {
        started(builder());
        time.advance(Duration.ofSeconds(10));

        fake.device(DemoWorld.LAMP).setName("Reading lamp");
        fake.messages().pushEvent(DemoWorld.LAMP, "nameUpdate", Map.of("name", "Reading lamp"));
        fake.device(DemoWorld.PLUG).setOnline(false);
        fake.messages().pushEvent(DemoWorld.PLUG, "offline", Map.of());
        fake.removeDevice(DemoWorld.SENSOR);
        fake.messages().pushEvent(DemoWorld.SENSOR, "delete", Map.of());
        untilChanges(3);

        assertThat(changeTexts())
                .containsExactly(
                        "Desk lamp: renamed to Reading lamp", "Kitchen plug: offline", "Bedroom sensor: removed");
        assertThat(home.device(DemoWorld.SENSOR)).isEmpty();
        assertThat(home.named("Reading lamp")).isPresent();
    }

    @Test
    void event_ofANewDevice_readsTheListOnce() {
        started(builder());
        long before = calls();
        fake.addDevice(
                FakeDevice.builder("newplug", DemoWorld.plug()).name("New plug").build());

        fake.messages().pushEvent("newplug", "bindUser", Map.of());
        until(() -> home.freshness().state() == Freshness.State.CATCHING_UP);
        time.advance(Duration.ofMinutes(1));
        untilChanges(2);

        assertThat(changeTexts().get(0)).isEqualTo("New plug: added");
        assertThat(changes.get(1)).isInstanceOf(LiveChange.Resynchronized.class);
        assertThat(home.device("newplug")).isPresent();
        awaitLive();
        assertThat(calls() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void report_ofAnUnlistedDevice_readsTheListOnceAnHour() {
        started(builder());
        time.advance(Duration.ofMinutes(2));

        for (int minute = 0; minute < 59; minute++) {
            fake.messages().push("shared-device", "switch_1", true);
            untilMessages(minute + 1);
            time.advance(Duration.ofMinutes(1));
            awaitLive();
        }

        assertThat(home.counters().unlistedDevices()).isOne();
        assertThat(home.counters().calls()).isEqualTo(2);
    }

    @Test
    void gap_beyondRetention_readsAllAndEmitsTheDifferences() {
        started(builder());
        time.advance(Duration.ofMinutes(111));
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);

        fake.messages().dropConnections();
        untilChanges(2);

        assertThat(changeTexts().get(0)).isEqualTo("Kitchen plug: switch_1 = true (was false)");
        assertThat(changeTexts().get(1))
                .contains("read again (nothing arrived from the message service for 1 h 51 min");
        awaitLive();
        assertThat(home.counters().calls()).isEqualTo(2);
    }

    @Test
    void reconnect_afterAShortGap_readsNothing() {
        started(builder());
        for (int i = 1; i <= 5; i++) {
            time.advance(Duration.ofMinutes(30));
            fake.messages().dropConnections();
            int times = i;
            until(() -> fake.messages().handshakes() == times + 1);
            awaitLive();
        }
        assertThat(home.counters().calls()).isOne();
    }

    @Test
    void day_withFiveReconnects_takesAtMostTenRequests() {
        started(builder());

        for (int hour = 1; hour <= 24; hour++) {
            long before = home.counters().messages();
            time.advance(Duration.ofHours(1));
            fake.report(DemoWorld.PLUG, "cur_power", hour);
            untilMessages(before + 1);
            int verifications = hour / 12;
            until(() -> home.counters().calls() == 1 + verifications);
            if (hour % 5 == 0 || hour == 23) {
                long handshakes = fake.messages().handshakes();
                fake.messages().dropConnections();
                until(() -> fake.messages().handshakes() > handshakes);
            }
            awaitLive();
        }

        until(() -> home.counters().resynchronizations() == 2);
        assertThat(calls()).isLessThanOrEqualTo(10);
    }

    @Test
    void verification_findsAMissedChange_makesThePictureStale() {
        started(builder());
        time.advance(Duration.ofHours(6));
        fake.device(DemoWorld.PLUG).setStatus("switch_1", true);
        time.advance(Duration.ofHours(6));
        until(() -> changes.size() == 2);
        assertThat(home.device(DemoWorld.PLUG).orElseThrow().status().getBoolean("switch_1"))
                .isTrue();

        until(() -> {
            pass(Duration.ofSeconds(2));
            return home.freshness().state() == Freshness.State.STALE;
        });

        assertThat(home.freshness().reason()).contains("messages do not arrive").contains("messaging rule");
        time.advance(Duration.ofHours(1));
        awaitLive();
    }

    @Test
    void report_late_changesNothingUntilVerified() {
        started(builder());
        LiveDevice plug = home.device(DemoWorld.PLUG).orElseThrow();
        long old = time.instant().minusSeconds(60).toEpochMilli();

        fake.messages()
                .push(FakeMessage.of(
                        4,
                        Map.of(
                                "devId",
                                DemoWorld.PLUG,
                                "status",
                                List.of(Map.of("code", "switch_1", "value", true, "t", old)))));
        untilMessages(1);

        assertThat(plug.status().getBoolean("switch_1")).isFalse();
        assertThat(home.freshness().state()).isEqualTo(Freshness.State.CATCHING_UP);
        assertThat(home.counters().lateReports()).isOne();
        time.advance(Duration.ofSeconds(30));
        awaitLive();
        assertThat(plug.status().getBoolean("switch_1")).isFalse();
        assertThat(sent().stream().filter(line -> line.contains("/devices/status")))
                .containsExactly("GET /v1.0/iot-03/devices/status?device_ids=" + DemoWorld.PLUG);
    }

    @Test
    void listener_throwing_receivesTheSameChangeAgain() {
        List<String> bad = new CopyOnWriteArrayList<>();
        started(builder().onChange(change -> {
            bad.add(change.messageId() + " " + change);
            if (bad.size() < 3) {
                throw new IllegalStateException("the webhook is down");
            }
        }));
        time.advance(Duration.ofSeconds(1));

        fake.report(DemoWorld.PLUG, "switch_1", true);
        until(() -> bad.size() == 3);

        assertThat(bad).hasSize(3).containsOnly(bad.get(0));
        assertThat(bad.get(0)).endsWith("(was false)");
        assertThat(changes).hasSize(1);
        until(() -> fake.messages().unacknowledged() == 0);
    }

    @Test
    void message_queuedBeforeTheStart_isAppliedAfterIt() {
        fake.messages().push(DemoWorld.PLUG, "cur_power", 0);
        fake.on("GET", "/v1.0/iot-01/associated-users/devices").fail(Fault.delay(Duration.ofMillis(300)));
        home = builder().start();
        assertThat(home.freshness().state()).isEqualTo(Freshness.State.CATCHING_UP);

        until(() -> fake.messages().unacknowledged() == 0);
        assertThat(home.all()).hasSize(5);
    }

    @Test
    void close_running_endsTheSubscriptionAndThePicture() {
        started(builder());

        home.close();

        assertThat(home.freshness().state()).isEqualTo(Freshness.State.ENDED);
        until(() -> fake.messages().connections() == 0);
        assertThat(home.device(DemoWorld.PLUG)).isPresent();
    }

    private void untilMessages(long count) {
        until(() -> home.counters().messages() >= count);
    }

    private List<String> ids() {
        return fake.devices().stream().map(FakeDevice::id).toList();
    }
}

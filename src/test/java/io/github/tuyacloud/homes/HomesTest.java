package io.github.tuyacloud.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.Homes;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.Room;
import io.github.tuyacloud.model.Scene;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks homes, rooms and scenes, with the exact requests. */
class HomesTest extends FakeCloudTest {

    private static final String ID = Long.toString(DemoWorld.HOME);
    private static final String HOME = "/v1.0/homes/" + ID;

    @Test
    void ofUser_oneHome_isListed() {
        List<Home> homes = cloud.homes().ofUser(DemoWorld.ALICE);

        assertThat(sent()).containsExactly("GET /v1.0/users/" + DemoWorld.ALICE + "/homes");
        assertThat(homes)
                .containsExactly(new Home(ID, "Alice's home", "Demo Street 1", "49.131", "16.8096", "OWNER", Map.of()));
    }

    @Test
    void ofUser_idLongerThanALong_isKept() {
        fake.on("GET", "/v1.0/users/{uid}/homes")
                .fail(Fault.result(
                        List.of(Map.of("home_id", new java.math.BigInteger("99999999999999999999"), "x", 1))));

        Home home = cloud.homes().ofUser(DemoWorld.ALICE).get(0);

        assertThat(home.id()).isEqualTo("99999999999999999999");
        assertThat(home.extra()).isEqualTo(Map.of("x", 1L));
    }

    @Test
    void rooms_ofAHome_areListed() {
        assertThat(cloud.homes().rooms(ID))
                .containsExactly(
                        new Room("7000", "Kitchen", Map.of()),
                        new Room(Long.toString(DemoWorld.BEDROOM), "Bedroom", Map.of()));
        assertThat(sent()).containsExactly("GET " + HOME + "/rooms");
    }

    @Test
    void rooms_bareList_isRead() {
        fake.on("GET", "/v1.0/homes/{id}/rooms").fail(Fault.result(List.of(Map.of("room_id", 1, "name", "Hall"))));

        assertThat(cloud.homes().rooms(ID)).extracting(Room::name).containsExactly("Hall");
    }

    @Test
    void devices_ofHomeAndRoom_areListed() {
        assertThat(cloud.homes().devices(ID))
                .extracting(Device::id)
                .containsExactlyInAnyOrder(DemoWorld.PLUG, DemoWorld.LAMP, DemoWorld.GATEWAY, DemoWorld.SENSOR);
        assertThat(cloud.homes().devices(ID, Long.toString(DemoWorld.BEDROOM)))
                .extracting(Device::id)
                .containsExactly(DemoWorld.LAMP, DemoWorld.SENSOR);
        assertThat(sent())
                .containsExactly(
                        "GET " + HOME + "/devices", "GET " + HOME + "/rooms/" + DemoWorld.BEDROOM + "/devices");
    }

    @Test
    void trigger_listedScene_isCarriedOut() {
        Scene scene = cloud.homes().scenes(ID).get(0);

        assertThat(scene.id()).isEqualTo(DemoWorld.EVENING_SCENE);
        assertThat(scene.name()).isEqualTo("Evening");
        assertThat(scene.enabled()).isTrue();
        assertThat(scene.status()).isEqualTo("1");
        assertThat(scene.actions()).hasSize(2);
        assertThat(scene.actions().get(0).entityId()).isEqualTo(DemoWorld.LAMP);
        assertThat(scene.actions().get(0).executor()).isEqualTo("dpIssue");
        assertThat(scene.actions().get(0).properties()).isEqualTo(Map.of("switch_led", true));

        assertThat(cloud.homes().trigger(ID, scene.id())).isTrue();

        assertThat(fake.device(DemoWorld.LAMP).status("switch_led")).isEqualTo(true);
        assertThat(sent())
                .containsExactly(
                        "GET " + HOME + "/scenes", "POST " + HOME + "/scenes/" + DemoWorld.EVENING_SCENE + "/trigger");
    }

    @Test
    void trigger_responseLost_isNotRetried() {
        fake.on("POST", "/v1.0/homes/{id}/scenes/{scene}/trigger").fail(Fault.loseResponse());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.homes().trigger(ID, DemoWorld.EVENING_SCENE))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(TuyaTransportException.Sent.MAYBE));

        assertThat(fake.commands(DemoWorld.LAMP)).hasSize(1);
    }

    @Test
    void call_refused_carriesTheCode() {
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.homes().devices(ID, "1"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2502));
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.homes().trigger(ID, "nothing"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(2503));
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.homes().ofUser("unknown"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1106));
    }

    @Test
    void responses_ofTheWrongShape_areUnusable() {
        for (Object result :
                Arrays.asList(null, "x", 1, Map.of("rooms", 1), List.of(1), List.of(Map.of("name", "no id")))) {
            fake.clearFaults().onAny().exceptToken().fail(Fault.result(result));
            Homes homes = cloud.homes();

            for (Runnable call : List.<Runnable>of(
                    () -> homes.ofUser(DemoWorld.ALICE),
                    () -> homes.rooms(ID),
                    () -> homes.devices(ID),
                    () -> homes.devices(ID, "1"),
                    () -> homes.scenes(ID))) {
                assertThatExceptionOfType(TuyaTransportException.class)
                        .as("%s", result)
                        .isThrownBy(call::run);
            }
        }
        fake.clearFaults().onAny().exceptToken().fail(Fault.result(Map.of()));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.homes().trigger(ID, DemoWorld.EVENING_SCENE));
    }

    @Test
    void rooms_listMissingOrNull_isEmpty() {
        for (Object result : List.of(Map.of("home_id", 1), Collections.singletonMap("rooms", null))) {
            fake.clearFaults().on("GET", "/v1.0/homes/{id}/rooms").fail(Fault.result(result));

            assertThat(cloud.homes().rooms(ID)).as("%s", result).isEmpty();
        }
    }

    @Test
    void ids_thatWouldChangeThePath_areRefused() {
        Homes homes = cloud.homes();
        for (String id : List.of("", "a/b", "..", "a?b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> homes.ofUser(id));
            assertThatIllegalArgumentException().isThrownBy(() -> homes.rooms(id));
            assertThatIllegalArgumentException().isThrownBy(() -> homes.devices(ID, id));
            assertThatIllegalArgumentException().isThrownBy(() -> homes.scenes(id));
            assertThatIllegalArgumentException().isThrownBy(() -> homes.trigger(ID, id));
        }
        assertThat(fake.requestCount()).isZero();
    }
}

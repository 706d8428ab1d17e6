package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks listing the devices of the owners of the devices in apiDeviceId. */
class GetDevicesOfOwnersTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final String LAMP = DemoWorld.LAMP;
    private static final String BOBS = DemoWorld.OFFLINE_PLUG;
    private static final String ALICES_LIST = "GET /v1.0/users/" + DemoWorld.ALICE + "/devices";
    private static final String BOBS_LIST = "GET /v1.0/users/" + DemoWorld.BOB + "/devices";

    @Test
    void getDevices_oneDevice_listsItsOwnersDevices() {
        use(client().apiDeviceId(PLUG));

        List<Device> devices = cloud.getDevices();

        assertThat(sent())
                .containsExactly(
                        "GET /v1.0/devices/" + PLUG,
                        ALICES_LIST,
                        "GET /v1.0/devices/factory-infos?device_ids=" + PLUG + "," + LAMP + "," + DemoWorld.GATEWAY
                                + "," + DemoWorld.SENSOR);
        assertThat(devices)
                .extracting(Device::name)
                .containsExactly("Kitchen plug", "Desk lamp", "Gateway", "Bedroom sensor");
        assertThat(devices).extracting(Device::uid).containsOnly(DemoWorld.ALICE);
    }

    @Test
    void getDevices_commaListWithDuplicatesAndBlanks_requestsEachDeviceAndOwnerOnce() {
        use(client().apiDeviceId(" " + PLUG + ", ," + LAMP + "," + PLUG + " ", BOBS, ""));

        List<Device> devices = cloud.getDevices();

        assertThat(sent())
                .filteredOn(line -> !line.contains("factory-infos"))
                .containsExactlyInAnyOrder(
                        "GET /v1.0/devices/" + PLUG,
                        "GET /v1.0/devices/" + LAMP,
                        "GET /v1.0/devices/" + BOBS,
                        ALICES_LIST,
                        BOBS_LIST);
        assertThat(devices)
                .extracting(Device::id)
                .containsExactly(PLUG, LAMP, DemoWorld.GATEWAY, DemoWorld.SENSOR, BOBS);
    }

    @Test
    void getDevices_again_remembersTheOwners() {
        use(client().apiDeviceId(PLUG));
        cloud.getDevices();
        fake.clearRequests();

        cloud.getDevices();

        assertThat(sent().get(0)).isEqualTo(ALICES_LIST);
        assertThat(sent()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void getDevices_blankApiDeviceId_listsAllLinkedAccounts(String blank) {
        use(client().apiDeviceId(blank));

        assertThat(cloud.getDevices()).hasSize(5);

        assertThat(sent().get(0)).isEqualTo("GET /v1.0/iot-01/associated-users/devices?size=100");
    }

    @Test
    void getDevices_foreignDevice_throws() {
        use(client().apiDeviceId(PLUG, "bfforeign"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(cloud::getDevices)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(1106);
                    assertThat(e.operation()).isEqualTo("GET /v1.0/devices/{id}");
                });
    }

    @Test
    void getDevices_noOwner_advisesToCheckApiDeviceId() {
        use(client().apiDeviceId(PLUG));
        fake.on("GET", "/v1.0/devices/{id}").fail(Fault.result(Map.of("id", PLUG)));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(cloud::getDevices)
                .withMessageContaining("Check apiDeviceID");
    }

    @Test
    void getDevices_apiDeviceIdRefused_hintNamesIt() {
        use(client().apiDeviceId("bfunknowndevice00000"));

        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.getDevices())
                .satisfies(e -> assertThat(e.hint())
                        .startsWith("This call looked up the owner of apiDeviceID: remove apiDeviceID")
                        .contains("Link the app account"));
    }

    @Test
    void getDevices_ownersListOfAnotherType_isUnusable() {
        use(client().apiDeviceId(PLUG));
        fake.on("GET", "/v1.0/users/{uid}/devices").fail(Fault.result(Map.of("total", 0)));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(cloud::getDevices)
                .withMessageContaining("the result is not a list");
    }
}

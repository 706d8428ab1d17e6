package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.Devices;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks batch statuses, details, sub-devices, shared devices and the two writes, with the exact requests. */
class DevicesFacadeTest extends FakeCloudTest {

    private static final String STATUSES = "/v1.0/iot-03/devices/status";

    @Test
    void statuses_ofTwo_sendsOneRequest() {
        Map<String, DeviceStatus> statuses = cloud.devices().statuses(List.of(DemoWorld.SENSOR, DemoWorld.PLUG));

        assertThat(sent())
                .containsExactly("GET " + STATUSES + "?device_ids=" + DemoWorld.SENSOR + "," + DemoWorld.PLUG);
        assertThat(statuses.keySet()).containsExactly(DemoWorld.SENSOR, DemoWorld.PLUG);
        assertThat(statuses.get(DemoWorld.PLUG)).isEqualTo(cloud.getStatus(DemoWorld.PLUG));
        assertThat(statuses.get(DemoWorld.SENSOR).getLong("va_temperature")).isEqualTo(215);
    }

    @Test
    void statuses_many_areReadInOrderInBatchesOf20() {
        List<String> ids = plugs(45);
        Collections.reverse(ids);
        List<String> asked = new ArrayList<>(ids);
        asked.addAll(ids.subList(0, 10));

        Map<String, DeviceStatus> statuses = cloud.devices().statuses(asked);

        assertThat(statuses.keySet()).containsExactlyElementsOf(ids);
        assertThat(fake.requests().stream().filter(request -> request.template().equals(STATUSES)))
                .extracting(request -> request.query().get("device_ids").split(",").length)
                .containsExactlyInAnyOrder(20, 20, 5);
    }

    @Test
    void statuses_batches_areConcurrent() {
        List<String> ids = plugs(60);
        cloud.getStatus(ids.get(0));
        fake.on("GET", STATUSES).fail(Fault.delay(Duration.ofMillis(400)));
        long start = System.nanoTime();

        cloud.devices().statuses(ids);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_100));
    }

    @Test
    void statuses_emptyCollection_sendsNothing() {
        assertThat(cloud.devices().statuses(List.of())).isEmpty();
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void statuses_malformedId_sendsNothing() {
        List<String> ids = plugs(30);
        for (String bad : List.of("a,b", "", " ", "a/b", "..")) {
            List<String> withBad = new ArrayList<>(ids);
            withBad.add(bad);

            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> cloud.devices()
                    .statuses(withBad));
        }
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void statuses_oneForbidden_isRefused() {
        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.devices().statuses(List.of(DemoWorld.PLUG, "bfunknown")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1106));
    }

    @Test
    void statuses_deviceLeftOut_isNotInTheMap() {
        fake.on("GET", STATUSES)
                .fail(Fault.result(List.of(
                        Map.of("id", "bfnotasked", "status", List.of()),
                        Map.of("id", DemoWorld.PLUG, "status", List.of()))));

        Map<String, DeviceStatus> statuses = cloud.devices().statuses(List.of(DemoWorld.LAMP, DemoWorld.PLUG));

        assertThat(statuses).containsOnlyKeys(DemoWorld.PLUG);
        assertThat(statuses.get(DemoWorld.PLUG).dataPoints()).isEmpty();
    }

    @Test
    void statuses_wrongShapes_areUnusable() {
        for (Object result : Arrays.asList(
                null,
                Map.of(),
                List.of("x"),
                List.of(Map.of("status", List.of())),
                List.of(Map.of("id", "bf1", "status", List.of("x"))))) {
            fake.clearFaults().on("GET", STATUSES).fail(Fault.result(result));

            assertThatExceptionOfType(TuyaTransportException.class)
                    .as("%s", result)
                    .isThrownBy(() -> cloud.devices().statuses(List.of(DemoWorld.PLUG)));
        }
    }

    @Test
    void statuses_deviceWithoutStatus_hasAnEmptyOne() {
        fake.on("GET", STATUSES).fail(Fault.result(List.of(Map.of("id", DemoWorld.PLUG))));

        assertThat(cloud.devices().statuses(List.of(DemoWorld.PLUG)))
                .isEqualTo(Map.of(DemoWorld.PLUG, new DeviceStatus(List.of())));
    }

    @Test
    void device_known_hasAllMembers() {
        Device plug = cloud.devices().device(DemoWorld.PLUG);

        assertThat(sent()).containsExactly("GET /v1.0/devices/" + DemoWorld.PLUG);
        assertThat(plug.name()).isEqualTo("Kitchen plug");
        assertThat(plug.uid()).isEqualTo(DemoWorld.ALICE);
        assertThat(plug.ownerId()).isEqualTo(Long.toString(DemoWorld.HOME));
        assertThat(plug.key()).isEqualTo(fake.device(DemoWorld.PLUG).localKey());
        assertThat(plug.status()).isNotEmpty();
    }

    @Test
    void subDevices_ofGateway_areListed() {
        List<Device> children = cloud.devices().subDevices(DemoWorld.GATEWAY);

        assertThat(sent()).containsExactly("GET /v1.0/devices/" + DemoWorld.GATEWAY + "/sub-devices");
        assertThat(children).extracting(Device::id).containsExactly(DemoWorld.SENSOR);
        assertThat(children.get(0).nodeId()).isNotBlank();
        assertThat(cloud.devices().subDevices(DemoWorld.PLUG)).isEmpty();
    }

    @Test
    void sharedWith_anyUser_requestsOnlySharedDevices() {
        fake.on("GET", "/v1.0/users/{uid}/devices")
                .fail(Fault.result(List.of(Map.of("id", "bfshared", "name", "Neighbor's plug"))));

        List<Device> devices = cloud.devices().sharedWith(DemoWorld.ALICE);

        assertThat(sent()).containsExactly("GET /v1.0/users/" + DemoWorld.ALICE + "/devices?from=sharing");
        assertThat(devices).extracting(Device::name).containsExactly("Neighbor's plug");
    }

    @Test
    void sharedWith_nothingShared_isEmpty() {
        assertThat(cloud.devices().sharedWith(DemoWorld.BOB)).isEmpty();
    }

    @Test
    void reads_wrongShapes_areUnusable() {
        fake.onAny().exceptToken().fail(Fault.result("x"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().device(DemoWorld.PLUG));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().subDevices(DemoWorld.PLUG));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().rename(DemoWorld.PLUG, "a"));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().delete(DemoWorld.PLUG));
    }

    @Test
    void rename_anyName_sendsPut() {
        assertThat(cloud.devices().rename(DemoWorld.PLUG, "Küche \"2\"")).isTrue();

        assertThat(sent()).containsExactly("PUT /v1.0/devices/" + DemoWorld.PLUG + " {\"name\":\"Küche \\\"2\\\"\"}");
        assertThat(fake.device(DemoWorld.PLUG).name()).isEqualTo("Küche \"2\"");
    }

    @Test
    void rename_blankName_isRefusedLocally() {
        assertThatIllegalArgumentException().isThrownBy(() -> cloud.devices().rename(DemoWorld.PLUG, " "));
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void delete_anyDevice_sendsDeleteWithoutBody() {
        assertThat(cloud.devices().delete(DemoWorld.PLUG)).isTrue();

        assertThat(sent()).containsExactly("DELETE /v1.0/devices/" + DemoWorld.PLUG);
        assertThat(fake.devices()).extracting(FakeDevice::id).doesNotContain(DemoWorld.PLUG);
    }

    @Test
    void writes_responseLost_areNotRetried() {
        fake.onAny().exceptToken().fail(Fault.loseResponse());

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().rename(DemoWorld.PLUG, "new"));
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.devices().delete(DemoWorld.PLUG))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(TuyaTransportException.Sent.MAYBE));

        assertThat(fake.requests().stream().map(FakeRequest::method).filter(method -> !method.equals("GET")))
                .containsExactly("PUT", "DELETE");
    }

    @Test
    void ids_thatWouldChangeThePath_areRefused() {
        Devices devices = cloud.devices();
        for (String id : List.of("", "a/b", "..", "a?b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> devices.device(id));
            assertThatIllegalArgumentException().isThrownBy(() -> devices.subDevices(id));
            assertThatIllegalArgumentException().isThrownBy(() -> devices.rename(id, "name"));
            assertThatIllegalArgumentException().isThrownBy(() -> devices.delete(id));
        }
        assertThat(fake.requestCount()).isZero();
    }

    private List<String> plugs(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "bfplug" + (1000 + i);
            fake.addDevice(FakeDevice.builder(id, DemoWorld.plug()).build());
            ids.add(id);
        }
        return ids;
    }
}

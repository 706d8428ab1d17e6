package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.model.Room;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.ScriptedCloud;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a list is found whether it is the result or inside it, and under either of its names. */
class ResponseFormsTest {

    private static final String PUMP = "{\"id\":\"bf0pump\",\"uid\":\"eu0\",\"name\":\"Pump\"}";
    private static final String KEYS = "{\"id\":\"bf0pump\",\"local_key\":\"k\",\"gateway_id\":\"bf0gate\"}";
    private static final String ENTRY = "{\"code\":\"flow\",\"event_time\":1700000000000,\"event_id\":7,";

    private final ScriptedCloud scripted = new ScriptedCloud();

    @AfterEach
    void close() {
        scripted.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"devices\":[%s]}", "{\"list\":[%s]}", "[null,%s]"})
    void getDevices_listInAnyForm_isRead(String form) {
        scripted.response("/v1.0/iot-01/associated-users/devices", result(form.formatted(PUMP)))
                .response("/v1.3/iot-03/devices", result(form.formatted(KEYS)))
                .response("/v1.0/devices/factory-infos", result("[]"));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThat(cloud.getDevices())
                    .singleElement()
                    .returns("Pump", Device::name)
                    .returns("k", Device::key)
                    .returns("bf0gate", Device::gatewayId);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"devices\":[%s]}", "{\"list\":[%s],\"total\":1}", "[%s,{\"name\":\"no id\"}]"})
    void devicesOfUsersHomesAndGateways_listInAnyForm_areRead(String form) {
        scripted.response("/v1.0/devices/factory-infos", result("[]"))
                .response("/v1.0/devices/bf0pump/sub-devices", result(form.formatted(PUMP)))
                .response("/v1.0/devices/bf0pump", result(PUMP))
                .response("/v1.0/users/eu0/devices", result(form.formatted(PUMP)))
                .response("/v1.0/homes/", result(form.formatted(PUMP)));

        try (TuyaCloud cloud = scripted.client().apiDeviceId("bf0pump").build()) {
            for (List<Device> devices : List.of(
                    cloud.getDevices(),
                    cloud.devices().sharedWith("eu0"),
                    cloud.devices().subDevices("bf0pump"),
                    cloud.homes().devices("1"),
                    cloud.homes().devices("1", "2"))) {
                assertThat(devices).extracting(Device::id).containsExactly("bf0pump");
            }
        }
    }

    @Test
    void getStatus_listInsideAnObject_isRead() {
        scripted.response(
                "/v1.0/iot-03/devices/bf0pump/status",
                result("{\"id\":\"bf0pump\",\"status\":[{\"code\":\"flow\",\"value\":3},null]}"));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThat(cloud.getStatus("bf0pump").getLong("flow")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"list\":[%s]}", "{\"homes\":[%s],\"scenes\":[%s],\"rooms\":[%s]}", "[\"x\",%s]"})
    void homesRoomsScenes_oneItemUnusable_othersAreListed(String form) {
        String home = "{\"home_id\":7,\"name\":\"Barn\"},{\"name\":\"no id\"}";
        String scene = "{\"scene_id\":\"s1\",\"actions\":[\"x\",{\"entity_id\":\"bf0pump\"}]},{\"name\":\"no id\"}";
        String room = "{\"room_id\":5},{\"room_id\":\"\"}";
        scripted.response("/v1.0/users/eu0/homes", result(form.formatted(home, home, home)))
                .response("/v1.0/homes/7/scenes", result(form.formatted(scene, scene, scene)))
                .response(
                        "/v1.0/homes/7/rooms",
                        result(form.startsWith("{\"list") ? "[" + room + "]" : form.formatted(room, room, room)));

        try (TuyaCloud cloud = scripted.client().build();
                CapturedLog log = new CapturedLog()) {
            assertThat(cloud.homes().ofUser("eu0")).extracting(Home::id).containsExactly("7");
            assertThat(cloud.homes().scenes("7")).singleElement().satisfies(only -> assertThat(only.actions())
                    .hasSize(1));
            assertThat(cloud.homes().rooms("7")).extracting(Room::id).containsExactly("5");
            assertThat(log.warnings()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .contains("remaining: 1"));
        }
    }

    @Test
    void homes_noItemUsable_isNotAnEmptyList() {
        scripted.response("/v1.0/users/eu0/homes", result("[{\"name\":\"no id\"}]"))
                .response("/v1.0/homes/7/rooms", result("[\"x\"]"));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.homes().ofUser("eu0"))
                    .withMessageContaining("\"home_id\" is missing");
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.homes().rooms("7"))
                    .withMessageContaining("a list has an item that is not an object");
        }
    }

    @Test
    void statusAndSpecification_itemThatIsNotAnObject_isSkipped() {
        scripted.response("/v1.0/iot-03/devices/bf0pump/status", result("[\"x\",{\"code\":\"flow\",\"value\":3},7]"))
                .response(
                        "/v1.1/devices/bf0pump/specifications",
                        result(
                                "{\"status\":[\"flow\",{\"code\":\"flow\",\"dp_id\":1,\"type\":\"Integer\",\"values\":\"{}\"}]}"));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThat(cloud.getStatus("bf0pump").dataPoints()).hasSize(1);
            assertThat(cloud.getMapping("p", "bf0pump").orElseThrow().dps()).containsOnlyKeys("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"%s\"}", "{\"model\":%s}", "%s"})
    void thingModel_textOrObjectOrResultItself_isRead(String form) {
        String model = "{\"modelId\":\"m1\",\"services\":[{\"properties\":[{\"abilityId\":4,\"code\":\"flow\"}]}]}";
        scripted.response(
                "/v2.0/cloud/thing/bf0pump/model",
                result(form.formatted(form.contains("\"%s\"") ? model.replace("\"", "\\\"") : model)));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThat(cloud.things()
                            .model("bf0pump")
                            .find("flow")
                            .orElseThrow()
                            .dpId())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"devices\":null}", "{\"devices\":{}}", "\"none\"", "true"})
    void listOfDevices_noList_isNotAnEmptyOne(String result) {
        scripted.response("/v1.0/users/eu0/devices", result(result));

        try (TuyaCloud cloud = scripted.client().build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.devices().sharedWith("eu0"))
                    .withMessageContaining("the result is not a list");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"logs\":[%s]}",
                "{\"list\":[%s],\"has_more\":false}",
                "{\"logs\":null,\"list\":[%s]}",
                "{\"logs\":[null,%s]}"
            })
    void getDeviceLog_eitherNameOfListAndValue_isRead(String form) {
        for (String value :
                List.of("\"value\":\"3\"}", "\"event_value\":\"3\"}", "\"value\":null,\"event_value\":3}")) {
            scripted.response("/v1.0/devices/bf0pump/logs", result(form.formatted(ENTRY + value)));

            try (TuyaCloud cloud = scripted.client().build();
                    Stream<LogEntry> stream = cloud.streamDeviceLog(
                            "bf0pump", DeviceLogQuery.builder().build())) {
                DeviceLog log = cloud.getDeviceLog("bf0pump");
                assertThat(log.hasNext()).isFalse();
                assertThat(log.logs()).singleElement().returns("3", LogEntry::value);
                assertThat(stream.toList()).isEqualTo(log.logs());
            }
        }
    }

    @Test
    void getDeviceLog_hasMoreUnderTheOtherName_isReportedWithoutAnotherPage() {
        scripted.response(
                "/v1.0/devices/bf0pump/logs",
                result("{\"list\":[" + ENTRY + "\"value\":\"3\"}],\"has_more\":true,\"last_row_key\":\"r1\"}"));

        try (TuyaCloud cloud = scripted.client().build()) {
            DeviceLog log = cloud.getDeviceLog("bf0pump");

            assertThat(log.hasNext()).isTrue();
            assertThat(log.nextRowKey()).isNull();
            assertThat(log.fetches()).isEqualTo(1);
            assertThat(log.extra()).containsEntry("last_row_key", "r1");
        }
    }

    private static String result(String json) {
        return "{\"result\":" + json + ",\"success\":true,\"t\":1700000000000}";
    }
}

package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageHeader;
import io.github.tuyacloud.messages.PropertyMessage;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.messages.UnknownMessage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which message type each JSON from the cloud becomes. */
class MessageTypesTest {

    @Test
    void typed_protocol4_isAStatusReport() throws Exception {
        LiveMessage message = typed(4, """
                {"dataId":"d1","devId":"bf1","productKey":"pk1","status":[
                 {"code":"switch_led","t":1588925778000,"value":true,"20":"true"},
                 {"code":"temp","t":"1588925778","value":2.50,"new":1},
                 {"t":1588925778000,"101":"on"}]}""");

        assertThat(message).isInstanceOfSatisfying(StatusReport.class, report -> {
            assertThat(report.deviceId()).isEqualTo("bf1");
            assertThat(report.productKey()).isEqualTo("pk1");
            assertThat(report.dataId()).isEqualTo("d1");
            Instant time = Instant.ofEpochSecond(1588925778);
            assertThat(report.dataPoints())
                    .containsExactly(
                            new DataPointChange("switch_led", 20, true, time, Map.of()),
                            new DataPointChange(
                                    "temp", null, new java.math.BigDecimal("2.50"), time, Map.of("new", 1L)),
                            new DataPointChange(null, 101, "on", time, Map.of()));
            assertThat(report.payload()).containsKey("status");
            assertThat(report.toString() + report.dataPoints())
                    .doesNotContain("true")
                    .contains("bf1", "switch_led");
        });
    }

    @Test
    void typed_statusItemWithoutCode_hasItsDpId() throws Exception {
        LiveMessage message = typed(4, """
                {"devId":"bf1","status":[{"dpId":101,"t":1588925778000,"value":7},{"dpId":"9","t":1588925778000,"value":"c"}]}""");

        Instant time = Instant.ofEpochSecond(1588925778);
        assertThat(message).isInstanceOfSatisfying(StatusReport.class, report -> assertThat(report.dataPoints())
                .containsExactly(
                        new DataPointChange(null, 101, 7L, time, Map.of()),
                        new DataPointChange(null, 9, "c", time, Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"devicePropertyMessage", "deviceQueryPropertyMessage"})
    void typed_propertiesOfTheNewerSet_arePropertyMessages(String bizCode) throws Exception {
        LiveMessage message = typed(1000, """
                {"bizCode":"%s","bizData":{"dataId":"d2","devId":"bf1","productId":"pk1","properties":[
                 {"code":"switch_led","dpId":20,"time":1588925778000,"value":{"h":1}}]},"ts":1588925778001}""".formatted(bizCode));

        assertThat(message).isInstanceOfSatisfying(PropertyMessage.class, properties -> {
            assertThat(properties.bizCode()).isEqualTo(bizCode);
            assertThat(properties.deviceId()).isEqualTo("bf1");
            assertThat(properties.productKey()).isEqualTo("pk1");
            assertThat(properties.dataId()).isEqualTo("d2");
            assertThat(properties.dataPoints())
                    .containsExactly(new DataPointChange(
                            "switch_led", 20, Map.of("h", 1L), Instant.ofEpochMilli(1588925778000L), Map.of()));
            assertThat(properties.payload()).containsEntry("ts", 1588925778001L);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "20, online, ONLINE",
        "20, offline, OFFLINE",
        "20, nameUpdate, NAME_UPDATE",
        "20, dpNameUpdate, DATA_POINT_NAME_UPDATE",
        "20, bindUser, BIND_USER",
        "20, delete, DELETE",
        "20, upgradeStatus, UPGRADE_STATUS",
        "20, upgradeProcess, UPGRADE_STATUS",
        "20, somethingNew, OTHER",
        "1000, deviceEventMessage, THING_EVENT",
        "1000, deviceActionResponseMessage, ACTION_RESPONSE",
        "1001, deviceOnline, ONLINE",
        "1001, deviceOffline, OFFLINE",
        "1001, deviceNameUpdate, NAME_UPDATE",
        "1001, deviceTransfer, TRANSFER",
        "1001, deviceFreeze, FREEZE",
        "1001, deviceUnFreeze, UNFREEZE",
        "1001, deviceBindSpace, BIND_SPACE",
        "1001, deviceUnbindSpace, UNBIND_SPACE",
        "1002, deviceOtaProgress, UPGRADE_STATUS"
    })
    void typed_bizCodeOfADevice_isADeviceEvent(int protocol, String bizCode, DeviceEventType type) throws Exception {
        LiveMessage message = typed(protocol, """
                {"bizCode":"%s","bizData":{"name":"Lamp"},"devId":"bf1","productKey":"pk1","ts":1588925778000}""".formatted(bizCode));

        assertThat(message).isInstanceOfSatisfying(DeviceEvent.class, event -> {
            assertThat(event.type()).isEqualTo(type);
            assertThat(event.bizCode()).isEqualTo(bizCode);
            assertThat(event.deviceId()).isEqualTo("bf1");
            assertThat(event.productKey()).isEqualTo("pk1");
            assertThat(event.time()).isEqualTo("2020-05-08T08:16:18Z");
            assertThat(event.bizData()).containsEntry("name", "Lamp");
            assertThat(event).asString().contains(bizCode, "bf1").doesNotContain("Lamp");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4|{\"devId\":\"bf1\",\"status\":\"on\"}",
                "4|{\"devId\":\"bf1\",\"status\":[1]}",
                "4|{\"devId\":\"bf1\",\"status\":[null]}",
                "4|{\"devId\":\" \",\"status\":[{\"code\":\"a\",\"value\":1}]}",
                "5|{\"devId\":\"bf1\",\"status\":[{\"code\":\"a\",\"value\":1}]}",
                "-1|{\"devId\":\"bf1\",\"bizCode\":\"x\",\"status\":[{\"code\":\"a\",\"value\":1}]}",
                "4|{\"status\":[]}",
                "20|{\"bizCode\":\"homeCreate\",\"bizData\":{\"homeId\":1}}",
                "25|{\"devId\":\"bf1\",\"sceneId\":\"s\"}",
                "1000|{\"bizCode\":\"devicePropertyMessage\",\"bizData\":{\"devId\":\"bf1\"}}",
                "1010|{\"bizCode\":\"spaceCreate\",\"bizData\":{\"spaceId\":1}}",
                "-1|{}"
            })
    void typed_anyOtherValue_isKeptUnchanged(int protocol, String payload) throws Exception {
        LiveMessage message = typed(protocol, payload);

        assertThat(message).isInstanceOf(UnknownMessage.class);
        assertThat(message.payload()).isEqualTo(Json.read(payload));
        assertThat(message.header().protocol()).isEqualTo(protocol);
    }

    @Test
    void typed_itemThatIsNotAnObject_doesNotCostTheOthers() throws Exception {
        String status = "{\"devId\":\"bf1\",\"status\":[null,{\"code\":\"a\",\"value\":1},7]}";
        String properties = "{\"bizCode\":\"devicePropertyMessage\",\"bizData\":{\"devId\":\"bf1\",\"properties\":"
                + "[\"x\",{\"code\":\"a\",\"value\":1}]}}";

        assertThat(typed(4, status)).isInstanceOfSatisfying(StatusReport.class, report -> {
            assertThat(report.dataPoints())
                    .singleElement()
                    .returns("a", DataPointChange::code)
                    .returns(1L, DataPointChange::value);
            assertThat(report.payload().get("status")).asString().contains("7");
        });
        assertThat(typed(1000, properties))
                .isInstanceOfSatisfying(PropertyMessage.class, message -> assertThat(message.dataPoints())
                        .hasSize(1));
    }

    @Test
    void typed_emptyIdsAtTopLevel_areThoseOfTheData() throws Exception {
        LiveMessage message = typed(20, """
                {"bizCode":"nameUpdate","bizData":{"devId":"bf1","productKey":"pk1","name":"Lamp"},"devId":"","productKey":" "}""");

        assertThat(message).isInstanceOfSatisfying(DeviceEvent.class, event -> assertThat(event)
                .returns("bf1", DeviceEvent::deviceId)
                .returns("pk1", DeviceEvent::productKey));
    }

    @ParameterizedTest
    @CsvSource({"4, ''", "20, '\"bizCode\":\"statusReport\",'", "-1, '\"bizCode\":\"statusReport\",'"})
    void typed_statusReportUnderAnyProtocol_isAStatusReport(int protocol, String bizCode) throws Exception {
        LiveMessage message =
                typed(protocol, "{" + bizCode + "\"devId\":\"bf1\",\"status\":[{\"code\":\"a\",\"value\":1}]}");

        assertThat(message).isInstanceOfSatisfying(StatusReport.class, report -> assertThat(report.dataPoints())
                .containsExactly(new DataPointChange("a", null, 1L, null, Map.of())));
    }

    @Test
    void typed_otherMessageUnderProtocol4_isRecognizedByItsBizCode() throws Exception {
        assertThat(typed(4, """
                {"bizCode":"devicePropertyMessage","bizData":{"devId":"bf1","properties":[{"code":"a","dpId":1,"value":2}]}}""")).isInstanceOf(PropertyMessage.class);
        assertThat(typed(4, "{\"bizCode\":\"online\",\"devId\":\"bf1\"}")).isInstanceOf(DeviceEvent.class);
        assertThat(typed(20, "{\"bizCode\":\"statusReport\",\"devId\":\"bf1\"}"))
                .isInstanceOf(DeviceEvent.class);
    }

    @Test
    void typed_dpIdInEitherSpelling_isRead() throws Exception {
        LiveMessage properties = typed(1000, """
                {"bizCode":"devicePropertyMessage","bizData":{"devId":"bf1","properties":[
                 {"code":"a","dp_id":3,"value":1},{"code":"","dpId":101,"value":"x"}]}}""");
        LiveMessage report = typed(4, """
                {"devId":"bf1","status":[{"code":"a","dpId":3,"3":"1","value":1},{"code":" ","101":"x"},{"dp_id":"9","value":2}]}""");

        assertThat(((PropertyMessage) properties).dataPoints())
                .containsExactly(
                        new DataPointChange("a", 3, 1L, null, Map.of()),
                        new DataPointChange(null, 101, "x", null, Map.of()));
        assertThat(((StatusReport) report).dataPoints())
                .containsExactly(
                        new DataPointChange("a", 3, 1L, null, Map.of()),
                        new DataPointChange(null, 101, "x", null, Map.of()),
                        new DataPointChange(null, 9, 2L, null, Map.of()));
    }

    @Test
    void typed_statusWithoutProtocol_isAStatusReport() throws Exception {
        assertThat(typed(-1, "{\"devId\":\"bf1\",\"status\":[{\"code\":\"a\",\"value\":1}]}"))
                .isInstanceOf(StatusReport.class);
    }

    private static LiveMessage typed(int protocol, String payload) throws Exception {
        MessageHeader header = new MessageHeader("id", protocol, null, null, 0, null, Map.of(), Map.of());
        return MessageTypes.typed(header, java.util.Objects.requireNonNull(JsonValues.object(Json.read(payload))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'bizCode':'online','bizData':{'time':1671290536},'devId':'bf1','ts':0}|2022-12-17T15:22:16Z",
                "{'bizCode':'online','bizData':{'time':1671290536000},'devId':'bf1'}|2022-12-17T15:22:16Z",
                "{'bizCode':'offline','bizData':{'time':'1671290536'},'devId':'bf1','ts':''}|2022-12-17T15:22:16Z",
                "{'bizCode':'offline','bizData':{'time':1},'devId':'bf1','ts':1671290536000}|2022-12-17T15:22:16Z",
                "{'bizCode':'deviceEventMessage','bizData':{'devId':'bf1','eventTime':1671290536000}}|2022-12-17T15:22:16Z",
                "{'bizCode':'offline','bizData':{'time':0},'devId':'bf1','ts':0}|",
                "{'bizCode':'offline','devId':'bf1'}|"
            })
    void typed_eventWithoutOwnTime_usesTheTimeOfItsData(String payload, Instant expected) throws Exception {
        assertThat(typed(20, payload.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        DeviceEvent.class, event -> assertThat(event.time()).isEqualTo(expected));
    }

    @Test
    void typed_timeZero_isAbsent() throws Exception {
        LiveMessage report = typed(4, """
                {"devId":"bf1","status":[{"code":"a","t":0,"value":1},{"code":"b","t":"0","value":1},{"code":"c","value":1}]}""");
        LiveMessage properties = typed(1000, """
                {"bizCode":"devicePropertyMessage","bizData":{"devId":"bf1","properties":[{"code":"a","time":0,"value":1}]}}""");

        assertThat(((StatusReport) report).dataPoints())
                .extracting(DataPointChange::time)
                .containsExactly(null, null, null);
        assertThat(((PropertyMessage) properties).dataPoints())
                .extracting(DataPointChange::time)
                .containsExactly((Instant) null);
    }

    @Test
    void typed_dataIdAtTopLevel_appliesToTheProperties() throws Exception {
        LiveMessage message = typed(1000, """
                {"bizCode":"devicePropertyMessage","dataId":"d3","bizData":{"devId":"bf1","properties":[]}}""");

        assertThat(((PropertyMessage) message).dataId()).isEqualTo("d3");
    }
}

package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that each model is read from and written as the cloud's JSON, by the library and by Jackson. */
class ModelJsonTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    static Stream<Arguments> models() {
        return Stream.of(
                model("{\"code\":\"switch_1\",\"value\":true}", Command::fromMap, Command::asMap, Command.class),
                model(
                        "{\"code\":\"switch_1\",\"dp_id\":1,\"value\":{\"a\":[1,2]},\"odd\":1}",
                        DataPoint::fromMap,
                        DataPoint::asMap,
                        DataPoint.class),
                model(
                        "{\"code\":\"switch\",\"dp_id\":1,\"type\":\"Boolean\",\"values\":\"{}\",\"name\":\"n\",\"desc\":\"d\","
                                + "\"accessMode\":\"rw\",\"thing_code\":\"Power\",\"thing_type\":\"Enum\",\"thing_values\":\"{}\","
                                + "\"odd\":1}",
                        DataPointSpec::fromMap,
                        DataPointSpec::asMap,
                        DataPointSpec.class),
                model(
                        "{\"category\":\"cz\",\"functions\":[{\"code\":\"a\",\"type\":\"Raw\"}],\"odd\":[]}",
                        DeviceFunctions::fromMap,
                        DeviceFunctions::asMap,
                        DeviceFunctions.class),
                model(
                        "{\"category\":\"cz\",\"functions\":[],\"status\":[{\"code\":\"a\"}],\"odd\":0}",
                        DeviceSpecification::fromMap,
                        DeviceSpecification::asMap,
                        DeviceSpecification.class),
                model(
                        "{\"1\":{\"code\":\"a\",\"type\":\"Json\",\"raw_values\":\"{}\",\"values\":{},\"odd\":1}}",
                        DpMapping::fromMap,
                        DpMapping::asMap,
                        DpMapping.class),
                model(
                        "{\"home_id\":\"1\",\"name\":\"n\",\"geo_name\":\"g\",\"lat\":\"1\",\"lon\":\"2\",\"role\":\"OWNER\",\"odd\":1}",
                        Home::fromMap,
                        Home::asMap,
                        Home.class),
                model("{\"room_id\":\"1\",\"name\":\"n\",\"odd\":1}", Room::fromMap, Room::asMap, Room.class),
                model(
                        "{\"scene_id\":\"s\",\"name\":\"n\",\"enabled\":true,\"status\":\"1\",\"background\":\"b\",\"actions\":["
                                + "{\"entity_id\":\"e\",\"action_executor\":\"dpIssue\",\"executor_property\":{\"a\":true},\"odd\":1}"
                                + "],\"odd\":1}",
                        Scene::fromMap,
                        Scene::asMap,
                        Scene.class),
                model(
                        "{\"code\":\"a\",\"value\":\"1\",\"event_time\":1700000000123,\"event_from\":\"1\",\"event_id\":7,"
                                + "\"status\":\"1\",\"row\":\"r\",\"odd\":1}",
                        LogEntry::fromMap,
                        LogEntry::asMap,
                        LogEntry.class),
                model(
                        "{\"modelId\":\"m\",\"services\":[{\"code\":\"\",\"name\":\"n\",\"description\":\"d\",\"properties\":["
                                + "{\"abilityId\":1,\"accessMode\":\"ro\",\"code\":\"c\",\"description\":\"d\",\"name\":\"n\","
                                + "\"typeSpec\":{\"type\":\"value\",\"min\":0},\"odd\":1}],\"events\":[{\"x\":1}],\"actions\":[],"
                                + "\"odd\":1}],\"odd\":1}",
                        ThingModel::fromMap,
                        ThingModel::asMap,
                        ThingModel.class),
                model(
                        "{\"properties\":[{\"code\":\"c\",\"custom_name\":\"x\",\"dp_id\":1,\"time\":1700000000123,"
                                + "\"type\":\"bool\",\"value\":true,\"odd\":1}],\"odd\":1}",
                        ThingProperties::fromMap,
                        ThingProperties::asMap,
                        ThingProperties.class));
    }

    private static <T> Arguments model(
            String json, Function<Map<String, ?>, T> reader, Function<T, Map<String, Object>> writer, Class<T> type) {
        return Arguments.of(type.getSimpleName(), json, reader, writer, type);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    <T> void model_everyMember_isReadAndWritten(
            String name,
            String json,
            Function<Map<String, ?>, T> reader,
            Function<T, Map<String, Object>> writer,
            Class<T> type)
            throws IOException, MalformedJsonException {
        Map<String, Object> members = JsonValues.object(Json.read(json));
        T read = reader.apply(members);

        assertThat(writer.apply(read)).isEqualTo(members);
        assertThat(reader.apply(writer.apply(read))).isEqualTo(read);
        assertThat(JACKSON.readTree(JACKSON.writeValueAsString(read))).isEqualTo(JACKSON.readTree(json));
        assertThat(JACKSON.readValue(json, type)).isEqualTo(read);
        assertThat(new CloudResponse(Map.of("result", members)).result(type)).isEqualTo(read);
    }

    @Test
    void result_ofAnotherShape_isUnusable() {
        CloudResponse response = new CloudResponse(Map.of("result", "text"));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> response.result(Device.class))
                .withMessageContaining("it is not an object");
        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> new CloudResponse(Map.of("result", Map.of("name", "x"))).result(Device.class))
                .withMessageContaining("a device has no id");
    }

    @Test
    void status_asListAndByCode_areEqual() throws IOException {
        DeviceStatus status = new DeviceStatus(List.of(
                new DataPoint("switch_1", true), new DataPoint("level", null), new DataPoint("switch_1", false)));

        Map<String, Object> values = new LinkedHashMap<>();
        values.put("switch_1", true);
        values.put("level", null);
        assertThat(status.asMap()).isEqualTo(values);
        assertThat(DeviceStatus.fromMap(values).dataPoints())
                .isEqualTo(status.dataPoints().subList(0, 2));
        String json =
                "[{\"code\":\"switch_1\",\"value\":true},{\"code\":\"level\"},{\"code\":\"switch_1\",\"value\":false}]";
        assertThat(JACKSON.writeValueAsString(status)).isEqualTo(json);
        assertThat(JACKSON.readValue(json, DeviceStatus.class)).isEqualTo(status);
    }

    @Test
    void command_withoutCodeOrValue_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.fromMap(Map.of("code", "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.fromMap(Map.of("value", 1)));
    }
}

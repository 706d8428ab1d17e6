package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks what a device keeps, shares and publishes. */
class DeviceTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static final Map<String, Object> STATUS = Map.of("code", "switch_1", "value", true);

    private static final Map<String, Object> PRIVATE = Map.of(
            "local_key", "0123456789abcdef",
            "uid", "eu123owner",
            "lat", "49.1310",
            "lon", "16.8096",
            "ip", "203.0.113.5",
            "local_ip", "192.168.1.7",
            "last_ip", "192.168.1.9");

    @Test
    void fromMap_namesOfTheThingModelsList_areReplaced() {
        Device device = Device.fromMap(Map.of(
                "id", "bf01",
                "localKey", "0123456789abcdef",
                "productId", "p1",
                "isOnline", true,
                "activeTime", 1_700_000_000L,
                "customName", "Pump"));

        assertThat(device.key()).isEqualTo("0123456789abcdef");
        assertThat(device.productId()).isEqualTo("p1");
        assertThat(device.online()).isTrue();
        assertThat(device.activeTime()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(device.extra()).isEqualTo(Map.of("customName", "Pump"));
        assertThat(device.asPublicMap()).doesNotContainValue("0123456789abcdef");
        assertThat(Device.fromMap(device.asMap())).isEqualTo(device);
    }

    @Test
    void fromMap_bothNames_keepsBoth() {
        Device device = Device.fromMap(Map.of("id", "bf01", "product_id", "p1", "productId", "p2"));

        assertThat(device.productId()).isEqualTo("p1");
        assertThat(device.extra()).isEqualTo(Map.of("productId", "p2"));
    }

    @Test
    void asPublicMap_privateMembers_areLeftOut() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(PRIVATE);
        all.putAll(Map.of("id", "bf01", "name", "Plug", "online", true, "status", List.of(STATUS), "odd", 1L));
        Device device = Device.fromMap(all);

        assertThat(device.asMap()).isEqualTo(all);
        assertThat(device.asPublicMap())
                .isEqualTo(Map.of("id", "bf01", "name", "Plug", "online", true, "status", List.of(STATUS), "odd", 1L));
        assertThat(JACKSON.writeValueAsString(device)).isEqualTo(JACKSON.writeValueAsString(device.asPublicMap()));
        assertThat(JACKSON.writeValueAsString(List.of(device)))
                .doesNotContain("0123456789abcdef", "eu123owner", "49.13");
    }

    @Test
    void fromMap_byJackson_isTheSame() throws IOException {
        Device read = JACKSON.readValue(
                "{\"id\":\"bf01\",\"status\":[{\"code\":\"switch_1\",\"value\":true}]}", Device.class);

        assertThat(read).isEqualTo(Device.fromMap(Map.of("id", "bf01", "status", List.of(STATUS))));
        assertThat(read.status()).containsExactly(new DataPoint("switch_1", true));
    }

    @Test
    void mapping_shared_isNotCopied() {
        DpMapping mapping = DpMapping.of(Map.of("1", new DataPointSpec("switch_1", 1, "Boolean", "{}")));
        Device first = Device.fromMap(Map.of("id", "a", "mapping", mapping));
        Device second = Device.fromMap(Map.of("id", "b", "mapping", mapping));

        assertThat(first.mapping()).isSameAs(mapping).isSameAs(second.mapping());
        assertThat(first.asMap().get("mapping"))
                .isEqualTo(mapping.asMap())
                .isSameAs(second.asMap().get("mapping"));
        assertThat(Device.fromMap(first.asMap())).isEqualTo(first).hasSameHashCodeAs(first);
    }

    @Test
    void mapping_asJson_isParsedOnce() {
        Device device = Device.fromMap(Map.of(
                "id", "a", "mapping", Map.of("1", Map.of("code", "switch_1", "type", "Boolean", "values", Map.of()))));

        assertThat(device.mapping().find("switch_1")).isPresent();
        assertThat(device.mapping()).isSameAs(device.mapping());
        assertThat(device.status()).isSameAs(device.status()).isEmpty();
    }

    @Test
    void fromMap_malformedStatusAndMapping_areKept() {
        Map<String, Object> json = Map.of("id", "a", "status", List.of(STATUS, "text"), "mapping", "none");

        Device device = Device.fromMap(json);

        assertThat(device.asMap()).isEqualTo(json);
        assertThat(device.status()).hasSize(1);
        assertThat(device.mapping()).isNull();
    }

    @Test
    void extra_membersWithAnAccessor_areExcluded() {
        Map<String, Object> json = new LinkedHashMap<>(PRIVATE);
        json.put("id", "a");
        json.put("satellite", true);

        assertThat(Device.fromMap(json).extra()).isEqualTo(Map.of("satellite", true));
        assertThat(Device.fromMap(json).lastIp()).isEqualTo("192.168.1.9");
    }

    @Test
    void fromMap_withoutId_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Device.fromMap(Map.of("name", "x")))
                .withMessage("a device has no id");
        assertThatNullPointerException().isThrownBy(() -> Device.fromMap(null));
    }
}

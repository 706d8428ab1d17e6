package io.github.tuyacloud.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.support.CapturedLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how the responses of several calls about devices are merged. */
class DeviceIndexTest {

    private final DeviceIndex listing = new DeviceIndex();
    private final List<Object> news = new ArrayList<>();

    @Test
    void merge_newDevices_areReturnedOnceInOrder() {
        listing.merge(List.of(device("b", 1L), device("a", 2L)), device -> news.add(device.get("id")));
        listing.merge(List.of(device("a", 3L), device("c", 4L)), device -> news.add(device.get("id")));

        assertThat(news).containsExactly("b", "a", "c");
        assertThat(List.<Map<String, Object>>copyOf(listing.devices()))
                .containsExactly(device("b", 1L), device("a", 2L), device("c", 4L));
    }

    static List<Object> empty() {
        return Arrays.asList(null, false, 0L, "", List.of(), Map.of());
    }

    @ParameterizedTest
    @MethodSource("empty")
    void merge_emptyBefore_isFilledIn(Object value) {
        listing.merge(List.of(device("a", value)), device -> {});
        listing.merge(List.of(device("a", "new")), device -> {});

        assertThat(List.<Map<String, Object>>copyOf(listing.devices())).containsExactly(device("a", "new"));
    }

    static List<Object> full() {
        return List.of(true, 1L, " ", List.of(1L), Map.of("x", 1L), 0.5);
    }

    @ParameterizedTest
    @MethodSource("full")
    void merge_presentBefore_isKept(Object value) {
        listing.merge(List.of(device("a", value)), device -> {});
        listing.merge(List.of(device("a", "new")), device -> {});

        assertThat(List.<Map<String, Object>>copyOf(listing.devices())).containsExactly(device("a", value));
    }

    @Test
    void merge_nothingNew_keepsEmptyMembers() {
        listing.merge(List.of(device("a", "")), device -> {});
        listing.merge(List.of(device("a", null)), device -> {});

        assertThat(List.<Map<String, Object>>copyOf(listing.devices())).containsExactly(device("a", ""));
    }

    @Test
    void asResponse_lastResponse_hasItsKeysAndAllDevices() {
        listing.merge(List.of(device("a", 1L)), device -> {});
        listing.lastResponse(Map.of("success", true, "result", "whatever"), null);

        assertThat(listing.asResponse().asMap()).isEqualTo(Map.of("success", true, "result", List.of(device("a", 1L))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void devicesIn_deviceWithoutAnId_isLeftOutWithAWarning(String id) {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(DeviceIndex.devicesIn(List.of(device("a", 1L), device(id, 1L), Map.of())))
                    .containsExactly(device("a", 1L));

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .endsWith("Skipped 2 devices without an id in the cloud's list; remaining: 1");
        }
    }

    @Test
    void devicesIn_noDeviceWithAnId_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceIndex.devicesIn(List.of(Map.of("name", "x"), device(" ", 1L))))
                .withMessage("a device has no id");
    }

    private static Map<String, Object> device(String id, Object value) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("id", id);
        device.put("value", value);
        return device;
    }
}

package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that reading a device list ends even if its row keys never reach the end. */
class GetDevicesPagingTest extends FakeCloudTest {

    private static final String PATH = "/v1.0/iot-01/associated-users/devices";

    @BeforeEach
    void keepToTheList() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.result(List.of()));
    }

    @Test
    void getDevices_sameRowKeyAgain_stops() {
        fake.on("GET", PATH).fail(page("bf1", true, "KEY"));

        assertThat(cloud.getDevices()).extracting(Device::id).containsExactly("bf1");
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(2);
    }

    @Test
    void getDevices_rowKeysInACircle_stops() {
        fake.on("GET", PATH).fail(page("bf1", true, "A")).times(1);
        fake.on("GET", PATH).fail(page("bf2", true, "B")).times(1);
        fake.on("GET", PATH).fail(page("bf3", true, "A"));

        assertThat(cloud.getDevices()).extracting(Device::id).containsExactly("bf1", "bf2", "bf3");
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(3);
    }

    @Test
    void getDevices_hasMoreWithoutRowKey_stops() {
        fake.on("GET", PATH).fail(page("bf1", true, null));

        assertThat(cloud.getDevices()).extracting(Device::id).containsExactly("bf1");
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(1);
    }

    @Test
    void getDevices_hasMoreWithEmptyRowKey_stops() {
        fake.on("GET", PATH).fail(page("bf1", true, ""));

        assertThat(cloud.getDevices()).hasSize(1);
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(1);
    }

    @Test
    void getDevices_hasMoreWithEmptyPage_stops() {
        fake.on("GET", PATH).fail(page("bf1", true, "A")).times(1);
        fake.on("GET", PATH).fail(Fault.result(Map.of("devices", List.of(), "has_more", true, "last_row_key", "B")));

        assertThat(cloud.getDevices()).hasSize(1);
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(2);
    }

    @Test
    void getDevices_hasMoreMissing_stops() {
        fake.on("GET", PATH).fail(page("bf1", null, "A"));

        assertThat(cloud.getDevices()).hasSize(1);
        assertThat(fake.requestCount("GET", PATH)).isEqualTo(1);
    }

    @Test
    void getDevices_sameDeviceOnTwoPages_isListedOnce() {
        fake.on("GET", PATH).fail(page("bf1", true, "A")).times(1);
        fake.on("GET", PATH).fail(page("bf1", false, "B"));

        assertThat(cloud.getDevices()).extracting(Device::id).containsExactly("bf1");
    }

    private static Fault page(String id, @Nullable Boolean hasMore, @Nullable String rowKey) {
        Map<String, Object> result = new HashMap<>();
        result.put("devices", List.of(Map.of("id", id)));
        if (hasMore != null) {
            result.put("has_more", hasMore);
        }
        if (rowKey != null) {
            result.put("last_row_key", rowKey);
        }
        return Fault.result(result);
    }
}

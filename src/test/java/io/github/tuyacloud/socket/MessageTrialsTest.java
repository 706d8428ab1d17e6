package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageHeader;
import io.github.tuyacloud.messages.PropertyMessage;
import io.github.tuyacloud.messages.StatusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads messages that users of the real cloud reported.
 *
 * <p>They are not part of the project: the system property {@code trials} names their folder.
 */
class MessageTrialsTest {

    private Path folder;

    @BeforeEach
    void findFolder() {
        String name = System.getProperty("trials");
        assumeTrue(name != null, "no reported messages to read: name their folder with -Dtrials=DIR");
        folder = Path.of(name);
    }

    @Test
    void statusReports_timesAsText_areRead() throws Exception {
        for (String name : List.of("09_msg4", "14_msg4_alarm", "14_msg4_doorbell")) {
            assertThat(read(4, name))
                    .isInstanceOfSatisfying(StatusReport.class, report -> assertThat(report.dataPoints())
                            .isNotEmpty()
                            .allSatisfy(change -> {
                                assertThat(change.code()).isNotNull();
                                assertThat(change.dpId()).isNotNull();
                                assertThat(change.value()).isNotNull();
                                assertThat(change.time()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
                                assertThat(change.extra()).isEmpty();
                            }));
        }
    }

    @Test
    void statusReport_color_isJsonInsteadOfHex() throws Exception {
        List<DataPointChange> changes = ((StatusReport) read(4, "09_msg4")).dataPoints();

        assertThat(changes.get(0).code()).isEqualTo("colour_data_v2");
        assertThat(changes.get(0).dpId()).isEqualTo(24);
        assertThat(changes.get(0).asText()).startsWith("{").endsWith("}");
    }

    @Test
    void onlineEvent_timeZero_usesTheTimeOfItsData() throws Exception {
        assertThat(read(20, "12_msg20")).isInstanceOfSatisfying(DeviceEvent.class, event -> {
            assertThat(event.type()).isEqualTo(DeviceEventType.ONLINE);
            assertThat(event.time()).isEqualTo("2022-12-17T15:22:16Z");
        });
    }

    @Test
    void propertyMessages_newerMessageSet_areRead() throws Exception {
        for (String name : List.of("15_msg1000_movement", "15_msg1000_sd")) {
            assertThat(read(1000, name)).isInstanceOfSatisfying(PropertyMessage.class, message -> {
                assertThat(message.dataId()).isNotNull();
                assertThat(message.productKey()).isNotNull();
                assertThat(message.dataPoints()).isNotEmpty().allSatisfy(change -> {
                    assertThat(change.value()).isNotNull();
                    assertThat(change.time()).isNotNull();
                });
            });
        }
    }

    private LiveMessage read(int protocol, String prefix) throws Exception {
        MessageHeader header = new MessageHeader("id", protocol, null, null, 0, null, Map.of(), Map.of());
        return MessageTypes.typed(
                header, Objects.requireNonNull(JsonValues.object(Json.read(Files.readString(file(prefix))))));
    }

    private Path file(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

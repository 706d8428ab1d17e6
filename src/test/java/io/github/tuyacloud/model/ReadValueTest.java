package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the typed readers of values, and the look-ups by the cloud's words and numbers. */
class ReadValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "true|true|null|null|true",
                "false|false|null|null|false",
                "1|true|1|1|1",
                "0|false|0|0|0",
                "-7|false|-7|-7|-7",
                "2.50|false|null|2.50|2.50",
                "white|false|null|null|white",
                "''|false|null|null|''",
                "null|false|null|null|null"
            })
    void readers_valueAsText_agree(
            @Nullable String value,
            boolean isTrue,
            @Nullable Long whole,
            @Nullable BigDecimal number,
            @Nullable String text) {
        DataPoint dataPoint = new DataPoint("x", value);
        LogEntry entry = new LogEntry("x", value, null, null, null, null, null, Map.of());

        assertThat(dataPoint.isTrue()).isEqualTo(entry.isTrue()).isEqualTo(isTrue);
        assertThat(dataPoint.asLong()).isEqualTo(entry.asLong()).isEqualTo(whole);
        assertThat(dataPoint.asDecimal()).isEqualTo(entry.asDecimal()).isEqualTo(number);
        assertThat(dataPoint.asText()).isEqualTo(entry.asText()).isEqualTo(text);
    }

    @Test
    void readers_otherTypes_returnNull() {
        assertThat(new DataPoint("x", true).isTrue()).isTrue();
        assertThat(new DataPoint("x", 2302L).asLong()).isEqualTo(2302);
        assertThat(new DataPoint("x", new BigDecimal("1.5")).asLong()).isNull();
        assertThat(new DataPoint("x", Map.of("h", 1L)).asText()).isEqualTo("{\"h\":1}");
        assertThat(new DataPoint("x", List.of()).asDecimal()).isNull();
    }

    @Test
    void status_isTrue_isFalseIfAbsent() {
        DeviceStatus status = DeviceStatus.fromMap(Map.of("on", true, "off", false, "text", "true"));

        assertThat(status.isTrue("on")).isTrue();
        assertThat(status.isTrue("text")).isTrue();
        assertThat(status.isTrue("off")).isFalse();
        assertThat(status.isTrue("missing")).isFalse();
    }

    @Test
    void lookups_ofAClosedSet_throwAndListTheKnownValues() {
        assertThat(AccessMode.of("wr")).isEqualTo(AccessMode.WRITE_ONLY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessMode.of("xx"))
                .withMessage("Unknown access mode \"xx\": use one of ro, wr, rw");
        assertThat(EventType.of(7)).isEqualTo(EventType.DATA_REPORT);
        for (int unknown : new int[] {0, 11, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EventType.of(unknown))
                    .withMessageStartingWith("Unknown event type " + unknown + ": use 1 ONLINE, 2 OFFLINE");
        }
    }

    @Test
    void lookups_ofAnOpenSet_returnOtherAndKeepTheRawWord() {
        assertThat(DataPointType.of("BOOL")).isEqualTo(DataPointType.BOOLEAN);
        assertThat(DataPointType.of("date")).isEqualTo(DataPointType.OTHER);
        assertThat(DataPointType.of(null)).isEqualTo(DataPointType.OTHER);
        LogEntry known = LogEntry.fromMap(Map.of("event_id", 5, "event_from", 3));
        assertThat(known.eventType()).isEqualTo(EventType.COMMAND);
        assertThat(known.eventSource()).isEqualTo(EventSource.THIRD_PARTY);
        LogEntry unknown = LogEntry.fromMap(Map.of("event_id", 0, "event_from", "robot"));
        assertThat(unknown.eventType()).isEqualTo(EventType.OTHER);
        assertThat(unknown.eventId()).isZero();
        assertThat(unknown.eventSource()).isEqualTo(EventSource.OTHER);
        assertThat(unknown.eventFrom()).isEqualTo("robot");
        assertThat(LogEntry.fromMap(Map.of()).eventType()).isNull();
        assertThat(LogEntry.fromMap(Map.of()).eventSource()).isNull();
    }

    @Test
    void logQuery_options_areReadable() {
        DeviceLogQuery query = DeviceLogQuery.builder()
                .start(-2)
                .end(Instant.ofEpochSecond(1_700_000_000))
                .eventTypes("7, 1")
                .parallel(4)
                .build();
        Instant now = Instant.ofEpochSecond(1_700_500_000);

        assertThat(query.start().at(now)).isEqualTo(now.minusSeconds(2 * 86_400));
        assertThat(query.end().moment()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(query.eventTypes()).containsExactly(EventType.DATA_REPORT, EventType.ONLINE);
        assertThat(query.parallel()).isEqualTo(4);
        DeviceLogQuery all = DeviceLogQuery.builder().build();
        assertThat(all.start()).isNull();
        assertThat(all.eventTypes()).hasSize(10).doesNotContain(EventType.OTHER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceLogQuery.builder().eventTypes(EventType.OTHER));
    }

    @Test
    void cloudRequest_partByPart_isAValue() {
        CloudRequest request =
                CloudRequest.post("/v1.0/x").query("codes", "a,b").query("n", 1).body(Map.of("k", "v"));

        assertThat(request)
                .isEqualTo(new CloudRequest("post", "/v1.0/x", Map.of("codes", "a,b", "n", 1), Map.of("k", "v")));
        assertThat(request).hasToString("CloudRequest[POST /v1.0/x]");
        assertThat(CloudRequest.get("/x").query("a", 1).query()).isEqualTo(Map.of("a", 1));
        assertThat(List.of(
                        CloudRequest.put("/x").method(),
                        CloudRequest.delete("/x").method()))
                .isEqualTo(Arrays.asList("PUT", "DELETE"));
        assertThatIllegalArgumentException().isThrownBy(() -> request.query("n", 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CloudRequest.get("/x").body(Map.of()))
                .withMessageContaining("cannot have a body");
        assertThatIllegalArgumentException().isThrownBy(() -> CloudRequest.get(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new CloudRequest("PATCH", "/x", Map.of(), null));
    }
}

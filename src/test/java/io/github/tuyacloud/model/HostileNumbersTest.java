package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.DevicesFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that absurd numbers neither throw nor take all time or memory, and are kept as they are. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileNumbersTest {

    private static final String HUGE = "1e2147483647";

    @TempDir
    Path folder;

    static List<Object> numbers() {
        List<Object> numbers = new ArrayList<>();
        for (String text : List.of(
                HUGE,
                "-" + HUGE,
                "1e-2147483647",
                "9.9e2147483647",
                "1e10001",
                "1e-10001",
                "1e1000000",
                "-0.0",
                "0e2147483647",
                "0e-2147483647")) {
            numbers.add(new BigDecimal(text));
            numbers.add(text);
        }
        numbers.add(BigInteger.TEN.pow(9_999));
        numbers.add(BigInteger.TEN.pow(100_000));
        numbers.add(Long.MIN_VALUE);
        numbers.addAll(List.of("1e-2147483648", "-1e2147483648", "1e99999999999999999999"));
        numbers.addAll(List.of("NaN", "-Infinity", "+Infinity", "1".repeat(10_000), "-", "+", ".", "1e", "0x10"));
        return numbers;
    }

    static List<DataPointSpec> specs() {
        List<DataPointSpec> specs = new ArrayList<>();
        for (String type : List.of("Integer", "Enum", "Bitmap", "Boolean", "String", "Json", "Raw", "date")) {
            for (String values : List.of(
                    "{}",
                    "{\"min\":0,\"max\":100,\"scale\":1,\"step\":1,\"unit\":\"V\"}",
                    "{\"min\":-1e2147483647,\"max\":1e2147483647,\"scale\":2147483647,\"step\":1e-2147483647}",
                    "{\"min\":\"1e-100\",\"max\":\"1e100\",\"scale\":-2147483648,\"step\":\"1e-100\"}",
                    "{\"scale\":30,\"maxlen\":1e2147483647}",
                    "{\"range\":[1e2147483647,-0],\"label\":[1e2147483647]}")) {
                specs.add(new DataPointSpec("code", 1, type, values));
            }
        }
        return specs;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void describe_absurdNumber_keepsTheValueAndShowsItShort(Object number) {
        for (DataPointSpec spec : specs()) {
            DpMapping mapping = DpMapping.of(Map.of("1", spec));
            DescribedValue described = DeviceStatus.fromMap(Map.of("code", number))
                    .describe(mapping)
                    .get(0);

            assertThat(described.value()).as("%s", spec).isEqualTo(number);
            assertThat(described.toString()).hasSizeLessThan(110_000);
            assertThatCode(described::hashCode).doesNotThrowAnyException();
            if (described.number() != null) {
                assertThat(Math.abs((long) described.number().scale())).isLessThanOrEqualTo(10_030);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void readers_absurdNumber_doNotThrow(Object number) {
        DataPoint point = new DataPoint("code", number);

        assertThatCode(() -> {
                    point.asLong();
                    point.asDecimal();
                    point.isTrue();
                    point.asText();
                    ColorValue.read(
                            DpMapping.of(Map.of()), new DataPoint("c", Map.of("h", number, "s", number, "v", number)));
                    DataPoint.fromMap(Map.of("code", "a", "dp_id", number, "value", number));
                    LogEntry.fromMap(Map.of("code", "a", "value", number, "event_time", number, "event_id", number))
                            .asMap();
                    DpMapping.fromMap(Map.of(number.toString(), Map.of("code", "a", "dp_id", number)));
                    ThingProperty.fromMap(Map.of("code", "a", "value", number, "time", number, "dp_id", number))
                            .asMap();
                    Home.fromMap(Map.of("home_id", number, "lat", number)).asMap();
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void checked_absurdNumber_isAcceptedOrRefusedInOneShortMessage(Object number) {
        for (DataPointSpec spec : specs()) {
            DpMapping mapping = DpMapping.of(Map.of("1", spec));
            try {
                Command.checked(mapping, "code", number);
                if (number instanceof Number real) {
                    Command.scaled(mapping, "code", real);
                }
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).hasSizeLessThan(4_100);
            }
        }
    }

    @Test
    void scaled_hugeNumber_isRefusedAsANumber() {
        DpMapping mapping = DpMapping.of(
                Map.of("1", new DataPointSpec("temp_set", 1, "Integer", "{\"min\":0,\"max\":100,\"scale\":1}")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.scaled(mapping, "temp_set", new BigDecimal(HUGE)))
                .withMessage("temp_set takes whole numbers from 0 to 100 (that is 0.0 to 10.0), not the number "
                        + "1E+2147483647");
    }

    @Test
    void describe_hugeNumber_hasNoRealNumber() {
        DpMapping mapping = DpMapping.of(
                Map.of("1", new DataPointSpec("temp_set", 1, "Integer", "{\"min\":0,\"max\":100,\"scale\":1}")));
        DataPoint point = new DataPoint("temp_set", new BigDecimal(HUGE));

        assertThat(point.describe(mapping).number()).isNull();
        assertThat(point.describe(mapping).fits()).isFalse();
        assertThat(point.describe(mapping).text()).isEqualTo("1E+2147483647");
        assertThat(point.asDecimal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1e308", "-1e9999", "1e9999"})
    void read_colorOfAbsurdRange_usesTheUsualOne(String bound) {
        DpMapping mapping = DpMapping.of(Map.of(
                "1",
                new DataPointSpec(
                        "colour_data_v2",
                        1,
                        "Json",
                        "{\"h\":{\"min\":" + bound + ",\"max\":\"" + "9".repeat(63) + "\"},\"s\":{\"max\":1e308}}")));

        assertThat(ColorValue.read(mapping, new DataPoint("colour_data_v2", Map.of("h", 180, "s", 500, "v", 500))))
                .isPresent();
    }

    @Test
    void read_fileOfAbsurdNumbers_isReadAndWritten() throws IOException {
        Path file = Files.writeString(
                folder.resolve("devices.json"),
                "[{\"id\":1e2147483647,\"biz_type\":1e-2147483647,\"create_time\":1e2147483647,\"mapping\":{\"1e9\":{\"code\":5,"
                        + "\"dp_id\":1e2147483647,\"values\":{\"min\":1e2147483647}}}}]");

        List<Device> devices = DevicesFile.read(file);
        DevicesFile.write(file, devices);

        assertThat(devices).extracting(Device::id).containsExactly("1E+2147483647");
        assertThat(DevicesFile.read(file).get(0).asMap().get("biz_type")).isEqualTo(new BigDecimal("1e-2147483647"));
    }

    @Test
    void atPercent_boundsOfManyDigits_isRefused() {
        ValueRange range = new ValueRange(new BigDecimal("-1e100"), new BigDecimal("1e100"), null, 0, "V");

        assertThatCode(() -> range.atPercent(33.3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asMap_logEntryOfTheLastMoment_isWritten() {
        assertThat(LogEntry.fromMap(Map.of("event_time", Long.MAX_VALUE)).asMap())
                .containsEntry("event_time", Long.MAX_VALUE);
        assertThat(LogEntry.fromMap(Map.of("event_time", Long.MAX_VALUE)).eventTime())
                .isEqualTo(Instant.ofEpochMilli(Long.MAX_VALUE));
    }
}

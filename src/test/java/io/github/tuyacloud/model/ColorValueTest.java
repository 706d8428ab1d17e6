package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that colors are converted to and from the ranges of each lamp. */
class ColorValueTest {

    private static final DpMapping NEW_LAMP = lamp("colour_data_v2", "Json", 1000);
    private static final DpMapping OLD_LAMP = lamp("colour_data", "Json", 255);

    private static DpMapping lamp(String code, String type, int max) {
        String values =
                "{\"h\":{\"min\":0,\"scale\":0,\"max\":360,\"step\":1},\"s\":{\"min\":0,\"max\":%d},\"v\":{\"min\":0,\"max\":%d}}"
                        .formatted(max, max);
        return DpMapping.of(Map.of("24", new DataPointSpec(code, 24, type, values)));
    }

    @Test
    void command_eachLamp_usesItsOwnRange() {
        ColorValue green = ColorValue.of(120, 100, 50);

        assertThat(green.command(NEW_LAMP, "colour_data_v2"))
                .isEqualTo(Command.of("colour_data_v2", Map.of("h", 120L, "s", 1000L, "v", 500L)));
        assertThat(green.command(OLD_LAMP, "colour_data"))
                .isEqualTo(Command.of("colour_data", Map.of("h", 120L, "s", 255L, "v", 128L)));
        DpMapping own = DpMapping.of(Map.of(
                "5",
                new DataPointSpec(
                        "colour_data_v2",
                        5,
                        "json",
                        "{\"h\":{\"min\":0,\"max\":100},\"v\":{\"min\":10,\"max\":110}}")));
        assertThat(green.command(own, "colour_data_v2").value()).isEqualTo(Map.of("h", 33L, "s", 1000L, "v", 60L));
    }

    @Test
    void command_lampWithTextColors_isHexadecimal() {
        assertThat(ColorValue.of(0, 100, 78.4)
                        .command(lamp("colour_data_v2", "String", 1000), "colour_data_v2")
                        .value())
                .isEqualTo("000003e80310");
        assertThat(ColorValue.of(0, 100, 100)
                        .command(lamp("colour_data", "String", 255), "colour_data")
                        .value())
                .isEqualTo("ff00000000ffff");
        assertThat(ColorValue.of(240, 100, 100)
                        .command(lamp("colour_data", "String", 255), "colour_data")
                        .value())
                .isEqualTo("0000ff00f0ffff");
        assertThat(ColorValue.of(0, 0, 100)
                        .command(lamp("colour_data", "String", 255), "colour_data")
                        .value())
                .isEqualTo("ffffff000000ff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour_data_v2|{\"h\":120,\"s\":1000,\"v\":500}|120|100|50",
                "colour_data_v2|000003e80310|0|100|78.4",
                "colour_data|{\"h\":120.0,\"s\":255,\"v\":51.0}|120|100|20",
                "colour_data|ff00000000ffff|0|100|100",
                "colour_data_v2|{\"h\":\"240\",\"s\":\"0\",\"v\":\"2000\"}|240|0|100"
            })
    void read_eachForm_isTheColor(String code, String value, double hue, double saturation, double brightness) {
        for (DpMapping mapping : new DpMapping[] {NEW_LAMP, OLD_LAMP, DpMapping.of(Map.of())}) {
            ColorValue color =
                    ColorValue.read(mapping, new DataPoint(code, value)).orElseThrow();

            assertThat(color.hue()).isCloseTo(hue, within(0.01));
            assertThat(color.saturation()).isCloseTo(saturation, within(0.01));
            assertThat(color.value()).isCloseTo(brightness, within(0.01));
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "white", "'{\"h\":1}'", "'[1,2,3]'", "00ff", "zz0003e80310"})
    void read_otherText_isNotAColor(String value) {
        assertThat(ColorValue.read(NEW_LAMP, new DataPoint("colour_data_v2", value)))
                .isEmpty();
    }

    @Test
    void readAndCommand_roundTrip_keepsTheRawNumbers() {
        for (long h = 0; h <= 360; h += 7) {
            Map<String, Object> raw = Map.of("h", h, "s", 1000 - h, "v", h * 2);
            ColorValue color = ColorValue.read(NEW_LAMP, new DataPoint("colour_data_v2", raw))
                    .orElseThrow();

            assertThat(color.command(NEW_LAMP, "colour_data_v2").value()).isEqualTo(raw);
        }
    }

    @Test
    void of_outOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColorValue.of(361, 0, 0))
                .withMessage("hue must be from 0 to 360, not 361.0");
        assertThatIllegalArgumentException().isThrownBy(() -> ColorValue.of(0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ColorValue.of(0, 0, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColorValue.of(0, 0, 0).command(NEW_LAMP, "colour_data"))
                .withMessageContaining("There is no data point colour_data");
    }
}

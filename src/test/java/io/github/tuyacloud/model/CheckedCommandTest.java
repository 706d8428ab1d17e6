package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks commands that are validated against a mapping before they are sent. */
class CheckedCommandTest {

    private static final DpMapping MAPPING = mapping(
            new DataPointSpec("switch_1", 1, "Boolean", "{}"),
            new DataPointSpec(
                    "temp_set", 2, "Integer", "{\"unit\":\"°C\",\"min\":160,\"max\":880,\"scale\":1,\"step\":10}"),
            new DataPointSpec(
                    "timer", 3, "Integer", "{\"unit\":\"s\",\"min\":1,\"max\":86400,\"scale\":0,\"step\":60}"),
            new DataPointSpec("mode", 4, "enum", "{\"range\":[\"auto\",\"cold\"]}"),
            new DataPointSpec("label", 5, "String", "{\"maxlen\":5}"),
            new DataPointSpec("colour", 6, "Json", "{\"h\":{\"min\":0,\"max\":360}}"),
            new DataPointSpec("plan", 7, "Raw", "{\"maxlen\":4}"),
            new DataPointSpec("flags", 8, "bitmap", "{\"label\":[\"a\",\"b\",\"c\"],\"maxlen\":3}"),
            new DataPointSpec("odd", 9, "date", "{}"),
            new DataPointSpec("loose", 10, "Integer", "not json"),
            new DataPointSpec("words", 11, "Enum", "{}"),
            new DataPointSpec("bits", 12, "Bitmap", "{\"maxlen\":4}"),
            new DataPointSpec("upside_down", 14, "Integer", "{\"min\":100,\"max\":0,\"step\":10,\"scale\":1}"),
            new DataPointSpec("no_length", 15, "String", "{\"maxlen\":-1}"),
            new DataPointSpec("no_bits", 16, "Bitmap", "{\"maxlen\":-1}"),
            new DataPointSpec("fault", 13, "Bitmap", "{}").withAccessMode(AccessMode.READ_ONLY));

    private record Color(int h, int s, int v) {}

    static List<Arguments> accepted() {
        return List.of(
                Arguments.of("switch_1", true),
                Arguments.of("temp_set", 160),
                Arguments.of("temp_set", 880L),
                Arguments.of("temp_set", (short) 200),
                Arguments.of("temp_set", BigInteger.valueOf(210)),
                Arguments.of("temp_set", new BigDecimal("200")),
                Arguments.of("timer", 1),
                Arguments.of("timer", 60),
                Arguments.of("timer", 61),
                Arguments.of("timer", 86_400),
                Arguments.of("mode", "cold"),
                Arguments.of("label", ""),
                Arguments.of("label", "äöüß€"),
                Arguments.of("label", "\uD83D\uDE00".repeat(5)),
                Arguments.of("colour", "{\"h\":1}"),
                Arguments.of("colour", Map.of("h", 1)),
                Arguments.of("colour", List.of(1)),
                Arguments.of("colour", Set.of(1)),
                Arguments.of("colour", new Color(1, 2, 3)),
                Arguments.of("plan", "AAECAwQFBgc="),
                Arguments.of("flags", 0),
                Arguments.of("flags", 7),
                Arguments.of("odd", 1.5),
                Arguments.of("loose", -7),
                Arguments.of("words", "anything"),
                Arguments.of("bits", 15),
                Arguments.of("upside_down", 55),
                Arguments.of("upside_down", -1),
                Arguments.of("no_length", "anything"),
                Arguments.of("no_bits", 8));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void checked_validValue_returnsTheCommand(String code, Object value) {
        assertThat(Command.checked(MAPPING, code, value)).isEqualTo(Command.of(code, value));
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("switch_1", "true", "switch_1 takes true or false, not \"true\""),
                Arguments.of("switch_1", 1, "switch_1 takes true or false, not 1"),
                Arguments.of(
                        "temp_set",
                        900,
                        "temp_set takes whole numbers from 160 to 880 in steps of 10 (that is 16.0 to 88.0 °C), not 900"),
                Arguments.of("temp_set", 150, "not 150"),
                Arguments.of("temp_set", 165, "not 165"),
                Arguments.of("temp_set", 200.0, "not 200.0"),
                Arguments.of("temp_set", new BigDecimal("2E+2"), "not 2E+2"),
                Arguments.of("temp_set", "200", "not \"200\""),
                Arguments.of("timer", 62, "from 1 to 86400 in steps of 60 (that is 1 to 86400 s), not 62"),
                Arguments.of("mode", "hot", "mode takes one of auto, cold, not \"hot\""),
                Arguments.of("mode", "COLD", "not \"COLD\""),
                Arguments.of("mode", 1, "not 1"),
                Arguments.of(
                        "label", "secret", "label takes a text of at most 5 characters, not a text of 6 characters"),
                Arguments.of("label", 5, "not 5"),
                Arguments.of(
                        "colour", "{\"h\":", "colour takes an object or a list, or either as JSON text, not a text"),
                Arguments.of("colour", "5", "not a text of 1 characters"),
                Arguments.of("colour", 5, "not 5"),
                Arguments.of("colour", new Object(), "not a Object"),
                Arguments.of("plan", new byte[2], "plan takes bytes as text, not a byte[]"),
                Arguments.of("flags", 8, "flags takes a whole number with one bit for each of a, b, c, not 8"),
                Arguments.of("flags", -1, "not -1"),
                Arguments.of("flags", "a", "not \"a\""),
                Arguments.of("words", true, "words takes a text, not true"),
                Arguments.of("bits", 16, "not 16"),
                Arguments.of("upside_down", "5", "upside_down takes whole numbers, not \"5\""),
                Arguments.of("no_length", 5, "no_length takes a text, not 5"),
                Arguments.of("fault", 0, "fault can only be read"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void checked_invalidValue_isRefused(String code, Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(MAPPING, code, value))
                .withMessageContaining(message);
    }

    @Test
    void checked_unknownCode_listsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(MAPPING, "switch", true))
                .withMessageStartingWith(
                        "There is no data point switch in the mapping, only switch_1, temp_set, timer, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(DpMapping.of(Map.of()), "switch", true))
                .withMessage("The mapping has no data points, so there is no switch");
    }

    @Test
    void checked_possiblySecretValue_isNotQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(MAPPING, "label", "door-code-1234"))
                .withMessageNotContaining("1234");
    }

    @Test
    void checked_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> Command.checked(MAPPING, "switch_1", null));
        assertThatNullPointerException().isThrownBy(() -> Command.checked(null, "switch_1", true));
        assertThatNullPointerException().isThrownBy(() -> Command.checked(MAPPING, null, true));
        assertThatNullPointerException().isThrownBy(() -> Command.scaled(MAPPING, "temp_set", null));
    }

    @Test
    void scaled_realValue_isConvertedToRaw() {
        assertThat(Command.scaled(MAPPING, "temp_set", 21)).isEqualTo(Command.of("temp_set", 210L));
        assertThat(Command.scaled(MAPPING, "temp_set", 22.0)).isEqualTo(Command.of("temp_set", 220L));
        assertThat(Command.scaled(MAPPING, "temp_set", new BigDecimal("88.00")))
                .isEqualTo(Command.of("temp_set", 880L));
        assertThat(Command.scaled(MAPPING, "timer", 120)).isEqualTo(Command.of("timer", 120L));
        assertThat(Command.scaled(MAPPING, "upside_down", 5.5)).isEqualTo(Command.of("upside_down", 55L));
        assertThat(Command.scaled(MAPPING, "loose", 3)).isEqualTo(Command.of("loose", 3L));
    }

    @Test
    void scaled_roundTrip_isExact() {
        DataPointSpec spec = new DataPointSpec("x", 1, "Integer", "{\"scale\":3}");
        for (long raw = -2_000; raw <= 2_000; raw++) {
            BigDecimal real = spec.valueRange().orElseThrow().toReal(BigDecimal.valueOf(raw));
            assertThat(Command.scaled(mapping(spec), "x", real).value()).isEqualTo(raw);
            assertThat(Command.scaled(mapping(spec), "x", real.doubleValue()).value())
                    .isEqualTo(raw);
        }
    }

    @Test
    void scaled_invalidValue_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.scaled(MAPPING, "temp_set", 21.55))
                .withMessageEndingWith("and 21.55 would be the raw value 215.5");
        assertThatIllegalArgumentException().isThrownBy(() -> Command.scaled(MAPPING, "temp_set", 21.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.scaled(MAPPING, "temp_set", 90));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.scaled(MAPPING, "temp_set", Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.scaled(MAPPING, "temp_set", new BigDecimal("1E+999999999")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.scaled(MAPPING, "switch_1", 1))
                .withMessage(
                        "switch_1 is of type Boolean and takes true or false: Command.scaled converts numbers of type "
                                + "Integer only; Command.checked takes the value as it is");
    }

    @Test
    void checked_objectOrList_isNotNamedByItsClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(MAPPING, "switch_1", Map.of("on", true)))
                .withMessage("switch_1 takes true or false, not an object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.checked(MAPPING, "switch_1", List.of(true)))
                .withMessage("switch_1 takes true or false, not a list");
    }

    private static DpMapping mapping(DataPointSpec... specs) {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        for (DataPointSpec spec : specs) {
            dps.put(spec.mappingKey(), spec);
        }
        return DpMapping.of(dps);
    }
}

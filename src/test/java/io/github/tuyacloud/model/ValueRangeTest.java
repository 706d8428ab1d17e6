package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks raw values that are computed from a percentage of their range. */
class ValueRangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'min':10,'max':1000,'step':1|0|10",
                "'min':10,'max':1000,'step':1|40|406",
                "'min':10,'max':1000,'step':1|100|1000",
                "'min':10,'max':1000,'step':1|0.04|10",
                "'min':10,'max':1000,'step':1|0.06|11",
                "'min':0,'max':10|44.9|4",
                "'min':0,'max':10|45|5",
                "'min':0,'max':10,'step':0|45|5",
                "'min':0,'max':10,'step':-5|45|5",
                "'min':0,'max':10,'step':0.5|44|4",
                "'min':10,'max':1000,'step':100|40|410",
                "'min':0,'max':250,'step':100|88|200",
                "'min':0,'max':250,'step':100|91|250",
                "'min':0,'max':250,'step':100|100|250",
                "'min':0,'max':10,'step':100|49|0",
                "'min':0,'max':10,'step':100|50|10",
                "'min':-20,'max':50,'step':5|50|15",
                "'min':7,'max':7|30|7",
                "'min':-9223372036854775808,'max':9223372036854775807|100|9223372036854775807",
                "'min':-9223372036854775808,'max':9223372036854775807|50|0"
            })
    void atPercent_percentage_isTheNearestValidRawValue(String values, double percent, long raw) {
        DataPointSpec spec = spec(values);

        assertThat(spec.valueRange().orElseThrow().atPercent(percent)).isEqualTo(raw);
        assertThat(Command.checked(DpMapping.of(Map.of("1", spec)), "x", raw)).isEqualTo(Command.of("x", raw));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
    void atPercent_outOfRange_isRefused(double percent) {
        ValueRange range = spec("'min':0,'max':10").valueRange().orElseThrow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.atPercent(percent))
                .withMessage("percent must be from 0 to 100, not " + percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'min':0", "'max':10", "'step':1", "'min':100,'max':0"})
    void atPercent_withoutBounds_isRefused(String values) {
        ValueRange range = spec(values).valueRange().orElseThrow();

        assertThatIllegalStateException()
                .isThrownBy(() -> range.atPercent(50))
                .withMessageContaining("A percentage needs a minimum, and a maximum that is not below it");
    }

    @Test
    void atPercent_ofFractions_isRefused() {
        ValueRange fractions = spec("'min':0.5,'max':10").valueRange().orElseThrow();
        ValueRange huge = spec("'min':0,'max':1E+40").valueRange().orElseThrow();

        assertThatIllegalStateException()
                .isThrownBy(() -> fractions.atPercent(50))
                .withMessage("The range does not consist of whole numbers: from 0.5 to 10");
        assertThatIllegalStateException().isThrownBy(() -> huge.atPercent(50));
    }

    private static DataPointSpec spec(String values) {
        return new DataPointSpec("x", 1, "Integer", '{' + values.replace('\'', '"') + '}');
    }
}

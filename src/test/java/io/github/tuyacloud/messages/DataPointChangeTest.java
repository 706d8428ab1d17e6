package io.github.tuyacloud.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DpMapping;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks how a mapping describes a change. */
class DataPointChangeTest {

    private static final DpMapping MAPPING = DpMapping.of(Map.of(
            "20",
            new DataPointSpec("cur_voltage", 20, "Integer", "{\"unit\":\"V\",\"min\":0,\"max\":5000,\"scale\":1}")));

    @Test
    void describe_byCode_returnsNumberAndUnit() {
        assertThat(new DataPointChange("cur_voltage", null, 2230L, null, Map.of()).describe(MAPPING))
                .hasToString("cur_voltage (20): 223.0 V");
    }

    @Test
    void describe_withoutCode_usesTheDpId() {
        assertThat(new DataPointChange(null, 20, 2230L, null, Map.of())
                        .describe(MAPPING)
                        .number())
                .isEqualTo(new BigDecimal("223.0"));
    }

    @Test
    void describe_unknown_isPlain() {
        assertThat(new DataPointChange(null, 101, "on", null, Map.of())
                        .describe(MAPPING)
                        .spec())
                .isNull();
    }
}

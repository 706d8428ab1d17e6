package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value of a data point as a requested type. */
final class ReadValue {

    private ReadValue() {}

    static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(JsonValues.flag(value));
    }

    static @Nullable Long asLong(@Nullable Object value) {
        return JsonValues.wholeNumber(value);
    }

    static @Nullable BigDecimal asDecimal(@Nullable Object value) {
        return JsonValues.decimal(value);
    }

    static @Nullable String asText(@Nullable Object value) {
        return value instanceof Map || value instanceof List ? Json.write(value) : JsonValues.text(value);
    }
}

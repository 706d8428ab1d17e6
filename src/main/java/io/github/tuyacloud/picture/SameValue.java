package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DataPointType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares values by meaning: {@code 5} equals {@code "5"}, and a JSON string equals the object that it encodes. */
final class SameValue {

    /** The types whose values are compared as strings. */
    private static final Set<DataPointType> TEXTS = Set.of(DataPointType.STRING, DataPointType.ENUM, DataPointType.RAW);

    private SameValue() {}

    /** Returns whether two values of a data point have the same meaning, according to its specification if known. */
    static boolean same(@Nullable Object one, @Nullable Object other, @Nullable DataPointSpec spec) {
        if (Objects.equals(one, other)) {
            return true;
        }
        if (one == null || other == null) {
            return false;
        }
        if (spec != null && TEXTS.contains(spec.dataType())) {
            return one.toString().equals(other.toString());
        }
        if (one instanceof Boolean || other instanceof Boolean) {
            return Objects.equals(JsonValues.flag(one), JsonValues.flag(other));
        }
        BigDecimal number = JsonValues.decimal(one);
        BigDecimal otherNumber = JsonValues.decimal(other);
        if (number != null && otherNumber != null) {
            return number.compareTo(otherNumber) == 0;
        }
        return isContainer(one) && isContainer(other) && sameTree(parsed(one), parsed(other));
    }

    private static boolean isContainer(Object value) {
        return value instanceof Map
                || value instanceof List
                || value instanceof String text && (text.startsWith("{") || text.startsWith("["));
    }

    private static @Nullable Object parsed(Object value) {
        if (!(value instanceof String text)) {
            return JsonValues.normalize(value);
        }
        try {
            return Json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | MalformedJsonException e) {
            return text;
        }
    }

    private static boolean sameTree(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.keySet().equals(otherMap.keySet())
                    && map.keySet().stream().allMatch(key -> sameTree(map.get(key), otherMap.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            if (list.size() != otherList.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!sameTree(list.get(i), otherList.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one instanceof Map || one instanceof List || other instanceof Map || other instanceof List
                ? false
                : same(one, other, null);
    }
}

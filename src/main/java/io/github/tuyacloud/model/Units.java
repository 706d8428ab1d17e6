package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes the spelling of units: {@code °C} for {@code ℃}, {@code s} for {@code 秒}.
 *
 * <p>Only complete units are replaced; the letters c and f in {@code pcs} and {@code cfm} are kept.
 */
final class Units {

    private static final Map<String, String> SPELLINGS = Map.of("℃", "°C", "c", "°C", "℉", "°F", "f", "°F", "秒", "s");

    private Units() {}

    /** Returns the value with a normalized {@code unit}; the value itself if nothing changes. */
    static @Nullable Object normalize(@Nullable Object values) {
        if (!(values instanceof JsonObject object)
                || !(object.get("unit") instanceof String unit)
                || !SPELLINGS.containsKey(unit.strip())) {
            return values;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        copy.put("unit", SPELLINGS.get(unit.strip()));
        return JsonObject.copyOf(copy);
    }

    /** Returns the JSON text with a normalized unit; the text itself if nothing changes. */
    static @Nullable String normalizeText(@Nullable String values) {
        Object parsed = Values.parsedOrText(values);
        Object normalized = normalize(parsed);
        return normalized == parsed ? values : Json.write(normalized);
    }
}

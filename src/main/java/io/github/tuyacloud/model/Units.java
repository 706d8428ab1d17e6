package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spells units the common way: {@code °C} for {@code ℃}, {@code s} for {@code 秒}.
 *
 * <p>Only a complete unit is replaced; the letters c and f inside {@code pcs} or {@code cfm} are kept.
 */
final class Units {

    private static final Map<String, String> SPELLINGS = Map.of("℃", "°C", "c", "°C", "℉", "°F", "f", "°F", "秒", "s");

    private Units() {}

    /** Returns the value with its {@code unit} spelled the common way; the value itself if there is nothing to change. */
    static @Nullable Object normalize(@Nullable Object values) {
        if (!(values instanceof JsonObject object)
                || !(object.get("unit") instanceof String unit)
                || !SPELLINGS.containsKey(unit)) {
            return values;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        copy.put("unit", SPELLINGS.get(unit));
        return JsonObject.copyOf(copy);
    }

    /** Returns the JSON text with its unit spelled the common way; the text itself if there is nothing to change. */
    static @Nullable String normalizeText(@Nullable String values) {
        Object parsed = Values.parsedOrText(values);
        Object normalized = normalize(parsed);
        return normalized == parsed ? values : Json.write(normalized);
    }
}

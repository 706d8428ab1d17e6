package io.github.tuyacloud.model;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spells units the way people outside the cloud do: {@code °C} for {@code ℃}, {@code s} for {@code 秒}.
 *
 * <p>Only a whole unit is replaced; the letters c and f inside {@code pcs} or {@code cfm} stay.
 */
final class Units {

    private static final Map<String, String> SPELLINGS = Map.of("℃", "°C", "c", "°C", "℉", "°F", "f", "°F", "秒", "s");

    private Units() {}

    /** The same value with its {@code unit} respelled, if it is an object with such a unit; else the value itself. */
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

    /** The same JSON text, rewritten only if its unit has another spelling. */
    static @Nullable String normalizeText(@Nullable String values) {
        Object parsed = Values.parsedOrText(values);
        Object normalized = normalize(parsed);
        return normalized == parsed ? values : Json.write(normalized);
    }
}

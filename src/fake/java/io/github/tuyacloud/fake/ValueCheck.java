package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Checks whether a data point accepts a value, and converts it to the form in which it is kept. */
final class ValueCheck {
    private ValueCheck() {}

    /** Returns the value as the cloud keeps and shows it; one that does not fit is refused. */
    static JsonNode accept(FakeDataPoint point, JsonNode value) {
        JsonNode limits = Json.parse(point.values()).orElseGet(Json::object);
        if (limits.path("type").asText().equals("Integer")) {
            return acceptInfrared(limits, value);
        }
        boolean fits =
                switch (point.type().toLowerCase(Locale.ROOT)) {
                    case "boolean" -> value.isBoolean();
                    case "integer" -> fitsRange(limits, value);
                    case "enum" -> isOneOf(limits.path("range"), value);
                    case "string", "raw" ->
                        value.isTextual() && value.textValue().length() <= maxLength(limits);
                    case "bitmap" -> value.isIntegralNumber() && value.longValue() >= 0;
                    case "json" -> fitsMembers(limits, parsed(value));
                    default -> true;
                };
        if (!fits) {
            throw Refusal.notSupportedValue();
        }
        // Objects are read as JSON text, in whichever form they were sent.
        return value.isObject() ? Json.tree(Json.text(value)) : value;
    }

    /** Returns the text of a number: infrared devices accept it as a number or as text and keep it as text. */
    private static JsonNode acceptInfrared(JsonNode limits, JsonNode value) {
        if (!fitsRange(limits, parsed(value))) {
            throw Refusal.notSupportedValue();
        }
        return Json.tree(value.asText());
    }

    private static JsonNode parsed(JsonNode value) {
        return value.isTextual() ? Json.parse(value.textValue()).orElse(value) : value;
    }

    private static boolean fitsMembers(JsonNode limits, JsonNode value) {
        if (!value.isObject()) {
            return false;
        }
        return value.properties().stream()
                .filter(member -> limits.path(member.getKey()).has("min"))
                .allMatch(member -> fitsRange(limits.path(member.getKey()), member.getValue()));
    }

    private static boolean fitsRange(JsonNode limits, JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= limits.path("min").asLong(Long.MIN_VALUE)
                && value.longValue() <= limits.path("max").asLong(Long.MAX_VALUE);
    }

    private static boolean isOneOf(JsonNode range, JsonNode value) {
        for (JsonNode allowed : range) {
            if (allowed.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static int maxLength(JsonNode limits) {
        return limits.path("maxlen").asInt(Integer.MAX_VALUE);
    }
}

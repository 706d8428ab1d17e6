package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Applies those {@link Quirk}s that change the form of all responses. */
final class QuirkyResponses {
    private static final Set<String> TIMES = Set.of("active_time", "create_time", "update_time", "event_time", "time");
    private static final Set<String> MORE = Set.of("has_more", "has_next");
    private static final Set<String> LISTS_OF_DEVICES = Set.of(
            "/v1.0/iot-01/associated-users/devices",
            "/v1.0/users/{uid}/devices",
            "/v1.0/homes/{home_id}/devices",
            "/v1.0/homes/{home_id}/rooms/{room_id}/devices");
    private static final Map<Integer, String> WORDS =
            Map.of(1106, "DEVICE_NOT_EXIST_V2", 1004, "SING_VALIDATE_FALED_4");

    private final Quirks quirks;

    QuirkyResponses(Quirks quirks) {
        this.quirks = quirks;
    }

    /** Rewrites the envelope of a response. */
    void rewrite(String template, ObjectNode envelope) {
        if (!quirks.any()) {
            return;
        }
        if (envelope.has("result")) {
            envelope.set("result", result(template, envelope.get("result").deepCopy()));
        }
        if (envelope.has("code")) {
            refusal(template, envelope);
        }
        if (quirks.has(Quirk.NUMBERS_AS_TEXTS)) {
            numbersAsTexts(envelope);
        }
    }

    private JsonNode result(String template, JsonNode result) {
        if (quirks.has(Quirk.CATEGORY_ONLY_SPECIFICATIONS)
                && SpecificationEndpoints.covers(template)
                && result instanceof ObjectNode specification) {
            specification.retain("category");
        }
        if (quirks.has(Quirk.LISTS_WITHOUT_STATUS) && LISTS_OF_DEVICES.contains(template)) {
            result.findParents("status").forEach(device -> ((ObjectNode) device).remove("status"));
        }
        if (quirks.has(Quirk.NULL_VALUES) && SpecificationEndpoints.covers(template)) {
            result.findParents("values").forEach(point -> ((ObjectNode) point).putNull("values"));
        }
        rewriteFields(result);
        return result;
    }

    private void rewriteFields(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (String name : List.copyOf(names(object))) {
                rewriteField(object, name, object.get(name));
            }
        }
        tree.forEach(this::rewriteFields);
    }

    private void rewriteField(ObjectNode object, String name, JsonNode value) {
        if (quirks.has(Quirk.ZERO_TIMES) && TIMES.contains(name) && value.isNumber()) {
            object.set(name, IntNode.valueOf(0));
        }
        if (quirks.has(Quirk.EMPTY_LOCAL_KEYS) && name.equals("local_key")) {
            object.put(name, "");
        }
        if (quirks.has(Quirk.MISSING_HAS_MORE) && MORE.contains(name) && !value.booleanValue()) {
            object.remove(name);
        }
        if (quirks.has(Quirk.NULL_LISTS) && value instanceof ArrayNode list && list.isEmpty()) {
            object.set(name, NullNode.getInstance());
        }
    }

    private void refusal(String template, ObjectNode envelope) {
        JsonNode code = envelope.get("code");
        String word = WORDS.get(code.intValue());
        if (quirks.has(Quirk.WORD_CODES) && word != null) {
            code = TextNode.valueOf(word);
            envelope.set("code", code);
        }
        if (quirks.has(Quirk.OTHER_CODE_NAMES)) {
            boolean camel = template.startsWith("/v2.0");
            envelope.set(camel ? "errorCode" : "error_code", code);
            envelope.set(camel ? "errorMsg" : "error_msg", envelope.get("msg"));
            envelope.remove(List.of("code", "msg"));
        }
    }

    /**
     * Turns numbers into texts, except values of data points, which are always numbers in the real cloud's responses.
     */
    private static void numbersAsTexts(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (String name : List.copyOf(names(object))) {
                JsonNode value = object.get(name);
                if (value.isNumber() && !name.equals("value")) {
                    object.put(name, value.asText());
                } else if (value.isTextual() && (name.equals("values") || name.equals("model"))) {
                    Json.parse(value.textValue())
                            .filter(JsonNode::isContainerNode)
                            .ifPresent(inner -> {
                                numbersAsTexts(inner);
                                object.put(name, Json.text(inner));
                            });
                }
            }
        }
        tree.forEach(QuirkyResponses::numbersAsTexts);
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}

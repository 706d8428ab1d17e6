package io.github.tuyacloud.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts plain values to JSON and back, so that no public signature of this package has a Jackson type. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Returns the tree of a plain value; a tree stays unchanged. */
    static JsonNode tree(@Nullable Object value) {
        JsonNode tree = MAPPER.valueToTree(value);
        return tree == null ? JsonNodeFactory.instance.nullNode() : tree;
    }

    /**
     * Returns the plain value of a tree, of the types that the library uses: Boolean, Long, BigInteger beyond it,
     * BigDecimal, String, Map, List or null.
     */
    static @Nullable Object plain(JsonNode tree) {
        if (tree.isObject()) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            tree.properties().forEach(member -> object.put(member.getKey(), plain(member.getValue())));
            return object;
        }
        if (tree.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            tree.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (tree.isIntegralNumber()) {
            return tree.canConvertToLong() ? (Object) tree.longValue() : tree.bigIntegerValue();
        }
        if (tree.isNumber()) {
            return tree.decimalValue();
        }
        return MAPPER.convertValue(tree, Object.class);
    }

    /** Returns the tree of a text, empty if the text is not JSON. */
    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode tree = MAPPER.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}

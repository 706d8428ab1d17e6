package io.github.tuyacloud.robustness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Corrupts the values, members, nesting or bytes of a body; the same way for the same seed. */
final class Mutator {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Replacements for any value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "1.5",
            "1e400",
            "-1e-400",
            "1e99999",
            "1e9999999999",
            "-0",
            "007",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1" + "0".repeat(900),
            "\"\"",
            "\" \"",
            "\"true\"",
            "\"1e999\"",
            "\"\\ud800\"",
            "\"\\udc00x\\u0000\"",
            "\"../..\"",
            "\"a/b?c#d\"",
            "\"%2e%2e\"",
            "\"\u00e4\u2103\ud83d\ude00\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"{\\\"min\\\":1e9999,\\\"max\\\":{}}\"",
            "\"[1,2\"",
            "{}",
            "[]",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"\":null}",
            "{\"id\":{}}",
            "{\"id\":1}",
            "NaN",
            "'x'",
            "[".repeat(250) + "]".repeat(250),
            "\"\\u005c\"",
            "1721376000",
            "1721376000000",
            "-62167219200001");

    private static final List<String> NAMES = List.of(
            "success",
            "code",
            "msg",
            "t",
            "tid",
            "result",
            "id",
            "uid",
            "devices",
            "list",
            "logs",
            "has_more",
            "has_next",
            "last_row_key",
            "next_row_key",
            "values",
            "functions",
            "status",
            "dp_id",
            "type",
            "product_id",
            "local_key",
            "online",
            "mapping",
            "event_time",
            "event_id",
            "value",
            "category",
            "");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] body) {
        byte[] spoilt = body;
        for (int i = random.nextInt(3); i >= 0; i--) {
            spoilt = random.nextInt(4) == 0 ? textually(spoilt) : structurally(spoilt);
        }
        return spoilt;
    }

    private byte[] textually(byte[] body) {
        if (body.length < 2) {
            return body;
        }
        byte[] copy = body.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(4)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(copy, at);
            default -> {
                int length = Math.min(copy.length - at, 1 + random.nextInt(20));
                System.arraycopy(body, random.nextInt(copy.length - length + 1), copy, at, length);
            }
        }
        return copy;
    }

    /** Replaces a value in the text itself, to produce JSON that no library would write. */
    private byte[] structurally(byte[] body) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return textually(body);
        }
        List<JsonNode> inner = new ArrayList<>();
        collect(tree, inner, 0);
        if (inner.isEmpty()) {
            return pick(VALUES).getBytes(StandardCharsets.UTF_8);
        }
        String mark = "@@" + random.nextInt() + "@@";
        String value = change(inner.get(random.nextInt(inner.size())), mark);
        return tree.toString().replace("\"" + mark + "\"", value).getBytes(StandardCharsets.UTF_8);
    }

    /** Puts the marker somewhere into a container, and returns its replacement. */
    private String change(JsonNode node, String mark) {
        if (node instanceof ArrayNode array) {
            int at = array.isEmpty() ? 0 : random.nextInt(array.size());
            if (random.nextBoolean() && !array.isEmpty()) {
                String old = array.get(at).toString();
                array.set(at, mark);
                return reshape(old);
            }
            array.insert(at, mark);
            return pick(VALUES);
        }
        ObjectNode object = (ObjectNode) node;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() || random.nextInt(6) == 0 ? pick(NAMES) : pick(names);
        if (random.nextInt(6) == 0) {
            object.remove(name);
            return "";
        }
        String old = object.has(name) ? object.get(name).toString() : "1";
        object.put(name, mark);
        return switch (random.nextInt(5)) {
            case 0 -> reshape(old);
            // A duplicate name; the last one counts.
            case 1 -> old + ",\"" + name + "\":" + pick(VALUES);
            default -> pick(VALUES);
        };
    }

    private String reshape(String old) {
        return switch (random.nextInt(5)) {
            case 0 -> "[" + old + "]";
            case 1 -> "{\"" + pick(NAMES) + "\":" + old + "}";
            case 2 -> old + "," + old;
            case 3 -> MAPPER.getNodeFactory().textNode(old).toString();
            default -> pick(VALUES);
        };
    }

    private static void collect(JsonNode node, List<JsonNode> into, int depth) {
        if (node.isContainerNode() && depth < 50) {
            into.add(node);
            node.forEach(child -> collect(child, into, depth + 1));
        }
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}

package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of JSON tokens into plain, unmodifiable Java values in a single pass.
 *
 * <p>A body of a few kilobytes can unfold to millions of objects, each many times as large as its text. So values are counted.
 */
final class PlainReader {

    /** The longest body that is accepted holds fewer ordinary values; of the smallest ones it could hold five million. */
    private static final int MAX_VALUES = 1_500_000;

    /** Objects and lists that are not empty. They cost most, and again when they become devices or log entries. */
    private static final int MAX_CONTAINERS = 300_000;

    private final JsonParser parser;
    private final NameTree tree = new NameTree();
    private int values;
    private int containers;

    /** The values of all objects and lists that have begun and not ended. */
    private @Nullable Object[] stack = new Object[64];

    private int depth;

    PlainReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value at the parser's current token. If a name occurs twice, the last value counts, as in Python. */
    @Nullable
    Object read() throws IOException, MalformedJsonException {
        if (++values > MAX_VALUES) {
            throw new MalformedJsonException("JSON of more than " + MAX_VALUES + " values");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> readInteger();
            case VALUE_NUMBER_FLOAT -> readDecimal();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected token");
        };
    }

    private JsonObject readObject() throws IOException, MalformedJsonException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return JsonObject.EMPTY;
        }
        countContainer();
        int start = depth;
        NameTree.Node node = tree.root();
        do {
            if (node.depth() == NameTree.MAX_DEPTH || !tree.hasRoom()) {
                return readUnshared(start, node);
            }
            String name = parser.currentName();
            parser.nextToken();
            Object value = read();
            NameTree.Node next = node.next(name);
            if (next == null) {
                stack[start + node.positionOf(name)] = value;
            } else {
                push(value);
                node = next;
            }
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        return new JsonObject(node.names(), pop(start));
    }

    /** Reads the rest of an object that is at a name, and keeps its names for it alone. */
    private JsonObject readUnshared(int start, NameTree.Node node) throws IOException, MalformedJsonException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        MemberNames names = node.names();
        @Nullable Object[] first = pop(start);
        for (int i = 0; i < first.length; i++) {
            members.put(names.get(i), first[i]);
        }
        do {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read());
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        return JsonObject.copyOf(members);
    }

    private JsonList readArray() throws IOException, MalformedJsonException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return JsonList.EMPTY;
        }
        countContainer();
        int start = depth;
        do {
            push(read());
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return new JsonList(pop(start));
    }

    private void push(@Nullable Object value) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
        }
        stack[depth++] = value;
    }

    private @Nullable Object[] pop(int start) {
        @Nullable Object[] popped = Arrays.copyOfRange(stack, start, depth);
        Arrays.fill(stack, start, depth, null);
        depth = start;
        return popped;
    }

    private void countContainer() throws MalformedJsonException {
        if (++containers > MAX_CONTAINERS) {
            throw new MalformedJsonException("JSON of more than " + MAX_CONTAINERS + " objects and lists");
        }
    }

    private Object readInteger() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private BigDecimal readDecimal() throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            // Jackson accepts exponents that Java cannot represent.
            throw new JsonParseException(parser, "number out of range");
        }
    }
}

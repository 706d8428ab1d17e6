package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of JSON tokens into plain, unmodifiable Java values in a single pass.
 *
 * <p>A body of a few kilobytes can unfold to millions of objects, each many times as large as its text. So values are counted.
 *
 * <p>It loops instead of calling itself: the JVM inlines such calls into each other, and took so long to compile the result that
 * a program's first ten thousand calls were slower by a fifth.
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

    /** Containers by depth, each used again for the next one of its depth. */
    private final List<Container> open = new ArrayList<>(8);

    private int depth;

    /** The values of all containers that have begun and not ended. */
    private @Nullable Object[] stack = new Object[16];

    private int size;

    /** An object or list that has begun and not ended. */
    private static final class Container {

        /** Where its values begin on the stack. */
        private int start;

        /** The names so far; null for a list. */
        private NameTree.@Nullable Node names;

        /** The members of an object whose names are not shared. */
        private @Nullable Map<String, @Nullable Object> unshared;

        /** The name of the member being read. */
        private String name = "";
    }

    PlainReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value at the parser's current token. If a name occurs twice, the last value counts, as in Python. */
    @Nullable
    Object read() throws IOException, MalformedJsonException {
        while (true) {
            if (++values > MAX_VALUES) {
                throw new MalformedJsonException("JSON of more than " + MAX_VALUES + " values");
            }
            JsonToken token = parser.currentToken();
            @Nullable Object value;
            if (token == JsonToken.START_OBJECT) {
                if (parser.nextToken() != JsonToken.END_OBJECT) {
                    begin(tree.root());
                    continue;
                }
                value = JsonObject.EMPTY;
            } else if (token == JsonToken.START_ARRAY) {
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    begin(null);
                    continue;
                }
                value = JsonList.EMPTY;
            } else {
                value = scalar(token);
            }
            while (depth > 0 && !hasNext(open.get(depth - 1), value)) {
                value = end(open.get(depth - 1));
            }
            if (depth == 0) {
                return value;
            }
        }
    }

    private @Nullable Object scalar(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> readInteger();
            case VALUE_NUMBER_FLOAT -> readDecimal();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected token");
        };
    }

    /** Begins a container that is not empty, and moves the parser to its first value. */
    private void begin(NameTree.@Nullable Node names) throws IOException, MalformedJsonException {
        if (++containers > MAX_CONTAINERS) {
            throw new MalformedJsonException("JSON of more than " + MAX_CONTAINERS + " objects and lists");
        }
        if (depth == open.size()) {
            open.add(new Container());
        }
        Container container = open.get(depth++);
        container.start = size;
        container.names = names;
        container.unshared = null;
        if (names != null) {
            readName(container);
        }
    }

    /** Adds a value to a container, and moves the parser to the next one; returns false at the container's end. */
    private boolean hasNext(Container container, @Nullable Object value) throws IOException {
        NameTree.Node names = container.names;
        if (names == null) {
            push(value);
            return parser.nextToken() != JsonToken.END_ARRAY;
        }
        if (container.unshared != null) {
            container.unshared.put(container.name, value);
        } else {
            NameTree.Node next = names.next(container.name);
            if (next == null) {
                stack[container.start + names.positionOf(container.name)] = value;
            } else {
                push(value);
                container.names = next;
            }
        }
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return false;
        }
        readName(container);
        return true;
    }

    private @Nullable Object end(Container container) {
        depth--;
        if (container.unshared != null) {
            return JsonObject.copyOf(container.unshared);
        }
        @Nullable Object[] own = pop(container.start);
        return container.names == null ? new JsonList(own) : new JsonObject(container.names.names(), own);
    }

    private void readName(Container container) throws IOException {
        NameTree.Node names = container.names;
        if (container.unshared == null && names != null && (names.depth() == NameTree.MAX_DEPTH || !tree.hasRoom())) {
            container.unshared = unshare(container.start, names.names());
        }
        container.name = parser.currentName();
        parser.nextToken();
    }

    /** Returns the members so far of an object that keeps its names for itself from here on. */
    private Map<String, @Nullable Object> unshare(int start, MemberNames names) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        @Nullable Object[] first = pop(start);
        for (int i = 0; i < first.length; i++) {
            members.put(names.get(i), first[i]);
        }
        return members;
    }

    private void push(@Nullable Object value) {
        if (size == stack.length) {
            stack = Arrays.copyOf(stack, 2 * size);
        }
        stack[size++] = value;
    }

    private @Nullable Object[] pop(int start) {
        @Nullable Object[] popped = Arrays.copyOfRange(stack, start, size);
        Arrays.fill(stack, start, size, null);
        size = start;
        return popped;
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

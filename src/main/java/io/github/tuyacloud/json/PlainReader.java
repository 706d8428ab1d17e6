package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of JSON tokens into plain, unmodifiable Java values in a single pass.
 *
 * <p>Values are counted, because a compressed body of a few kilobytes can expand to millions of objects, each much
 * larger than its text.
 *
 * <p>The parser is one loop with a single call site of {@code nextToken}, on purpose: the JVM inlines that large method
 * at every call site, and compiling a recursive version made a program's first calls 20 % slower.
 */
final class PlainReader {

    /**
     * More than the ordinary values in the largest accepted body, which could hold five million of the smallest ones.
     */
    static final int MAX_VALUES = 1_500_000;

    /**
     * The maximum number of non-empty objects and lists, which take the most memory, here and later as devices or log
     * entries.
     */
    private static final int MAX_CONTAINERS = 300_000;

    private final JsonParser parser;
    private final int maxValues;
    private final @Nullable NameIndex shared;
    private final NameTree tree = new NameTree();
    private int values;
    private int containers;

    /** One container for each depth, reused. */
    private final List<Container> open = new ArrayList<>(8);

    private int depth;

    /** The values of all open containers. */
    private @Nullable Object[] stack = new Object[16];

    private int size;

    /** An open object or list. */
    private static final class Container {

        /** The position of its first value on the stack. */
        private int start;

        /** The names so far; null for a list. */
        private NameTree.@Nullable Node names;

        /** The names of an object that does not share them; null while they are shared. */
        private @Nullable NameIndex unshared;

        /** The name of the member being read. */
        private String name = "";
    }

    /**
     * Creates a reader.
     *
     * @param names deduplicates the strings of names if the parser does not; else null
     */
    PlainReader(JsonParser parser, int maxValues, @Nullable NameIndex names) {
        this.parser = parser;
        this.maxValues = maxValues;
        this.shared = names;
    }

    /** Reads the value at the parser's current token. If a name occurs twice, the last value wins, as in Python. */
    @Nullable
    Object read() throws IOException, MalformedJsonException {
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token.id()) {
                case JsonTokenId.ID_FIELD_NAME -> readName(open.get(depth - 1));
                case JsonTokenId.ID_START_OBJECT -> begin(tree.root());
                case JsonTokenId.ID_START_ARRAY -> begin(null);
                default -> {
                    @Nullable Object value = token.isStructEnd() ? end(open.get(--depth)) : scalar(token);
                    if (depth == 0) {
                        return value;
                    }
                    add(open.get(depth - 1), value);
                }
            }
            token = parser.nextToken();
        }
    }

    private void begin(NameTree.@Nullable Node names) throws MalformedJsonException {
        countValue();
        if (depth == open.size()) {
            open.add(new Container());
        }
        Container container = open.get(depth++);
        container.start = size;
        container.names = names;
        container.unshared = null;
    }

    private void readName(Container container) throws IOException {
        NameTree.Node names = container.names;
        if (container.unshared == null && names != null && (names.depth() == NameTree.MAX_DEPTH || !tree.hasRoom())) {
            container.unshared = unshare(names.names());
        }
        String name = parser.currentName();
        container.name = shared == null ? name : shared.get(shared.add(name));
    }

    private @Nullable Object scalar(JsonToken token) throws IOException, MalformedJsonException {
        countValue();
        return switch (token.id()) {
            case JsonTokenId.ID_STRING -> parser.getText();
            case JsonTokenId.ID_NUMBER_INT -> readInteger();
            case JsonTokenId.ID_NUMBER_FLOAT -> readDecimal();
            case JsonTokenId.ID_TRUE -> Boolean.TRUE;
            case JsonTokenId.ID_FALSE -> Boolean.FALSE;
            case JsonTokenId.ID_NULL -> null;
            default -> throw new IOException("unexpected token");
        };
    }

    private void add(Container container, @Nullable Object value) throws MalformedJsonException {
        NameIndex own = container.unshared;
        if (own != null) {
            int position = own.add(container.name);
            if (container.start + position < size) {
                stack[container.start + position] = value;
            } else {
                push(value);
            }
            return;
        }
        if (size == container.start && ++containers > MAX_CONTAINERS) {
            throw new MalformedJsonException("JSON with more than " + MAX_CONTAINERS + " objects and lists");
        }
        NameTree.Node names = container.names;
        NameTree.Node next = names == null ? null : names.next(container.name);
        if (names != null && next == null) {
            stack[container.start + names.positionOf(container.name)] = value;
        } else {
            push(value);
            container.names = next;
        }
    }

    private Object end(Container container) {
        boolean empty = size == container.start;
        @Nullable Object[] own = pop(container.start);
        if (container.unshared != null) {
            return empty ? JsonObject.EMPTY : new JsonObject(new MemberNames(container.unshared.toArray()), own);
        }
        if (container.names == null) {
            return empty ? JsonList.EMPTY : new JsonList(own);
        }
        return empty ? JsonObject.EMPTY : new JsonObject(container.names.names(), own);
    }

    private void countValue() throws MalformedJsonException {
        if (++values > maxValues) {
            throw new MalformedJsonException("JSON with more than " + maxValues + " values");
        }
    }

    /** Returns a modifiable copy of the names for an object that stops sharing them. */
    private static NameIndex unshare(MemberNames names) {
        NameIndex own = new NameIndex(names.size());
        for (int i = 0; i < names.size(); i++) {
            own.add(names.get(i));
        }
        return own;
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

    /**
     * Returns a number, or its text if Java cannot represent the exponent: one absurd number must not make a response
     * unreadable.
     */
    private Object readDecimal() throws IOException {
        try {
            BigDecimal value = parser.getDecimalValue();
            // Newer JDKs accept one more exponent, whose negation overflows.
            return value.scale() == Integer.MIN_VALUE ? parser.getText() : value;
        } catch (NumberFormatException e) {
            return parser.getText();
        }
    }
}

package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of JSON tokens into plain, unmodifiable Java values in a single pass.
 *
 * <p>A body of a few kilobytes can unfold to millions of objects, each many times as large as its text; so values are
 * counted, and what has at most one member takes no more room than it needs.
 */
final class PlainReader {

    /** Of ordinary objects the longest body that is read at all holds fewer; of the smallest ones it could hold five million. */
    private static final int MAX_VALUES = 1_500_000;

    /** Objects and lists that are not empty, which cost most, and again when they become devices or log entries. */
    private static final int MAX_CONTAINERS = 300_000;

    private final JsonParser parser;
    private int values;
    private int containers;

    PlainReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value at the parser's current token; of a name given twice the last value counts, as in Python. */
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
        String first = parser.currentName();
        parser.nextToken();
        Object firstValue = read();
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return new JsonObject(Collections.singletonMap(first, firstValue));
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(first, firstValue);
        do {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read());
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        return new JsonObject(members);
    }

    private List<@Nullable Object> readArray() throws IOException, MalformedJsonException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return Collections.emptyList();
        }
        countContainer();
        Object first = read();
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return Collections.singletonList(first);
        }
        List<@Nullable Object> items = new ArrayList<>();
        items.add(first);
        do {
            items.add(read());
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return Collections.unmodifiableList(items);
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
            // An exponent beyond what Java counts in; Jackson lets this one through.
            throw new JsonParseException(parser, "number out of range");
        }
    }
}

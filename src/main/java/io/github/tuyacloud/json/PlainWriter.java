package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as JSON. Maps with string keys, lists, strings, integers and booleans are written in a single pass;
 * everything else is left to Jackson, with the same result. A program's first commands are faster that way, because
 * Jackson's serializers are much code for the JVM to compile.
 *
 * <p>Each instance writes one value.
 */
final class PlainWriter {

    private final JsonGenerator generator;
    private final ValueWalker limits = new ValueWalker();

    PlainWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /**
     * Writes a value.
     *
     * @param depth the number of maps and lists around it
     * @throws IllegalArgumentException if the value is nested too deeply or is too large
     */
    void write(@Nullable Object value, int depth) throws IOException {
        if (value instanceof JsonObject object) {
            limits.count(value, depth);
            writeObject(object, depth);
        } else if (value instanceof Map<?, ?> map && isPlain(map) && hasStringKeys(map)) {
            limits.count(value, depth);
            writeMap(map, depth);
        } else if (value instanceof Collection<?> items && isPlain(items)) {
            limits.count(value, depth);
            writeItems(items, depth);
        } else {
            limits.isFinite(value, depth); // throws if a limit is exceeded
            writeScalar(value);
        }
    }

    /** Returns whether Jackson would write a map or collection as such: other classes may be annotated. */
    private static boolean isPlain(Object container) {
        return container instanceof JsonList || container.getClass().getName().startsWith("java.util.");
    }

    private static boolean hasStringKeys(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }

    private void writeObject(JsonObject object, int depth) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < object.size(); i++) {
            writeMember(object.nameAt(i), object.valueAt(i), depth);
        }
        generator.writeEndObject();
    }

    private void writeMap(Map<?, ?> map, int depth) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            writeMember((String) member.getKey(), member.getValue(), depth);
        }
        generator.writeEndObject();
    }

    private void writeMember(String name, @Nullable Object value, int depth) throws IOException {
        limits.count(name, depth);
        generator.writeFieldName(name);
        write(value, depth + 1);
    }

    private void writeItems(Collection<?> items, int depth) throws IOException {
        generator.writeStartArray();
        for (Object item : items) {
            write(item, depth + 1);
        }
        generator.writeEndArray();
    }

    private void writeScalar(@Nullable Object value) throws IOException {
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else {
            generator.writeObject(value);
        }
    }
}

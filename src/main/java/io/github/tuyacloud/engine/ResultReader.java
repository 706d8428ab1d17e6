package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts a successful response to the return value of a call. A result of an unexpected form makes the response
 * unusable; it is never read as an empty value.
 *
 * @param <T> the return type of the call
 */
@FunctionalInterface
public interface ResultReader<T> {

    /**
     * Reads a response.
     *
     * @param response a response with {@code success=true}
     * @return the return value of the call
     * @throws IllegalArgumentException if the response is unusable; the message says why without quoting it
     */
    T read(Envelope response);

    /**
     * Returns a reader for results that must be an object.
     *
     * @param reader reads the object
     * @param <T> the return type of the call
     * @return a new reader
     */
    static <T> ResultReader<T> object(Function<Map<String, @Nullable Object>, ? extends T> reader) {
        return response -> reader.apply(objectIn(response));
    }

    /**
     * Returns the result of a response as an object.
     *
     * @param response a response with {@code success=true}
     * @return the result
     * @throws IllegalArgumentException if the result is not an object
     */
    static Map<String, @Nullable Object> objectIn(Envelope response) {
        Map<String, @Nullable Object> object = JsonValues.object(response.result());
        if (object == null) {
            throw new IllegalArgumentException("the result is not an object");
        }
        return object;
    }

    /**
     * Returns a reader for results that must be a list.
     *
     * @param reader reads the list
     * @param <T> the return type of the call
     * @return a new reader
     */
    static <T> ResultReader<T> list(Function<List<?>, ? extends T> reader) {
        return response -> reader.apply(listIn(response));
    }

    /**
     * Returns the result of a response as a list.
     *
     * @param response a response with {@code success=true}
     * @return the result
     * @throws IllegalArgumentException if the result is not a list
     */
    static List<?> listIn(Envelope response) {
        return listIn(response, List.of());
    }

    /**
     * Returns the result of a response as a list, which may also be a member of the result: the cloud uses both forms
     * for some calls.
     *
     * @param response a response with {@code success=true}
     * @param names the possible names of the list within an object; the first one present is used
     * @return the list
     * @throws IllegalArgumentException if the result is neither a list nor an object with such a list
     */
    static List<?> listIn(Envelope response, List<String> names) {
        if (response.result() instanceof List<?> list) {
            return list;
        }
        Map<String, @Nullable Object> object = JsonValues.object(response.result());
        for (String name : names) {
            if (object != null && object.get(name) instanceof List<?> list) {
                return list;
            }
        }
        throw new IllegalArgumentException("the result is not a list");
    }

    /**
     * Returns a reader for results that must be true or false.
     *
     * @return a new reader
     */
    static ResultReader<Boolean> flag() {
        return response -> {
            Boolean flag = JsonValues.flag(response.result());
            if (flag == null) {
                throw new IllegalArgumentException("the result is neither true nor false");
            }
            return flag;
        };
    }
}

package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads results as the shape that a call promises; another shape is an answer that cannot be used, never an empty value. */
final class Results {

    private Results() {}

    /** Reads a result that must be an object. */
    static <T> T object(
            ApiRequest request, Envelope envelope, Function<Map<String, @Nullable Object>, ? extends T> reader) {
        Map<String, @Nullable Object> object = JsonValues.object(envelope.result());
        if (object == null) {
            throw unusable(request, envelope, "the result is not an object");
        }
        return read(request, envelope, () -> reader.apply(object));
    }

    /** Reads a result that must be a list. */
    static <T> T list(ApiRequest request, Envelope envelope, Function<List<?>, ? extends T> reader) {
        if (!(envelope.result() instanceof List<?> list)) {
            throw unusable(request, envelope, "the result is not a list");
        }
        return read(request, envelope, () -> reader.apply(list));
    }

    /** Reads a result that must be true or false. */
    static boolean flag(ApiRequest request, Envelope envelope) {
        Boolean flag = JsonValues.flag(envelope.result());
        if (flag == null) {
            throw unusable(request, envelope, "the result is neither true nor false");
        }
        return flag;
    }

    /** Returns a list inside an object; the cloud may leave an empty one out, or send null. */
    static List<?> list(Map<String, ? extends @Nullable Object> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a list");
        }
        return list;
    }

    /** Returns a list of objects inside an object; empty if it is missing or null. */
    static List<Map<String, @Nullable Object>> objects(Map<String, ? extends @Nullable Object> object, String name) {
        return objects(list(object, name));
    }

    /** Returns a list as one of objects. */
    static List<Map<String, @Nullable Object>> objects(List<?> list) {
        return list.stream()
                .map(item -> {
                    Map<String, @Nullable Object> object = JsonValues.object(item);
                    if (object == null) {
                        throw new IllegalArgumentException("a list has an item that is not an object");
                    }
                    return object;
                })
                .toList();
    }

    static TuyaTransportException unusable(ApiRequest request, Envelope envelope, String reason) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(envelope.httpStatus())
                .tid(envelope.tid())
                .attempts(envelope.attempts())
                .build();
        return new TuyaTransportException(
                failure, "the answer cannot be used: " + reason, TuyaTransportException.Sent.MAYBE, null);
    }

    private interface Reading<T> {
        T get();
    }

    private static <T> T read(ApiRequest request, Envelope envelope, Reading<? extends T> reading) {
        try {
            return Objects.requireNonNull(reading.get());
        } catch (IllegalArgumentException e) {
            throw unusable(request, envelope, String.valueOf(e.getMessage()));
        }
    }
}

package io.github.tuyacloud.model;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A complete response from the cloud, for calls that have no specific result type.
 *
 * @param asMap the whole envelope as plain Java values: {@code result}, {@code success}, {@code t}, {@code tid}; its
 *     {@code toString} hides secrets and the trace id
 * @param tid the trace id, which Tuya's support asks for, or null; {@code ***} if it does not look like a trace id or
 *     repeats a secret, in which case only {@link #asMap} and {@link #json} contain it
 */
public record CloudResponse(
        Map<String, @Nullable Object> asMap, @Nullable String tid) {

    private static final Pattern TRACE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Copies the map. */
    public CloudResponse {
        asMap = JsonObject.copyOf(asMap);
        tid = tid == null || TRACE_ID.matcher(tid).matches() ? tid : "***";
    }

    /**
     * Creates a response with the trace id of its envelope.
     *
     * @param asMap the whole envelope
     */
    public CloudResponse(Map<String, @Nullable Object> asMap) {
        this(asMap, JsonValues.text(asMap.get("tid")));
    }

    /**
     * Returns the whole envelope as JSON.
     *
     * @return compact JSON text
     */
    public String json() {
        return Json.write(asMap);
    }

    /**
     * Binds the result to a class. The types of this package are read by their {@code fromMap} methods; any other class
     * is bound by Jackson, which uses reflection.
     *
     * @param type a type of this package, a record or class of the caller, {@code Map}, {@code List}, {@code String},
     *     {@code Boolean} and so on; unknown members are ignored
     * @param <T> the type
     * @return the result; null if absent
     * @throws TuyaTransportException if the result does not fit the type
     */
    public <T> @Nullable T result(Class<T> type) {
        Objects.requireNonNull(type, "type");
        Object result = asMap.get("result");
        return result == null ? null : bind(result, type);
    }

    /**
     * Binds each item of the result, which must be a list, to a class.
     *
     * @param type as for {@link #result}
     * @param <T> the type
     * @return the items in order, unmodifiable; empty if the response has no result
     * @throws TuyaTransportException if the result is not a list, or an item is null or does not fit the type
     */
    public <T> List<T> resultList(Class<T> type) {
        Objects.requireNonNull(type, "type");
        Object result = asMap.get("result");
        if (result == null) {
            return List.of();
        }
        if (!(result instanceof List<?> items)) {
            throw unusable("the result is not a list");
        }
        List<T> bound = new ArrayList<>(items.size());
        for (Object item : items) {
            if (item == null) {
                throw unusable("the list has an empty item");
            }
            bound.add(bind(item, type));
        }
        return List.copyOf(bound);
    }

    /**
     * Returns the server's time of the response.
     *
     * @return milliseconds since 1970; -1 if absent
     */
    public long t() {
        Long t = JsonValues.wholeNumber(asMap.get("t"));
        return t == null ? -1 : t;
    }

    /** Returns only the time and the trace id, because the result can be long and can contain local keys. */
    @Override
    public String toString() {
        return LogSafe.line("CloudResponse[t={}, tid={}]", t(), tid);
    }

    private <T> T bind(Object value, Class<T> type) {
        try {
            Object own = OwnTypes.read(value, type);
            return own == null ? Json.convert(value, type) : type.cast(own);
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private TuyaTransportException unusable(String reason) {
        CallFailure failure =
                CallFailure.builder("reading the result of a request").tid(tid).build();
        return new TuyaTransportException(failure, reason, TuyaTransportException.Sent.MAYBE, null);
    }
}

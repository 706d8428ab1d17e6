package io.github.tuyacloud.model;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer of the cloud, for calls that have no type of their own.
 *
 * @param asMap the whole envelope as plain Java values: {@code result}, {@code success}, {@code t}, {@code tid}
 */
public record CloudResponse(Map<String, @Nullable Object> asMap) {

    private static final Pattern TRACE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Copies the map. */
    public CloudResponse {
        asMap = JsonObject.copyOf(asMap);
    }

    /**
     * Gives the whole envelope as JSON.
     *
     * @return compact JSON text
     */
    public String json() {
        return Json.write(asMap);
    }

    /**
     * Binds the result to a class.
     *
     * @param type a record or class of one's own, one of this package's types, {@code Map}, {@code List}, {@code String},
     *     {@code Boolean} ...; unknown members are ignored
     * @param <T> the type
     * @return the result; null when the cloud gave none
     * @throws TuyaTransportException if the result does not fit the type
     */
    public <T> @Nullable T result(Class<T> type) {
        Objects.requireNonNull(type, "type");
        Object result = asMap.get("result");
        return result == null ? null : bind(result, type);
    }

    /**
     * Binds the result, which must be a list, to a list of a class.
     *
     * @param type as for {@link #result}
     * @param <T> the type
     * @return the items in order, unmodifiable; empty when the cloud gave no result
     * @throws TuyaTransportException if the result is no list or an item does not fit the type
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
     * Gives the server's time of the answer.
     *
     * @return milliseconds since 1970, -1 when the cloud left it out
     */
    public long t() {
        Long t = JsonValues.wholeNumber(asMap.get("t"));
        return t == null ? -1 : t;
    }

    /**
     * Gives the trace id, which Tuya's support asks for.
     *
     * @return the {@code tid}, or null; {@code ***} in place of one that is no trace id or has a secret in it, which only
     *     {@link #asMap} and {@link #json} give as it came
     */
    public @Nullable String tid() {
        String tid = JsonValues.text(asMap.get("tid"));
        boolean shown = tid == null
                || TRACE_ID.matcher(tid).matches() && !(asMap instanceof JsonObject object && object.hides("tid"));
        return shown ? tid : "***";
    }

    /** Time and trace id only: the result may be long, and holds local keys in some calls. */
    @Override
    public String toString() {
        return "CloudResponse[t=" + t() + ", tid=" + tid() + "]";
    }

    private <T> T bind(Object value, Class<T> type) {
        try {
            return Json.convert(value, type);
        } catch (MalformedJsonException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private TuyaTransportException unusable(String reason) {
        CallFailure failure = CallFailure.builder("reading the result of a request")
                .tid(tid())
                .build();
        return new TuyaTransportException(failure, reason, TuyaTransportException.Sent.MAYBE, null);
    }
}

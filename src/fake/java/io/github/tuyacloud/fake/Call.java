package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as seen by an endpoint: path variables, parameters and body, each checked when it is read. */
record Call(WireRequest request, Map<String, String> variables) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    String path(String variable) {
        String value = variables.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("this endpoint's path has no {" + variable + "}");
        }
        return value;
    }

    /** Returns a parameter; null if it is missing or empty. */
    @Nullable
    String query(String name) {
        String value = request.query().get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String requiredQuery(String name) {
        String value = query(name);
        if (value == null) {
            throw Refusal.missing(name);
        }
        return value;
    }

    long number(String name, long defaultValue) {
        String value = query(name);
        return value == null ? defaultValue : parse(name, value);
    }

    /** Returns a page size; the cloud refuses one below 1 or above the limit. */
    int size(String name, int defaultValue, int max) {
        long size = number(name, defaultValue);
        if (size < 1 || size > max) {
            throw Refusal.outOfRange(name + " must be from 1 to " + max);
        }
        return (int) size;
    }

    /** Returns a Unix time with 13 digits. */
    long requiredMillis(String name) {
        String value = requiredQuery(name);
        if (value.length() != 13) {
            throw Refusal.illegal(name + " must have 13 digits");
        }
        return parse(name, value);
    }

    /** Returns the ids of a comma-separated list. */
    List<String> ids(String name, int max) {
        List<String> ids = list(requiredQuery(name));
        if (ids.size() > max) {
            throw Refusal.outOfRange(name + " takes at max " + max + " ids");
        }
        return ids;
    }

    static List<String> list(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",")).map(String::strip).toList();
    }

    JsonNode body() {
        return Json.parse(request.body().utf8())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> Refusal.illegal("the body must be a JSON object"));
    }

    private static long parse(String name, String value) {
        if (!DIGITS.matcher(value).matches()) {
            throw Refusal.illegal(name + " must be a number");
        }
        return Long.parseLong(value);
    }
}

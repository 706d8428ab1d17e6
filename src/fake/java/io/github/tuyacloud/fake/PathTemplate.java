package io.github.tuyacloud.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with variables in braces, such as {@code /v1.0/devices/{id}}; each variable stands for one segment. */
final class PathTemplate {
    private final String text;
    private final List<String> segments;
    private final int variableCount;

    PathTemplate(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path template must start with /: " + text);
        }
        this.text = text;
        this.segments = segments(text);
        this.variableCount =
                (int) segments.stream().filter(PathTemplate::isVariable).count();
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** Returns the variables of a matching path by name; empty if the path does not match. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = segments.get(i);
            String actual = path.get(i);
            if (isVariable(expected) && !actual.isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** Returns whether some path fits both templates. */
    boolean overlaps(PathTemplate other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String mine = segments.get(i);
            String theirs = other.segments.get(i);
            if (!mine.equals(theirs) && !isVariable(mine) && !isVariable(theirs)) {
                return false;
            }
        }
        return true;
    }

    int variableCount() {
        return variableCount;
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}

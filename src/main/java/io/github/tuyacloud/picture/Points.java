package io.github.tuyacloud.picture;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one device by code, in the cloud's order; immutable. Almost all reports have known codes, so versions
 * share the codes, and a report copies only the values.
 */
final class Points {

    static final Points NONE = of(Map.of());

    private final String[] codes;
    private final Map<String, Integer> positions;
    private final Point[] values;

    private Points(String[] codes, Map<String, Integer> positions, Point[] values) {
        this.codes = codes;
        this.positions = positions;
        this.values = values;
    }

    static Points of(Map<String, Point> source) {
        String[] codes = source.keySet().toArray(new String[0]);
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < codes.length; i++) {
            positions.put(codes[i], i);
        }
        return new Points(codes, Map.copyOf(positions), source.values().toArray(new Point[0]));
    }

    @Nullable
    Point get(String code) {
        Integer position = positions.get(code);
        return position == null ? null : values[position];
    }

    boolean contains(String code) {
        return positions.containsKey(code);
    }

    void forEach(BiConsumer<String, Point> action) {
        for (int i = 0; i < codes.length; i++) {
            action.accept(codes[i], values[i]);
        }
    }

    Editor edit() {
        return new Editor(this);
    }

    /** Edits a copy of the values. */
    static final class Editor {

        private final Points before;
        private final Point[] values;

        /** All values; null until a code is added or removed. */
        private @Nullable Map<String, Point> changed;

        private Editor(Points before) {
            this.before = before;
            this.values = before.values.clone();
        }

        @Nullable
        Point get(String code) {
            if (changed != null) {
                return changed.get(code);
            }
            Integer position = before.positions.get(code);
            return position == null ? null : values[position];
        }

        void put(String code, Point point) {
            Integer position = changed == null ? before.positions.get(code) : null;
            if (position == null) {
                changed().put(code, point);
            } else {
                values[position] = point;
            }
        }

        /** Moves a value to another code; drops it if the other code has a value. */
        void rename(String from, String to) {
            if (get(from) != null) {
                Map<String, Point> all = changed();
                Point point = all.remove(from);
                all.putIfAbsent(to, point);
            }
        }

        Points toPoints() {
            return changed == null ? new Points(before.codes, before.positions, values) : of(changed);
        }

        private Map<String, Point> changed() {
            if (changed == null) {
                changed = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    changed.put(before.codes[i], values[i]);
                }
            }
            return changed;
        }
    }
}

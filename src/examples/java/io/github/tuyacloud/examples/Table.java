package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table that is printed as text of at most 80 columns, or as JSON. */
final class Table {

    private static final String GAP = "  ";

    /** Columns that are never truncated, because people copy from them. */
    private static final Set<String> WHOLE = Set.of("ID", "CODE", "TIME", "LOCAL_KEY");

    private final List<String> headings;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell per heading; null is printed as a dash. */
    Table row(@Nullable Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(headings.size() + " cells expected, not " + cells.length);
        }
        rows.add(Collections.unmodifiableList(Arrays.asList(cells)));
        return this;
    }

    /** Returns a JSON list of objects, with the headings as keys. */
    String toJson() {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int column = 0; column < headings.size(); column++) {
                Object cell = row.get(column);
                object.put(
                        headings.get(column).toLowerCase(Locale.ROOT),
                        cell instanceof Instant ? cell.toString() : cell);
            }
            objects.add(object);
        }
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(objects);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table contains plain values only", e);
        }
    }

    /** Returns the lines, the headings first, without a final line separator. */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(headings);
        rows.forEach(row -> lines.add(row.stream().map(Table::text).toList()));
        int[] widths = widths(lines);
        if (rows.isEmpty()) {
            return spaced(headings, widths) + System.lineSeparator() + GAP + "(none)";
        }
        return lines.stream().map(line -> spaced(line, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    /**
     * Returns the width of each column, which is that of its longest cell; the widest columns are narrowed until the
     * line fits.
     */
    private int[] widths(List<List<String>> lines) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = lines.stream()
                    .mapToInt(line -> length(line.get(index)))
                    .max()
                    .orElse(0);
            // A cell can have millions of characters.
            widths[column] =
                    WHOLE.contains(headings.get(column)) ? widths[column] : Math.min(widths[column], Terminal.WIDTH);
        }
        while (IntStream.of(widths).sum() + GAP.length() * widths.length > Terminal.WIDTH) {
            int widest = IntStream.range(0, widths.length)
                    .filter(column -> !WHOLE.contains(headings.get(column)))
                    .filter(column -> widths[column] > length(headings.get(column)))
                    .boxed()
                    .max(Comparator.comparingInt(column -> widths[column]))
                    .orElse(-1);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String spaced(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shortened(line.get(i), widths[i]);
            text.append(GAP).append(cell).append(" ".repeat(widths[i] - length(cell)));
        }
        return text.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shortened(String text, int width) {
        return length(text) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 3)))
                        + "...".substring(0, Math.min(3, width));
    }

    private static String text(@Nullable Object cell) {
        if (cell == null || cell.equals("")) {
            return "-";
        }
        return Terminal.line(cell instanceof Instant moment ? Tables.time(moment) : cell);
    }
}

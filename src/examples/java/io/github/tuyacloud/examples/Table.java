package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows under headings: as text, each column as wide as its widest cell, or as JSON. */
final class Table {

    private static final int WIDEST = 60;

    private final List<String> headings;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with as many cells as there are headings; null is shown as a dash. */
    Table row(@Nullable Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(headings.size() + " cells expected, not " + cells.length);
        }
        rows.add(Collections.unmodifiableList(Arrays.asList(cells)));
        return this;
    }

    /** A list of objects, named by the headings. */
    String toJson() {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int column = 0; column < headings.size(); column++) {
                object.put(headings.get(column).toLowerCase(Locale.ROOT), row.get(column));
            }
            objects.add(object);
        }
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(objects);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table holds texts, numbers, booleans, lists and maps only", e);
        }
    }

    /** The lines, the headings first, without a line end at the end. */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(headings);
        rows.forEach(row -> lines.add(row.stream().map(Table::text).toList()));
        return lines.stream().map(line -> spaced(line, lines)).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String spaced(List<String> line, List<List<String>> all) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            int column = i;
            int width = all.stream()
                    .mapToInt(each -> length(each.get(column)))
                    .max()
                    .orElse(0);
            text.append("  ").append(line.get(i)).append(" ".repeat(width - length(line.get(i))));
        }
        return text.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String text(@Nullable Object cell) {
        String text = cell == null || cell.equals("") ? "-" : cell.toString().replaceAll("\\p{Cntrl}", " ");
        return length(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 3)) + "...";
    }
}

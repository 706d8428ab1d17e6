package io.github.tuyacloud.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README of the project, taken apart: fenced blocks, tables, code spans, headings. */
final class Readme {

    /** Tests run in the project's folder. */
    static final Path FILE = Path.of("README.md");

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final String FENCE = "```";

    private final List<String> lines;

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     * @param line the line of the fence, counted from 1
     * @param text what is inside
     */
    record Block(String language, int line, String text) {

        /** For the names of tests. */
        @Override
        public String toString() {
            return "the block at line " + line;
        }
    }

    private Readme(List<String> lines) {
        this.lines = lines;
    }

    static Readme read() {
        try {
            return new Readme(Files.readAllLines(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks(String language) {
        List<Block> blocks = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            if (start < 0) {
                start = i;
            } else {
                String text = String.join("\n", lines.subList(start + 1, i)) + "\n";
                blocks.add(new Block(lines.get(start).substring(FENCE.length()), start + 1, text));
                start = -1;
            }
        }
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The blocks of a language under one heading. */
    List<Block> blocks(String language, String heading) {
        int start = lines.indexOf("## " + heading);
        if (start < 0) {
            throw new IllegalArgumentException("there is no heading " + heading);
        }
        int end = start + 1;
        while (end < lines.size() && !lines.get(end).startsWith("## ")) {
            end++;
        }
        int after = end;
        return blocks(language).stream()
                .filter(block -> block.line() > start && block.line() <= after)
                .toList();
    }

    /** The cells of the table whose first heading and second heading are these, without the headings. */
    List<List<String>> table(String firstHeading, String secondHeading) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            List<String> cells = line.startsWith("|") ? cells(line) : List.of();
            if (cells.isEmpty()) {
                inside = false;
            } else if (inside && !line.startsWith("| ---")) {
                rows.add(cells);
            } else if (cells.get(0).equals(firstHeading) && cells.get(1).equals(secondHeading)) {
                inside = true;
            }
        }
        return rows;
    }

    /** All code spans outside of fenced blocks. */
    List<String> codeSpans() {
        List<String> spans = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced) {
                spans.addAll(codeSpansIn(line));
            }
        }
        return spans;
    }

    List<String> headings() {
        return lines.stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    String text() {
        return String.join("\n", lines);
    }

    static List<String> codeSpansIn(String text) {
        return CODE_SPAN
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> cells(String line) {
        String inner = line.strip().replaceAll("^\\||\\|$", "");
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }
}

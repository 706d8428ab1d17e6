package io.github.tuyacloud.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the project, the README or a guide, split into fenced blocks, tables, code spans and headings. */
final class Page {

    /** Relative to the project's folder, in which tests run. */
    private static final Path README = Path.of("README.md");

    private static final Path GUIDES = Path.of("src/site/markdown");

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final String FENCE = "```";

    private final Path file;
    private final List<String> lines;

    /**
     * A fenced block.
     *
     * @param language the word behind the fence
     * @param line the line of the fence, counted from 1
     * @param text the content
     */
    record Block(String language, int line, String text) {

        /** Returns the position, for the names of tests. */
        @Override
        public String toString() {
            return "the block at line " + line;
        }
    }

    private Page(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static Page readme() {
        return read(README);
    }

    /** Returns the guide with a name, such as {@code cookbook}. */
    static Page guide(String name) {
        return read(GUIDES.resolve(name + ".md"));
    }

    /** Returns the README and all guides. */
    static List<Page> all() {
        try (Stream<Path> guides = Files.list(GUIDES)) {
            return Stream.concat(Stream.of(README), guides.sorted())
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    /** Returns the number of lines. */
    int length() {
        return lines.size();
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

    /** Returns the cells of the table with these first two headings, without the headings. */
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

    /** Returns the lines outside fenced blocks in which a code span begins but does not end, or vice versa. */
    List<String> linesWithHalfASpan() {
        List<String> found = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced
                    && line.chars().filter(character -> character == '`').count() % 2 == 1) {
                found.add(line);
            }
        }
        return found;
    }

    /** Returns all code spans outside fenced blocks. */
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

    /** Returns the anchors of all headings, as forges derive them. */
    List<String> anchors() {
        return lines.stream()
                .filter(line -> line.matches("#{1,4} .*"))
                .map(line -> "#"
                        + line.replaceFirst("#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 _-]", "")
                                .replace(' ', '-'))
                .toList();
    }

    /** Returns the sentences of at least six words outside blocks and tables. */
    List<String> sentences() {
        StringBuilder prose = new StringBuilder();
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced && !line.matches("[|#].*")) {
                prose.append(line.strip().replaceFirst("^([*-]|[0-9]+\\.) ", "\n"))
                        .append(line.isBlank() ? "\n" : " ");
            }
        }
        return prose.toString()
                .lines()
                .flatMap(paragraph -> Arrays.stream(paragraph.split("(?<=[.!?]) ")))
                .map(String::strip)
                .filter(sentence -> sentence.split(" ").length > 5)
                .toList();
    }

    String text() {
        return String.join("\n", lines);
    }

    /** Returns the path, for the names of tests. */
    @Override
    public String toString() {
        return file.toString();
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

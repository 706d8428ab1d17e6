package io.github.tuyacloud.support;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures the log lines of the library; the tests' SLF4J provider writes them to {@code System.err}. */
public final class CapturedLog implements AutoCloseable {

    private final PrintStream original = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public CapturedLog() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** Returns everything that was logged. */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the lines of level WARN. */
    public List<String> warnings() {
        return lines("WARN tuyacloud ");
    }

    /** Returns the lines that contain a text. */
    public List<String> lines(String part) {
        return text().lines().filter(line -> line.contains(part)).toList();
    }

    @Override
    public void close() {
        System.setErr(original);
    }
}

package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The services that a Tuya project can use, with advice about the others. {@link #toString()} returns a table of at
 * most 80 columns, without secrets, ids or names, so that you can paste it into an issue.
 *
 * @param region the code of the data center that was checked, such as {@code eu}
 * @param findings the finding for each subject, in the order of {@link Subject}
 */
public record CheckUpReport(String region, List<Finding> findings) {

    private static final int WIDTH = 80;
    private static final int DETAIL_COLUMN = 34;

    /** Copies the list. */
    public CheckUpReport {
        findings = List.copyOf(findings);
    }

    /** The subjects of a check-up. */
    public enum Subject {
        /** Whether the data center accepts the key. */
        KEY("key and data center"),
        /** The deviation of the local clock. */
        CLOCK("clock"),
        /** The list of devices of the linked app accounts. */
        DEVICES("linked devices"),
        /** The current values of a device. */
        STATUS("status"),
        /** The specification of a device, with DP ids. */
        SPECIFICATION("specification"),
        /** The thing model of a device. */
        THING_MODEL("thing model"),
        /** The log of a device, from either of the two log services. */
        LOGS("logs"),
        /** The homes of an app user. */
        HOMES("homes"),
        /** The scenes of a home. */
        SCENES("scenes"),
        /** The message service, which pushes live messages. */
        MESSAGES("message service"),
        /** The server software of the message service. */
        GATEWAY("message gateway");

        private final String title;

        Subject(String title) {
            this.title = title;
        }

        /**
         * Returns the subject in words.
         *
         * @return such as {@code thing model}
         */
        public String title() {
            return title;
        }
    }

    /** The result of a check. */
    public enum Outcome {
        /** It works. */
        OK,
        /** It works, but something needs attention. */
        ATTENTION,
        /** The cloud refuses it. */
        REFUSED,
        /** There was no usable response. */
        NO_RESPONSE,
        /** It was not checked, for the reason in the detail. */
        NOT_CHECKED
    }

    /**
     * The finding about one subject.
     *
     * @param subject what was checked
     * @param outcome the result
     * @param code the cloud's error code as it was sent, or null
     * @param detail the finding in words
     * @param advice what to do, or null
     */
    public record Finding(
            Subject subject,
            Outcome outcome,
            @Nullable String code,
            String detail,
            @Nullable String advice) {

        @Override
        public String toString() {
            return LogSafe.line(
                    "Finding[subject={}, outcome={}, code={}, detail={}, advice={}]",
                    subject,
                    outcome,
                    code,
                    detail,
                    advice);
        }
    }

    /**
     * Returns whether everything that was checked works.
     *
     * @return false if anything was refused or had no usable response
     */
    public boolean isHealthy() {
        return findings.stream()
                .noneMatch(finding -> finding.outcome() == Outcome.REFUSED || finding.outcome() == Outcome.NO_RESPONSE);
    }

    /**
     * Returns the finding about a subject.
     *
     * @param subject the subject
     * @return the finding; empty if the report has none
     */
    public Optional<Finding> find(Subject subject) {
        return findings.stream().filter(finding -> finding.subject() == subject).findFirst();
    }

    /** Returns a table of outcome, subject and detail, with the advice below each finding. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Check-up of a Tuya project in region " + LogSafe.of(region));
        for (Finding finding : findings) {
            String outcome = finding.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            String start = String.format(
                    Locale.ROOT, "%-12s %-20s ", outcome, finding.subject().title());
            String code = finding.code() == null ? "" : finding.code() + " ";
            addWrapped(lines, start, code + finding.detail());
            if (finding.advice() != null) {
                addWrapped(lines, " ".repeat(DETAIL_COLUMN - 3) + "-> ", finding.advice());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void addWrapped(List<String> lines, String start, String text) {
        StringBuilder line = new StringBuilder(start);
        boolean empty = true;
        for (String word : LogSafe.of(text).split(" ")) {
            String rest = word;
            if (!empty && line.length() + 1 + rest.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(DETAIL_COLUMN));
                empty = true;
            }
            while (line.length() + rest.length() > WIDTH) {
                int room = WIDTH - line.length();
                lines.add(line + rest.substring(0, room));
                rest = rest.substring(room);
                line = new StringBuilder(" ".repeat(DETAIL_COLUMN));
            }
            line.append(empty ? "" : " ").append(rest);
            empty = false;
        }
        lines.add(line.toString());
    }
}

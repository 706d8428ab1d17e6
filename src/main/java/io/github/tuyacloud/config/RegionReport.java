package io.github.tuyacloud.config;

import io.github.tuyacloud.exception.TuyaException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which data centers know a project's key, and in which of them its devices are; its {@code toString} is a table for people.
 *
 * @param answers what each data center said, in the order of {@link Region}, then further endpoints
 */
public record RegionReport(List<Answer> answers) {

    /** Copies the list. */
    public RegionReport {
        answers = List.copyOf(answers);
    }

    /** What a data center's answer comes down to, the best first. */
    public enum Outcome {
        /** It knows the key and lists devices: the project's data center, as far as anybody can tell. */
        HAS_DEVICES,
        /** It knows the key and lists no devices: no app account is linked there, or the wrong data center. */
        NO_DEVICES,
        /** It knows the project and refuses all the same: an expired plan, an API that is not subscribed. */
        REFUSED,
        /** It does not know the key, the secret is wrong, or it is not enabled for the project. */
        KEY_NOT_ACCEPTED,
        /** No usable answer came: it cannot be reached from here, or took too long. */
        NO_ANSWER
    }

    /**
     * What one data center said.
     *
     * @param region the data center; null for an endpoint that is none of the known ones
     * @param endpoint the address that was asked: scheme, host and perhaps a port
     * @param outcome what the answer comes down to
     * @param devices how many devices of linked app accounts it says there are; 0 unless it lists devices
     * @param failure the refusal or trouble, with code, message and hint; null when it listed devices or none
     */
    public record Answer(
            @Nullable Region region,
            String endpoint,
            Outcome outcome,
            long devices,
            @Nullable TuyaException failure) {

        /**
         * Gives the cloud's error code.
         *
         * @return the code, or -1 when there is none
         */
        public int code() {
            return failure == null ? -1 : failure.code();
        }

        /**
         * Gives what the data center said, for people.
         *
         * @return such as {@code 12 devices} or {@code 1004 sign invalid}
         */
        public String text() {
            if (failure == null) {
                return devices == 1 ? "1 device" : devices + " devices";
            }
            return failure.code() == -1
                    ? "no usable answer"
                    : failure.code() + (failure.apiMessage() == null ? "" : " " + failure.apiMessage());
        }

        /** Region, endpoint and {@link #text()} in columns. */
        @Override
        public String toString() {
            String name = region == null ? "-" : region.code();
            return String.format(Locale.ROOT, "%-5s %-40s %s", name, endpoint, text());
        }
    }

    /**
     * Guesses the data center to use: that with the most devices; without any devices the only one that knows the key; else
     * the only one that knows the project but refuses.
     *
     * @return what it said; empty when several are as likely, or none is likely at all
     */
    public Optional<Answer> best() {
        Optional<Outcome> top = answers.stream()
                .map(Answer::outcome)
                .min(Comparator.naturalOrder())
                .filter(outcome -> outcome.compareTo(Outcome.REFUSED) <= 0);
        List<Answer> candidates = answers.stream()
                .filter(answer -> top.isPresent() && answer.outcome() == top.get())
                .toList();
        return candidates.size() == 1 || top.equals(Optional.of(Outcome.HAS_DEVICES))
                ? candidates.stream().max(Comparator.comparingLong(Answer::devices))
                : Optional.empty();
    }

    /**
     * Guesses the region to use.
     *
     * @return the region of {@link #best()}; empty also when that is an endpoint that belongs to no known region
     */
    public Optional<Region> region() {
        return best().map(Answer::region);
    }

    /** One line for each data center. */
    @Override
    public String toString() {
        return answers.stream().map(Answer::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}

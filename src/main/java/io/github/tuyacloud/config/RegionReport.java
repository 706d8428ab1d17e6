package io.github.tuyacloud.config;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The data centers that accept a project's key, and those that have its devices. {@link #toString()} returns a table.
 *
 * @param responses the response of each data center in the order of {@link Region}, then those of further endpoints
 */
public record RegionReport(List<Response> responses) {

    /** Copies the list. */
    public RegionReport {
        responses = List.copyOf(responses);
    }

    /** The kind of response that a data center gave, from best to worst. */
    public enum Outcome {
        /** It accepts the key and lists devices, so it is very likely the project's data center. */
        HAS_DEVICES,
        /** It accepts the key and lists no devices: no app account is linked, or it is the wrong data center. */
        NO_DEVICES,
        /** It knows the project but refuses the call: an expired plan, or an API that is not subscribed. */
        REFUSED,
        /** It does not know the key, the secret is wrong, or the data center is not enabled for the project. */
        KEY_NOT_ACCEPTED,
        /** There was no usable response: the data center cannot be reached from here, or it timed out. */
        NO_RESPONSE
    }

    /**
     * The response of one data center.
     *
     * @param region the data center; null for an endpoint that belongs to no known region
     * @param endpoint the address that was called: scheme, host and optionally a port
     * @param outcome the kind of response
     * @param devices the number of devices of linked app accounts; 0 if it lists none
     * @param failure the error with code, message and hint; null if the call succeeded
     */
    public record Response(
            @Nullable Region region,
            String endpoint,
            Outcome outcome,
            long devices,
            @Nullable TuyaException failure) {

        /**
         * Returns the cloud's error code.
         *
         * @return the code, or -1 if there is no code
         */
        public int code() {
            return failure == null ? -1 : failure.code();
        }

        /**
         * Returns the response in words.
         *
         * @return for example {@code 12 devices} or {@code 1004 sign invalid}
         */
        public String text() {
            if (failure == null) {
                return devices == 1 ? "1 device" : devices + " devices";
            }
            return failure.code() == -1
                    ? "no usable response"
                    : failure.code() + (failure.apiMessage() == null ? "" : " " + failure.apiMessage());
        }

        /** Returns the region, the endpoint and {@link #text()} in columns. */
        @Override
        public String toString() {
            String name = region == null ? "-" : region.code();
            return LogSafe.of(String.format(Locale.ROOT, "%-5s %-40s %s", name, endpoint, text()));
        }
    }

    /**
     * Returns the data center to use: the one with the most devices; if none lists devices, the only one that accepts
     * the key; otherwise, the only one that knows the project but refuses the call.
     *
     * @return its response; empty if several are equally likely or none is likely
     */
    public Optional<Response> best() {
        Optional<Outcome> top = responses.stream()
                .map(Response::outcome)
                .min(Comparator.naturalOrder())
                .filter(outcome -> outcome.compareTo(Outcome.REFUSED) <= 0);
        List<Response> candidates = responses.stream()
                .filter(response -> top.isPresent() && response.outcome() == top.get())
                .toList();
        return candidates.size() == 1 || top.equals(Optional.of(Outcome.HAS_DEVICES))
                ? candidates.stream().max(Comparator.comparingLong(Response::devices))
                : Optional.empty();
    }

    /**
     * Returns the region to use.
     *
     * @return the region of {@link #best()}; also empty if that endpoint belongs to no known region
     */
    public Optional<Region> region() {
        return best().map(Response::region);
    }

    /** Returns one line for each data center. */
    @Override
    public String toString() {
        return responses.stream().map(Response::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}

package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a device's log to read: {@code GET /v1.0/devices/{id}/logs}.
 *
 * <p>By default: all kinds of events of the last 24 hours, up to 50 pages of 100 entries. In its free edition, the
 * cloud keeps the log for seven days. It logs only the data points of a product's standard instruction set.
 */
public final class DeviceLogQuery {

    private static final int MAX_PARALLEL = 64;

    /** The parameters that would make every window read the same part of the log. */
    private static final Set<String> PARTIAL =
            Set.of("start_time", "end_time", "start_row_key", "last_row_key", "last_event_time");

    private static final List<EventType> ALL = Arrays.stream(EventType.values())
            .filter(type -> type != EventType.OTHER)
            .toList();

    private final @Nullable LogTime start;
    private final @Nullable LogTime end;
    private final Set<EventType> eventTypes;
    private final int size;
    private final OptionalInt maxFetches;
    private final @Nullable String startRowKey;
    private final Map<String, Object> params;
    private final int parallel;

    private DeviceLogQuery(Builder builder) {
        this.start = builder.start;
        this.end = builder.end;
        this.eventTypes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.eventTypes));
        this.size = builder.size;
        this.maxFetches = builder.maxFetches;
        this.startRowKey = builder.startRowKey;
        this.params = Collections.unmodifiableMap(new TreeMap<>(builder.params));
        this.parallel = builder.parallel;
    }

    /** {@return a new builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return where the time range begins; null for 24 hours before the end} */
    public @Nullable LogTime start() {
        return start;
    }

    /** {@return where the time range ends; null for the time at which the query is sent} */
    public @Nullable LogTime end() {
        return end;
    }

    /** {@return the kinds of events to read, in the order given; all known ones by default} */
    public Set<EventType> eventTypes() {
        return eventTypes;
    }

    /** {@return how many entries to read; 0 for all} */
    public int size() {
        return size;
    }

    /** {@return the maximum number of pages to fetch, at least 1; empty unless set} */
    public OptionalInt maxFetches() {
        return maxFetches;
    }

    /** {@return where to continue reading, an earlier {@link DeviceLog#nextRowKey()}; or null} */
    public @Nullable String startRowKey() {
        return startRowKey;
    }

    /** {@return further query parameters, sorted by name, which override the computed ones} */
    public Map<String, Object> params() {
        return params;
    }

    /** {@return the number of windows into which the time range is split, which are read concurrently; 1 by default} */
    public int parallel() {
        return parallel;
    }

    /** Collects the options; not thread-safe. */
    public static final class Builder {

        private @Nullable LogTime start;
        private @Nullable LogTime end;
        private Collection<EventType> eventTypes = ALL;
        private int size;
        private OptionalInt maxFetches = OptionalInt.empty();
        private @Nullable String startRowKey;
        private final Map<String, Object> params = new TreeMap<>();
        private int parallel = 1;

        private Builder() {}

        /**
         * Sets where the time range begins.
         *
         * @param moment 24 hours before the end by default
         * @return this builder
         * @throws IllegalArgumentException if it is in the year 2286 or later, when Unix times in milliseconds have
         *     more than 13 digits
         */
        public Builder start(Instant moment) {
            this.start = LogTime.of("start", Objects.requireNonNull(moment, "start"));
            return this;
        }

        /**
         * Sets where the time range begins, in the format of tinytuya's {@code start}.
         *
         * @param time a negative number of days before now, a Unix time in seconds (10 digits) or in milliseconds (13
         *     digits), or 0 for the default
         * @return this builder
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder start(long time) {
            this.start = LogTime.of("start", time);
            return this;
        }

        /**
         * Sets where the time range ends.
         *
         * @param moment the current time by default
         * @return this builder
         * @throws IllegalArgumentException if it is in the year 2286 or later, when Unix times in milliseconds have
         *     more than 13 digits
         */
        public Builder end(Instant moment) {
            this.end = LogTime.of("end", Objects.requireNonNull(moment, "end"));
            return this;
        }

        /**
         * Sets where the time range ends, in the format of tinytuya's {@code end}.
         *
         * @param time as for {@link #start(long)}
         * @return this builder
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder end(long time) {
            this.end = LogTime.of("end", time);
            return this;
        }

        /**
         * Sets the kinds of events to read.
         *
         * @param types the kinds; all known ones if empty
         * @return this builder
         * @throws IllegalArgumentException if {@link EventType#OTHER} is among them, for which the cloud has no number
         */
        public Builder eventTypes(EventType... types) {
            return eventTypes(Arrays.stream(types).mapToInt(EventType::id).toArray());
        }

        /**
         * Sets the kinds of events to read by the cloud's numbers.
         *
         * @param ids numbers from 1 to 10; all if empty
         * @return this builder
         * @throws IllegalArgumentException if a number is unknown; the message lists the known ones
         */
        public Builder eventTypes(int... ids) {
            this.eventTypes = ids.length == 0
                    ? ALL
                    : Arrays.stream(ids).mapToObj(EventType::of).toList();
            return this;
        }

        /**
         * Sets the kinds of events to read as a comma-separated list, in the format of tinytuya's {@code evtype}.
         *
         * @param commaList such as {@code 1,7}; blank for all
         * @return this builder
         * @throws IllegalArgumentException if it contains anything other than numbers from 1 to 10
         */
        public Builder eventTypes(String commaList) {
            try {
                return eventTypes(
                        commaList.isBlank()
                                ? new int[0]
                                : Arrays.stream(commaList.split(",", -1))
                                        .map(String::strip)
                                        .mapToInt(Integer::parseInt)
                                        .toArray());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("Unknown event type in " + LogSafe.quote(commaList)
                        + ": use numbers from 1 to 10, separated by commas");
            }
        }

        /**
         * Sets how many entries to read in total.
         *
         * @param entries the number of entries, if the log has as many; 0, the default, for all entries of
         *     {@code maxFetches} pages
         * @return this builder
         */
        public Builder size(int entries) {
            this.size = entries;
            return this;
        }

        /**
         * Sets the maximum number of pages to fetch.
         *
         * @param pages at least 1; the default is 50 for {@code getDeviceLog}, and no limit for {@code streamDeviceLog}
         * @return this builder
         */
        public Builder maxFetches(int pages) {
            this.maxFetches = OptionalInt.of(pages);
            return this;
        }

        /**
         * Sets where to continue reading.
         *
         * @param rowKey the {@link DeviceLog#nextRowKey()} of the previous part
         * @return this builder
         */
        public Builder startRowKey(String rowKey) {
            this.startRowKey = Objects.requireNonNull(rowKey, "startRowKey");
            return this;
        }

        /**
         * Adds a query parameter, such as {@code codes}. It overrides the computed one of that name.
         *
         * @param name the parameter
         * @param value its value, sent as text
         * @return this builder
         */
        public Builder param(String name, Object value) {
            params.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the number of windows of equal length into which the time range is split. The windows are read
         * concurrently; the entries and their order are those of a single pass. This costs up to one additional request
         * for each window. A stream then buffers what is read ahead. {@link DeviceLog#nextRowKey()} is null, because a
         * row key continues only one window; {@link DeviceLog#hasNext()} returns whether the cloud stopped before the
         * end of a window.
         *
         * @param count 1 to 64; at most {@code maxConcurrency} windows are read at a time
         * @return this builder
         */
        public Builder parallel(int count) {
            this.parallel = count;
            return this;
        }

        /**
         * Checks the options and creates the query.
         *
         * @return the query
         * @throws IllegalArgumentException if {@code size}, {@code maxFetches} or {@code parallel} is out of range, or
         *     if {@code parallel} is combined with an option that reads only part of the range
         */
        public DeviceLogQuery build() {
            if (size < 0) {
                throw new IllegalArgumentException("size must be 0 (all) or more, not " + size);
            }
            if (maxFetches.orElse(1) < 1) {
                throw new IllegalArgumentException("maxFetches must be 1 or more, not " + maxFetches.getAsInt());
            }
            checkParallel();
            return new DeviceLogQuery(this);
        }

        private void checkParallel() {
            if (parallel < 1 || parallel > MAX_PARALLEL) {
                throw new IllegalArgumentException("parallel must be 1 to " + MAX_PARALLEL + ", not " + parallel);
            }
            boolean partly = size > 0 || maxFetches.isPresent() || startRowKey != null;
            if (parallel > 1 && (partly || PARTIAL.stream().anyMatch(params::containsKey))) {
                throw new IllegalArgumentException(
                        "parallel reads the whole range: omit size, maxFetches, startRowKey and such params");
            }
        }
    }
}

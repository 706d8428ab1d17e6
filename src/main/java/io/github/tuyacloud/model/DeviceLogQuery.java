package io.github.tuyacloud.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a device's log to read; the Tuya call behind it is {@code GET /v1.0/devices/{id}/logs}.
 *
 * <p>Without any option: all kinds of events of the last 24 hours, up to 50 pages of 100 entries. The cloud keeps seven
 * days in its free mode, and logs only the data points of a product's standard instruction set.
 */
public final class DeviceLogQuery {

    private static final int MOST_WINDOWS = 64;

    /** Parameters that would make every window read the same part. */
    private static final Set<String> PARTIAL =
            Set.of("start_time", "end_time", "start_row_key", "last_row_key", "last_event_time");

    private final @Nullable LogTime start;
    private final @Nullable LogTime end;
    private final String eventTypes;
    private final int size;
    private final OptionalInt maxFetches;
    private final @Nullable String startRowKey;
    private final Map<String, Object> params;
    private final int windows;

    private DeviceLogQuery(Builder builder) {
        this.start = builder.start;
        this.end = builder.end;
        this.eventTypes = builder.eventTypes;
        this.size = builder.size;
        this.maxFetches = builder.maxFetches;
        this.startRowKey = builder.startRowKey;
        this.params = Collections.unmodifiableMap(new TreeMap<>(builder.params));
        this.windows = builder.windows;
    }

    /**
     * Starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Says where the window begins.
     *
     * @param now the moment that relative times count from
     * @return the beginning; 24 hours before the end unless set
     */
    public Instant startAt(Instant now) {
        return start != null ? start.at(now) : endAt(now).minus(Duration.ofDays(1));
    }

    /**
     * Says where the window ends.
     *
     * @param now the moment that relative times count from
     * @return the end; {@code now} unless set
     */
    public Instant endAt(Instant now) {
        return end != null ? end.at(now) : now;
    }

    /**
     * Gives the kinds of events wanted.
     *
     * @return the cloud's numbers with commas between them
     */
    public String eventTypes() {
        return eventTypes;
    }

    /**
     * Gives how many entries are wanted.
     *
     * @return 0 for all
     */
    public int size() {
        return size;
    }

    /**
     * Gives how many pages are fetched at most.
     *
     * @return 1 or more; empty when it was not set
     */
    public OptionalInt maxFetches() {
        return maxFetches;
    }

    /**
     * Gives where to go on reading.
     *
     * @return an earlier {@link DeviceLog#nextRowKey()}, or null
     */
    public @Nullable String startRowKey() {
        return startRowKey;
    }

    /**
     * Gives further query parameters, which override what this query computes.
     *
     * @return by name, sorted
     */
    public Map<String, Object> params() {
        return params;
    }

    /**
     * Gives into how many windows the range is split, which are read side by side.
     *
     * @return 1 for none
     */
    public int windows() {
        return windows;
    }

    /** Collects the options and checks them; not safe for use by several threads. */
    public static final class Builder {

        private @Nullable LogTime start;
        private @Nullable LogTime end;
        private String eventTypes = EventTypes.ALL;
        private int size;
        private OptionalInt maxFetches = OptionalInt.empty();
        private @Nullable String startRowKey;
        private final Map<String, Object> params = new TreeMap<>();
        private int windows = 1;

        private Builder() {}

        /**
         * Sets where the window begins.
         *
         * @param moment 24 hours before the end unless set
         * @return this builder
         * @throws IllegalArgumentException if its Unix time in milliseconds has more than 13 digits, as from the year 2286 on
         */
        public Builder start(Instant moment) {
            this.start = LogTime.of("start", Objects.requireNonNull(moment, "start"));
            return this;
        }

        /**
         * Sets where the window begins, as tinytuya's {@code start}.
         *
         * @param time negative: days before now; 10 digits: Unix time in seconds; 13 digits: in milliseconds; 0: unset
         * @return this builder
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder start(long time) {
            this.start = LogTime.of("start", time);
            return this;
        }

        /**
         * Sets where the window ends.
         *
         * @param moment now unless set
         * @return this builder
         * @throws IllegalArgumentException if its Unix time in milliseconds has more than 13 digits, as from the year 2286 on
         */
        public Builder end(Instant moment) {
            this.end = LogTime.of("end", Objects.requireNonNull(moment, "end"));
            return this;
        }

        /**
         * Sets where the window ends, as tinytuya's {@code end}.
         *
         * @param time as for {@link #start(long)}
         * @return this builder
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder end(long time) {
            this.end = LogTime.of("end", time);
            return this;
        }

        /**
         * Sets the kinds of events wanted.
         *
         * @param types all unless set
         * @return this builder
         */
        public Builder eventTypes(EventType... types) {
            this.eventTypes = types.length == 0
                    ? EventTypes.ALL
                    : EventTypes.join(Arrays.stream(types).mapToInt(EventType::id));
            return this;
        }

        /**
         * Sets the kinds of events wanted by the cloud's numbers.
         *
         * @param ids each 1 to 10
         * @return this builder
         * @throws IllegalArgumentException if a number is not known
         */
        public Builder eventTypes(int... ids) {
            this.eventTypes = ids.length == 0 ? EventTypes.ALL : EventTypes.join(Arrays.stream(ids));
            return this;
        }

        /**
         * Sets the kinds of events wanted as a comma list, as tinytuya's {@code evtype}.
         *
         * @param commaList such as {@code 1,7}; blank for all
         * @return this builder
         * @throws IllegalArgumentException if it holds anything but numbers from 1 to 10
         */
        public Builder eventTypes(String commaList) {
            this.eventTypes = EventTypes.parse(commaList);
            return this;
        }

        /**
         * Sets how many entries are wanted over all pages.
         *
         * @param entries a target: the answer holds as many when there are so many; 0, the default, for all that
         *     {@code maxFetches} pages hold
         * @return this builder
         */
        public Builder size(int entries) {
            this.size = entries;
            return this;
        }

        /**
         * Sets how many pages are fetched at most.
         *
         * @param pages 1 or more; unless set 50 for {@code getDeviceLog}, and no limit for {@code streamDeviceLog}
         * @return this builder
         */
        public Builder maxFetches(int pages) {
            this.maxFetches = OptionalInt.of(pages);
            return this;
        }

        /**
         * Goes on where an earlier part ended.
         *
         * @param rowKey that part's {@link DeviceLog#nextRowKey()}
         * @return this builder
         */
        public Builder startRowKey(String rowKey) {
            this.startRowKey = Objects.requireNonNull(rowKey, "startRowKey");
            return this;
        }

        /**
         * Adds a query parameter of the call, such as {@code codes}; it overrides what the query computes under that name.
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
         * Reads the whole range, split into windows of equal length that are read side by side; the entries and their order
         * are those of a single pass. It costs up to one call a window more. A stream then holds what has been read ahead.
         * A row key could lead on in one window only, so {@link DeviceLog#nextRowKey()} is null; {@link DeviceLog#hasNext()}
         * says whether the cloud broke off in one of them before its end.
         *
         * @param count how many windows, 1 to 64; as many are read at a time as {@code maxConcurrency} allows
         * @return this builder
         */
        public Builder parallel(int count) {
            this.windows = count;
            return this;
        }

        /**
         * Checks the options and makes the query.
         *
         * @return the query
         * @throws IllegalArgumentException if the size is negative, no page may be fetched, the number of windows is out of
         *     range, or windows are asked for together with an option that reads only a part of the range
         */
        public DeviceLogQuery build() {
            if (size < 0) {
                throw new IllegalArgumentException("size must be 0 (all) or more, not " + size);
            }
            if (maxFetches.orElse(1) < 1) {
                throw new IllegalArgumentException("maxFetches must be 1 or more, not " + maxFetches.getAsInt());
            }
            checkWindows();
            return new DeviceLogQuery(this);
        }

        private void checkWindows() {
            if (windows < 1 || windows > MOST_WINDOWS) {
                throw new IllegalArgumentException("parallel must be 1 to " + MOST_WINDOWS + ", not " + windows);
            }
            boolean partly = size > 0 || maxFetches.isPresent() || startRowKey != null;
            if (windows > 1 && (partly || PARTIAL.stream().anyMatch(params::containsKey))) {
                throw new IllegalArgumentException(
                        "parallel reads the whole range: leave size, maxFetches, startRowKey and such params out");
            }
        }
    }
}

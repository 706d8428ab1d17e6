package io.github.tuyacloud.fake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The log of a device, newest first, in pages that neither skip nor repeat events of the same millisecond. */
final class EventLog {
    /** The maximum number of events from commands; events that a test adds are never dropped. */
    private static final int ROOM_FOR_COMMANDS = 10_000;

    /** The position of an event: its time, and its index among the events of that time. */
    record Row(long time, long turn) {
        static final Comparator<Row> NEWEST_FIRST =
                Comparator.comparingLong(Row::time).thenComparingLong(Row::turn).reversed();
        private static final Pattern KEY = Pattern.compile("[0-9]{1,18}R[0-9]{1,18}");

        String key() {
            return time + "R" + turn;
        }

        /** Returns the position for a row key; refuses any other text. */
        static Row of(String key) {
            if (!KEY.matcher(key).matches()) {
                throw Refusal.illegal("no such row key: " + key);
            }
            int separator = key.indexOf('R');
            return new Row(Long.parseLong(key.substring(0, separator)), Long.parseLong(key.substring(separator + 1)));
        }
    }

    /** An event with its position. */
    record Placed(Row row, FakeLogEntry entry) {}

    /** One page and the position where the next one starts, null after the last. */
    record Page(List<Placed> events, @Nullable Row next) {}

    private final NavigableMap<Row, FakeLogEntry> events = new TreeMap<>(Row.NEWEST_FIRST);
    private final List<Supplier<List<FakeLogEntry>>> unread = new ArrayList<>();
    private long turns;
    private int room = ROOM_FOR_COMMANDS;

    /** Adds events that are never dropped, and that are created only if the log is used. */
    synchronized void addLazily(Supplier<List<FakeLogEntry>> entries) {
        unread.add(entries);
    }

    private void createUnread() {
        List<Supplier<List<FakeLogEntry>>> suppliers = List.copyOf(unread);
        unread.clear();
        suppliers.forEach(supplier -> addAll(supplier.get()));
    }

    /** Adds events that are never dropped. */
    synchronized void addAll(Iterable<FakeLogEntry> entries) {
        for (FakeLogEntry entry : entries) {
            room++;
            add(entry);
        }
    }

    /** Adds an event that may be dropped after many later ones. */
    synchronized void add(FakeLogEntry entry) {
        createUnread();
        events.put(new Row(entry.eventTime().toEpochMilli(), turns++), entry);
        if (events.size() > room) {
            events.pollLastEntry();
        }
    }

    /** Returns the newest events from {@code start} down to {@code oldest}, both included, that pass the filter. */
    synchronized Page page(Row start, long oldest, int size, Predicate<FakeLogEntry> filter) {
        createUnread();
        List<Placed> page = new ArrayList<>(size);
        NavigableMap<Row, FakeLogEntry> range = events.tailMap(start, true);
        for (Map.Entry<Row, FakeLogEntry> event : range.entrySet()) {
            if (event.getKey().time() < oldest) {
                break;
            }
            if (filter.test(event.getValue())) {
                if (page.size() == size) {
                    return new Page(page, event.getKey());
                }
                page.add(new Placed(event.getKey(), event.getValue()));
            }
        }
        return new Page(page, null);
    }
}

package io.github.tuyacloud.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the ways in which a log query names event types, all into the comma list that the cloud takes. */
final class EventTypes {

    static final String ALL = join(Arrays.stream(EventType.values()).mapToInt(EventType::id));

    private EventTypes() {}

    static String join(IntStream ids) {
        return ids.peek(EventTypes::check).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    /** Reads {@code "1, 7"}; blank means all. */
    static String parse(String commaList) {
        if (commaList.isBlank()) {
            return ALL;
        }
        try {
            return join(
                    Arrays.stream(commaList.split(",", -1)).map(String::strip).mapToInt(Integer::parseInt));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Unknown event type in \"" + commaList + "\": use numbers from 1 to 10 with commas between them");
        }
    }

    private static void check(int id) {
        if (EventType.of(id).isEmpty()) {
            throw new IllegalArgumentException("Unknown event type " + id + ": use " + describeAll());
        }
    }

    private static String describeAll() {
        return Arrays.stream(EventType.values())
                .map(type -> type.id() + " " + type)
                .collect(Collectors.joining(", "));
    }
}

package io.github.tuyacloud.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of events in a device log, with the cloud's numbers. */
public enum EventType {
    /** 1: the device came online. */
    ONLINE(1),
    /** 2: the device went offline. */
    OFFLINE(2),
    /** 3: the device was activated. */
    ACTIVATION(3),
    /** 4: the device was reset. */
    RESET(4),
    /** 5: a command was sent to the device. */
    COMMAND(5),
    /** 6: the firmware was upgraded. */
    FIRMWARE_UPGRADE(6),
    /** 7: the device reported a data point. */
    DATA_REPORT(7),
    /** 8: the device reported its signal. */
    SIGNAL(8),
    /** 9: the device restarted. */
    RESTART(9),
    /** 10: a schedule or timer of the device ran. */
    TIMER(10),
    /** A number that this library does not know; {@link LogEntry#eventId()} returns it. */
    OTHER(0);

    private final int id;

    EventType(int id) {
        this.id = id;
    }

    /**
     * Returns the type with one of the cloud's numbers.
     *
     * @param id 1 to 10
     * @return the type, never {@link #OTHER}
     * @throws IllegalArgumentException if the number is unknown; the message lists the known ones
     */
    public static EventType of(int id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("Unknown event type " + id + ": use "
                + Arrays.stream(values())
                        .filter(type -> type != OTHER)
                        .map(type -> type.id + " " + type)
                        .collect(Collectors.joining(", "))));
    }

    /** Returns the type for a number in a response: {@link #OTHER} if it is unknown, null if absent. */
    static @Nullable EventType read(@Nullable Integer id) {
        return id == null ? null : find(id).orElse(OTHER);
    }

    /**
     * Returns the cloud's number.
     *
     * @return 1 to 10; 0 for {@link #OTHER}
     */
    public int id() {
        return id;
    }

    private static Optional<EventType> find(int id) {
        return Arrays.stream(values())
                .filter(type -> type.id == id && type != OTHER)
                .findFirst();
    }
}

package io.github.tuyacloud.model;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of events in a device log, with the cloud's numbers for them. */
public enum EventType {
    /** 1: the device came online. */
    ONLINE(1),
    /** 2: the device went offline. */
    OFFLINE(2),
    /** 3: the device was activated. */
    ACTIVATION(3),
    /** 4: the device was reset. */
    RESET(4),
    /** 5: a command was issued to the device. */
    COMMAND(5),
    /** 6: firmware was upgraded. */
    FIRMWARE_UPGRADE(6),
    /** 7: the device reported a data point. */
    DATA_REPORT(7),
    /** 8: the device reported its signal. */
    SIGNAL(8),
    /** 9: the device was restarted. */
    RESTART(9),
    /** 10: a schedule or timer of the device was concerned. */
    TIMER(10);

    private final int id;

    EventType(int id) {
        this.id = id;
    }

    /**
     * Finds a type by the cloud's number.
     *
     * @param id 1 to 10
     * @return the type; empty for another number
     */
    public static Optional<EventType> of(long id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    /**
     * Gives the cloud's number.
     *
     * @return 1 to 10
     */
    public int id() {
        return id;
    }
}

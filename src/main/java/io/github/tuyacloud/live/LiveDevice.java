package io.github.tuyacloud.live;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One device of a living picture; safe for use by multiple threads. All methods except {@link #send} only read memory.
 * A removed device keeps its last state.
 */
public interface LiveDevice {

    /** {@return the device id} */
    String id();

    /** {@return the current name of the device, or null} */
    @Nullable
    String name();

    /** {@return the name of the device, or its id if it has no name; never blank} */
    default String label() {
        String name = name();
        return name == null || name.isBlank() ? id() : name;
    }

    /**
     * {@return the device as the cloud listed it, with its current name and state; without {@code status}, see
     * {@link #status()}}
     */
    Device device();

    /** {@return whether the device is connected to the cloud} */
    boolean online();

    /** {@return a snapshot of the current values of all data points of the device} */
    DeviceStatus status();

    /**
     * Returns the current value of one data point.
     *
     * @param code the data point's code, or its DP id as text
     * @return the value, with its time and origin; empty if there is no value yet
     */
    Optional<LiveValue> value(String code);

    /**
     * Adds a listener for the changes of this device.
     *
     * @param listener the listener
     * @return the registration, which removes the listener when closed
     */
    ListenerRegistration onChange(LiveChangeListener listener);

    /**
     * Sends commands and waits until the device has reported that they took effect:
     * {@code POST /v1.0/iot-03/devices/{id}/commands} once, and {@code GET /v1.0/iot-03/devices/{id}/status} at most
     * once, if the reports have not settled the outcome before the timeout. As with
     * {@link io.github.tuyacloud.TuyaCloud#sendCommand}, the commands are carried out at most once.
     *
     * <p>If the cloud's response is lost, so that it is unknown whether the cloud received the commands, this method
     * still waits: a matching report confirms them.
     *
     * @param timeout how long to wait for reports after the cloud has responded
     * @param commands one or more, sent together
     * @return the outcome for each command
     * @throws TuyaException if the cloud refuses the commands, or they were definitely not sent, or the thread is
     *     interrupted
     * @throws IllegalArgumentException if there is no command, or the timeout is negative
     * @throws IllegalStateException if the picture is closed
     */
    CommandOutcome send(Duration timeout, Command... commands);
}

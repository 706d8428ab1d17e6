package io.github.tuyacloud.live;

import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A running living picture of all devices; safe for use by multiple threads. All methods except {@link #resync} and
 * {@link LiveDevice#send} only read memory.
 */
public interface LiveDevices extends AutoCloseable {

    /**
     * Waits until the picture is {@linkplain Freshness.State#LIVE live}.
     *
     * @param timeout the maximum wait
     * @return whether it is live now; {@link #freshness()} says why not
     * @throws TuyaException if the message service or the device list refuses the project, so that waiting is useless
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean awaitReady(Duration timeout) throws InterruptedException;

    /**
     * Waits until the picture has ended. Its threads are daemon threads, which do not keep the program running.
     *
     * @param timeout the maximum wait
     * @return whether it has ended
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** {@return whether the picture is current, since when, and why} */
    Freshness freshness();

    /** {@return a snapshot of all devices, in the cloud's order} */
    List<LiveDevice> all();

    /**
     * Returns a device by its id.
     *
     * @param id the device id
     * @return the device; empty if it is not in the picture
     */
    Optional<LiveDevice> device(String id);

    /**
     * Returns a device by its name.
     *
     * @param name the name that its owner gave it
     * @return the first device of that name; empty if no device has it
     */
    Optional<LiveDevice> named(String name);

    /**
     * Adds a listener for the changes of all devices.
     *
     * @param listener the listener
     * @return removes the listener when closed
     */
    ListenerRegistration onChange(LiveChangeListener listener);

    /**
     * Reads all devices again immediately, and reports the differences to the listeners. The picture stays current
     * without this; it takes as many calls as the start.
     *
     * @throws TuyaException if reading fails
     * @throws IllegalStateException if the picture is closed, or if a listener calls this while all devices are being
     *     read
     */
    void resync();

    /** {@return the current counts} */
    LiveCounters counters();

    /**
     * Closes the picture: ends its subscription, its threads and all running calls. Waiting {@link LiveDevice#send}
     * calls return the outcome known so far. Closing it again has no effect.
     */
    @Override
    void close();
}

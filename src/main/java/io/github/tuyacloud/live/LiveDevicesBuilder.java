package io.github.tuyacloud.live;

import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Collects the options of a living picture and starts it; not thread-safe.
 *
 * <pre>{@code
 * try (LiveDevices home = cloud.live().onChange(System.out::println).start()) {
 *     home.awaitReady(Duration.ofSeconds(30));
 *     home.all().forEach(device -> System.out.println(device.label() + ": " + device.status()));
 * }
 * }</pre>
 */
public interface LiveDevicesBuilder {

    /**
     * Sets the devices of the picture.
     *
     * @param deviceIds their ids; all listed devices by default
     * @return this builder
     */
    LiveDevicesBuilder devices(Collection<String> deviceIds);

    /**
     * Sets a condition for the devices of the picture.
     *
     * @param condition tested on each device in the device list; all listed devices by default
     * @return this builder
     */
    LiveDevicesBuilder devices(Predicate<Device> condition);

    /**
     * Adds a listener for the changes of all devices. It receives all changes after the first read of the devices.
     *
     * @param listener the listener
     * @return this builder
     */
    LiveDevicesBuilder onChange(LiveChangeListener listener);

    /**
     * Sets the options of the subscription to the message service.
     *
     * @param options as for {@code cloud.messages()}. The handler threads run the listeners; so does the executor, if
     *     set, which also runs them for changes that were found by reading the devices, and with {@link #every}. While
     *     it rejects work, changes wait
     * @return this builder
     */
    LiveDevicesBuilder messages(SubscriptionOptions options);

    /**
     * Sets that all devices are read at a fixed interval, without the message service. For 100 devices, each read takes
     * one call; every five minutes, that is 8,640 calls a month.
     *
     * @param interval ten seconds to a day
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    LiveDevicesBuilder every(Duration interval);

    /**
     * Adds the mapping of a product, which is used to describe and compare its values.
     *
     * @param productId the product
     * @param mapping from {@code getMapping} or {@code things().fullMapping}
     * @return this builder
     */
    LiveDevicesBuilder mapping(String productId, DpMapping mapping);

    /**
     * Sets whether the mappings of all products are fetched at the start. This takes one call for each product that the
     * client does not know yet.
     *
     * @param include false by default
     * @return this builder
     */
    LiveDevicesBuilder includeMap(boolean include);

    /**
     * Sets how often the device list is read to verify that messages arrive. A difference that no message has reported
     * makes the picture {@linkplain Freshness.State#STALE stale}.
     *
     * @param interval ten minutes to a week; 12 hours by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    LiveDevicesBuilder verifyEvery(Duration interval);

    /**
     * Sets the maximum number of calls that the picture makes on its own in 24 hours. After that, it reads nothing
     * more, and becomes {@linkplain Freshness.State#STALE stale} if it needs to read. Commands,
     * {@link LiveDevices#resync} and the reads of {@link #every} are not limited.
     *
     * @param calls at least 1; 500 by default
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    LiveDevicesBuilder maxCallsPerDay(int calls);

    /**
     * Starts the picture. It connects to the message service and reads the devices in the background; use
     * {@link LiveDevices#awaitReady} to wait for it. The requests: {@code GET /v1.0/iot-01/associated-users/devices}
     * for every 100 devices or, with {@code apiDeviceId}, one {@code GET /v1.0/devices/{id}} for each of those devices
     * and one {@code GET /v1.0/users/{uid}/devices} for each owner; then {@code GET /v1.0/iot-03/devices/status} for
     * every 20 devices that were listed without a status.
     *
     * @return the running picture, which is closed with the client at the latest
     * @throws IllegalStateException if the client is closed
     */
    LiveDevices start();
}

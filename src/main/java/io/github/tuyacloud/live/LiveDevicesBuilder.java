package io.github.tuyacloud.live;

import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Collects the options of a living picture and starts it; not safe for use by multiple threads.
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
     * Sets the devices of the picture; all devices by default.
     *
     * @param deviceIds their ids; all listed devices by default
     * @return this builder
     */
    LiveDevicesBuilder devices(Collection<String> deviceIds);

    /**
     * Sets a condition for the devices of the picture.
     *
     * @param condition decides by what the device list contains; all listed devices by default
     * @return this builder
     */
    LiveDevicesBuilder devices(Predicate<Device> condition);

    /**
     * Adds a listener for the changes of all devices. It receives all changes after the devices were first read.
     *
     * @param listener the listener
     * @return this builder
     */
    LiveDevicesBuilder onChange(LiveChangeListener listener);

    /**
     * Sets the options of the subscription to the message service.
     *
     * @param options as for {@code cloud.messages()}; the handler threads and the executor there run the listeners
     * @return this builder
     */
    LiveDevicesBuilder messages(SubscriptionOptions options);

    /**
     * Sets that all devices are read at this interval, without the message service. With 100 devices, each reading is
     * one call, 8,640 a month at five minutes.
     *
     * @param interval ten seconds to a day
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    LiveDevicesBuilder every(Duration interval);

    /**
     * Adds the mapping of a product, by which its values are described and compared.
     *
     * @param productId the product
     * @param mapping from {@code getMapping} or {@code things().fullMapping}
     * @return this builder
     */
    LiveDevicesBuilder mapping(String productId, DpMapping mapping);

    /**
     * Sets whether the mappings of all products are fetched at the start, one call for each product that the client does not
     * know yet.
     *
     * @param include false by default
     * @return this builder
     */
    LiveDevicesBuilder includeMap(boolean include);

    /**
     * Sets how often the device list is read to verify that messages arrive. A difference without a message makes the
     * picture {@linkplain Freshness.State#STALE stale}.
     *
     * @param interval ten minutes to a week; 12 hours by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    LiveDevicesBuilder verifyEvery(Duration interval);

    /**
     * Sets the maximum number of calls that the picture makes on its own in 24 hours. Beyond it, the picture reads nothing more
     * and becomes {@linkplain Freshness.State#STALE stale} if it must. Commands, {@link LiveDevices#resync} and the readings of
     * {@link #every} are not limited.
     *
     * @param calls at least 1; 500 by default
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    LiveDevicesBuilder maxCallsPerDay(int calls);

    /**
     * Starts the picture. It connects to the message service and reads the devices in the background; use
     * {@link LiveDevices#awaitReady} to wait for it. The requests are those of the bare lists:
     * {@code GET /v1.0/iot-01/associated-users/devices} by 100, or with {@code apiDeviceId} one {@code GET /v1.0/devices/{id}} for
     * each of those devices and one {@code GET /v1.0/users/{uid}/devices} for each owner; then
     * {@code GET /v1.0/iot-03/devices/status} by 20 for devices that were listed without their status.
     *
     * @return the running picture, which is closed with the client at the latest
     * @throws IllegalStateException if the client is closed
     */
    LiveDevices start();
}

/**
 * A client library for the Tuya IoT cloud. Start with {@link TuyaCloud}, the client for one project.
 *
 * <pre>{@code
 * try (TuyaCloud cloud = new TuyaCloud()) { // key and secret come from ./tinytuya.json
 *     for (Device device : cloud.getDevices()) {
 *         System.out.println(device.name() + ": " + cloud.getStatus(device.id()).dataPoints());
 *     }
 * }
 * }</pre>
 *
 * <p>{@code TuyaCloud} itself has the methods of tinytuya's class: listing, reading, commands, logs, mappings, and
 * {@code cloudRequest} for every call that has no method of its own. {@link TuyaCloudBuilder} creates clients with
 * other settings. Further calls are grouped:
 *
 * <ul>
 *   <li>{@link Devices}: many statuses at once, details, devices behind a gateway, renaming, removing;
 *   <li>{@link Things}: all data points, including custom ones, which the methods of {@code TuyaCloud} do not show;
 *   <li>{@link Homes}: homes, rooms and scenes;
 *   <li>{@link TuyaCloud#messages()}: changes as they happen;
 *   <li>{@link TuyaCloud#live()}: the state of all devices in memory, and confirmed commands.
 * </ul>
 *
 * <p>{@link DevicesFile} reads and writes tinytuya's {@code devices.json}.
 *
 * <p>The other packages: {@link io.github.tuyacloud.model} has the arguments and results of the calls,
 * {@link io.github.tuyacloud.exception} the exceptions, {@link io.github.tuyacloud.config} the configuration,
 * {@link io.github.tuyacloud.messages} the live messages, and {@link io.github.tuyacloud.live} the living picture.
 */
@NullMarked
package io.github.tuyacloud;

import org.jspecify.annotations.NullMarked;

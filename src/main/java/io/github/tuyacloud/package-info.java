/**
 * The front door: start at {@link TuyaCloud}, a client for one project in Tuya's cloud.
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
 * {@code cloudRequest} for every call that has no method. {@link TuyaCloudBuilder} makes clients with other settings than the
 * usual ones. Further calls are in groups:
 *
 * <ul>
 *   <li>{@link Devices}: many statuses by one request, one device, those behind a gateway, renaming, removing;
 *   <li>{@link Things}: all data points, custom ones too, which the methods of {@code TuyaCloud} do not show;
 *   <li>{@link Homes}: homes, rooms and scenes;
 *   <li>{@link TuyaCloud#messages()}: changes as they happen;
 *   <li>{@link TuyaCloud#live()}: the state of all devices in memory, and commands that are confirmed.
 * </ul>
 *
 * <p>{@link DevicesFile} reads and writes tinytuya's {@code devices.json}.
 *
 * <p>What goes in and comes out is in {@link io.github.tuyacloud.model}, what can go wrong in
 * {@link io.github.tuyacloud.exception}, what a client is made from in {@link io.github.tuyacloud.config}, what the cloud pushes
 * in {@link io.github.tuyacloud.messages}, and the living picture in {@link io.github.tuyacloud.live}. {@code Wiring} puts the
 * parts of a client together.
 */
@NullMarked
package io.github.tuyacloud;

import org.jspecify.annotations.NullMarked;

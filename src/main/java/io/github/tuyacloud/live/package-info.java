/**
 * A living picture of all devices: their state in memory, kept up to date by the messages that the cloud pushes, and
 * commands that report whether the device carried them out.
 *
 * <pre>{@code
 * try (LiveDevices home = cloud.live().onChange(System.out::println).start()) {
 *     home.awaitReady(Duration.ofSeconds(30));
 *     LiveDevice plug = home.named("Kitchen plug").orElseThrow(); // memory only, no request
 *     System.out.println(plug.name() + " is " + (plug.status().isTrue("switch_1") ? "on" : "off"));
 *     CommandOutcome outcome = plug.send(Duration.ofSeconds(5), Command.of("switch_1", true));
 *     System.out.println(outcome.holds() ? "done" : outcome);
 * }
 * }</pre>
 *
 * <p>{@link io.github.tuyacloud.TuyaCloud#live() cloud.live()} returns a {@link LiveDevicesBuilder}; its
 * {@code start()} returns {@link LiveDevices}, with a {@link LiveDevice} for each device. A {@link LiveChangeListener}
 * receives each {@link LiveChange}. {@link LiveDevices#freshness()} returns whether the picture can be relied on and,
 * if not, why.
 */
@NullMarked
package io.github.tuyacloud.live;

import org.jspecify.annotations.NullMarked;

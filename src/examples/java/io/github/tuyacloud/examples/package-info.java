/**
 * The demo program and longer examples; not part of the library's jar.
 *
 * <p>{@link Demo} parses its arguments ({@code DemoOptions}), opens a cloud ({@code DemoTarget}, which starts the fake
 * one if there is no {@code tinytuya.json}) and runs a {@code DemoCommand}, {@code Tour} or {@code Watch}. They print a
 * {@code Table} of at most 80 columns. {@link DoorWebhook} and {@link FollowDevices} are examples of the living
 * picture.
 */
@NullMarked
package io.github.tuyacloud.examples;

import org.jspecify.annotations.NullMarked;

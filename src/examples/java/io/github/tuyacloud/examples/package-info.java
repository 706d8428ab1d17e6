/**
 * The demo, a program to try the library with, and longer examples; no part of the library's jar.
 *
 * <p>{@link Demo} parses its arguments ({@code DemoOptions}), opens a cloud ({@code DemoTarget}, which starts the fake one if
 * there is no {@code tinytuya.json}) and runs a {@code DemoCommand}, {@code Tour} or {@code Watch}. What they show is a
 * {@code Table} of at most 80 columns. {@link DoorWebhook} and {@link FollowDevices} are examples of the living picture.
 */
@NullMarked
package io.github.tuyacloud.examples;

import org.jspecify.annotations.NullMarked;

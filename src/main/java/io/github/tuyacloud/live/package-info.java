/**
 * A living picture of the home: the state of every device in memory, kept up to date by the messages that the cloud pushes, and
 * commands that report whether the device carried them out.
 *
 * <p>{@link LiveDevices} holds a {@link LiveDevice} for each device. What happens to them reaches a
 * {@link LiveChangeListener} as a {@link LiveChange}. {@link LiveDevices#freshness()} returns whether the picture can be relied
 * on, since when, and why not.
 */
@NullMarked
package io.github.tuyacloud.live;

import org.jspecify.annotations.NullMarked;

/**
 * Live messages: what the cloud pushes about devices as it happens.
 *
 * <p>{@code cloud.messages()} gives a {@link io.github.tuyacloud.messages.MessageSubscriptionBuilder}; its {@code start()} a
 * {@link io.github.tuyacloud.messages.MessageSubscription} that hands each
 * {@link io.github.tuyacloud.messages.LiveMessage} to a {@link io.github.tuyacloud.messages.MessageHandler}. A message is a
 * {@link io.github.tuyacloud.messages.StatusReport} or {@link io.github.tuyacloud.messages.PropertyMessage} (both are
 * {@link io.github.tuyacloud.messages.DataPointMessage}s), a {@link io.github.tuyacloud.messages.DeviceEvent}, or an
 * {@link io.github.tuyacloud.messages.UnknownMessage} that keeps what nobody has a type for.
 *
 * <p>Every message comes at least once: again when its handler threw, when a connection was lost before its
 * acknowledgement arrived, or when an acknowledgement took too long. No {@code toString} here shows what a message says.
 */
@NullMarked
package io.github.tuyacloud.messages;

import org.jspecify.annotations.NullMarked;

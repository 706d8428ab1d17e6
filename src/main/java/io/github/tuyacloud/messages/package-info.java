/**
 * Live messages: what the cloud pushes about devices as it happens.
 *
 * <pre>{@code
 * try (MessageSubscription subscription = cloud.messages()
 *         .handler(message -> {
 *             if (message instanceof DataPointMessage report) {
 *                 report.dataPoints().forEach(point -> System.out.println(point.code() + " = " + point.value()));
 *             }
 *         })
 *         .start()) {
 *     System.out.println(subscription.awaitConnected(Duration.ofSeconds(30)) ? "connected" : subscription.state());
 * }
 * }</pre>
 *
 * <p>{@link io.github.tuyacloud.TuyaCloud#messages() cloud.messages()} gives a {@link MessageSubscriptionBuilder}; its
 * {@code start()} a {@link MessageSubscription} that hands each {@link LiveMessage} to a {@link MessageHandler}. A message is
 *
 * <ul>
 *   <li>a {@link DataPointMessage} about new values: a {@link StatusReport} of the cloud's older message set or a
 *       {@link PropertyMessage} of the newer one;
 *   <li>a {@link DeviceEvent}: a device came online, was renamed, was removed and so on;
 *   <li>an {@link UnknownMessage}, which keeps what nobody has a type for.
 * </ul>
 *
 * <p>Every message comes at least once: again when its handler threw, when a connection was lost before its
 * acknowledgement arrived, or when an acknowledgement took too long. A {@link MessageErrorListener} learns of messages that
 * cannot be read, and of the end. No {@code toString} here shows what a message says.
 */
@NullMarked
package io.github.tuyacloud.messages;

import org.jspecify.annotations.NullMarked;

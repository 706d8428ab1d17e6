/**
 * Live messages: device changes that the cloud pushes as they happen.
 *
 * <pre>{@code
 * try (MessageSubscription subscription = cloud.messages().subscribe(message -> {
 *     if (message instanceof DataPointMessage report) {
 *         report.dataPoints().forEach(point -> System.out.println(point.code() + " = " + point.value()));
 *     }
 * })) {
 *     System.out.println(subscription.awaitConnected(Duration.ofSeconds(30)) ? "connected" : subscription.state());
 * }
 * }</pre>
 *
 * <p>{@link io.github.tuyacloud.Messages#subscribe} returns a {@link MessageSubscription}, which passes each
 * {@link LiveMessage} to a {@link MessageHandler}. A message is one of these:
 *
 * <ul>
 *   <li>a {@link DataPointMessage} with new values: a {@link StatusReport} from the cloud's older message set or a
 *       {@link PropertyMessage} from the newer one;
 *   <li>a {@link DeviceEvent}: a device came online, was renamed, was removed and so on;
 *   <li>an {@link UnknownMessage}: anything else.
 * </ul>
 *
 * <p>Every message is handled at least once. It is handled again if its handler threw an exception, or if the
 * connection was lost before its acknowledgment arrived. A {@link MessageErrorListener} decides what happens to failed
 * and unreadable messages, and is called when the subscription has ended. No {@code toString} in this package shows the
 * content of a message.
 */
@NullMarked
package io.github.tuyacloud.messages;

import org.jspecify.annotations.NullMarked;

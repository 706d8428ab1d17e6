/**
 * The message socket: keeps a WebSocket to the cloud's message service open, decrypts messages, passes them to the
 * program's handler, and acknowledges them. Not exported.
 *
 * <p>The path of a message: {@link io.github.tuyacloud.socket.Connection} receives a frame.
 * {@link io.github.tuyacloud.socket.FrameHandler} passes it to {@link io.github.tuyacloud.socket.InFlight}, which
 * filters duplicates and creates a {@link io.github.tuyacloud.socket.Delivery}.
 * {@link io.github.tuyacloud.socket.OrderedExecutor} runs it on a handler thread, where
 * {@link io.github.tuyacloud.socket.DeliveryProcessor} decrypts it and calls the handler. If the handler throws, the
 * delivery is retried after a delay; nothing is sent. If the handler succeeds, {@code InFlight} acknowledges the
 * message; for a message of a batch, {@link io.github.tuyacloud.socket.BatchAcknowledgments} decides when.
 *
 * <p>{@link io.github.tuyacloud.socket.ConnectionLoop} replaces lost connections, and
 * {@link io.github.tuyacloud.socket.SocketSubscription} is the object that the program holds.
 */
@NullMarked
package io.github.tuyacloud.socket;

import org.jspecify.annotations.NullMarked;

/**
 * The message socket: keeps one WebSocket to the cloud's message service open, decrypts messages, hands them to the program
 * and acknowledges them. Not exported.
 *
 * <p>The way of a message: {@link io.github.tuyacloud.socket.Connection} reads a frame from the wire.
 * {@link io.github.tuyacloud.socket.FrameHandler} passes it to {@link io.github.tuyacloud.socket.InFlight}, which admits each
 * message once and creates a {@link io.github.tuyacloud.socket.Delivery}. {@link io.github.tuyacloud.socket.OrderedExecutor}
 * brings it to a handler thread, and {@link io.github.tuyacloud.socket.DeliveryProcessor} decrypts it and calls the handler.
 * If that throws, the delivery waits there and is tried again; nothing is sent. If it succeeds, {@code InFlight} acknowledges
 * it, for a batch through {@link io.github.tuyacloud.socket.BatchAcknowledgements}.
 *
 * <p>{@link io.github.tuyacloud.socket.ConnectionLoop} replaces lost connections, and
 * {@link io.github.tuyacloud.socket.SocketSubscription} is what the program holds.
 */
@NullMarked
package io.github.tuyacloud.socket;

import org.jspecify.annotations.NullMarked;

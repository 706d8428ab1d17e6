/**
 * The message socket: keeps one WebSocket to the cloud's message service open, decrypts what comes and answers it. Not
 * exported.
 *
 * <p>The way of a message: {@link io.github.tuyacloud.socket.Connection} takes a frame from the wire,
 * {@link io.github.tuyacloud.socket.FrameHandler} reads it (envelope, decryption, typed message) and makes it a
 * {@link io.github.tuyacloud.socket.Delivery}, {@link io.github.tuyacloud.socket.InFlight} admits it,
 * {@link io.github.tuyacloud.socket.Lanes} bring it to a handler thread, and {@link io.github.tuyacloud.socket.DeliveryProcessor} hands
 * it to the program and sends the answer. {@link io.github.tuyacloud.socket.ConnectionLoop} makes lost connections again, and
 * {@link io.github.tuyacloud.socket.SocketSubscription} is what a program holds of it all.
 */
@NullMarked
package io.github.tuyacloud.socket;

import org.jspecify.annotations.NullMarked;

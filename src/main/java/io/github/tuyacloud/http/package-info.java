/**
 * Carries one HTTP request to the cloud and its response back; knows nothing of devices, tokens or envelopes. Not
 * exported.
 *
 * <p>{@link io.github.tuyacloud.http.OkHttpTransport} takes an {@link io.github.tuyacloud.http.HttpRequest} with all
 * its headers, sends it over OkHttp (a write at most once), and returns an {@link io.github.tuyacloud.http.HttpResponse}
 * or throws a {@link io.github.tuyacloud.http.SendException}. What it adds to OkHttp:
 *
 * <ul>
 *   <li>{@code SendOnceInterceptor} keeps a write from being sent twice, with the help of {@code ConnectionProbe} and
 *       {@code ObservedSocket}; {@code Progress} follows one request.
 *   <li>{@code InterruptibleSocketFactory} and {@code ObservedTlsFactory} put an {@code ObservedSocket} below each
 *       connection, which counts its reads.
 *   <li>{@code InterruptibleSocketFactory} and {@code CancellableDns} let an interrupt or a timeout end a wait
 *       immediately.
 *   <li>{@link io.github.tuyacloud.http.Endpoint} checks base URLs.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.http;

import org.jspecify.annotations.NullMarked;

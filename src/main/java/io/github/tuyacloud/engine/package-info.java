/**
 * Sends one signed call, from request to response. Knows nothing about devices. Not exported.
 *
 * <p>A call passes through these classes:
 *
 * <ul>
 *   <li>{@link io.github.tuyacloud.engine.CallPipeline} takes an {@link io.github.tuyacloud.engine.ApiRequest} and a
 *       {@link io.github.tuyacloud.engine.ResultReader} and sets the deadline.
 *   <li>{@code CallLoop} runs attempts until one succeeds or there is no recovery; {@code TokenLoop} does so for calls
 *       that fetch a token. Both extend {@code RetryLoop}.
 *   <li>{@code TokenManager} provides the access token: one thread fetches it while the others wait
 *       ({@code SingleFlight}).
 *   <li>{@code AdmissionControl} and {@code InFlightLimit} delay or reject requests: quota, rate, budget, and requests
 *       in flight.
 *   <li>{@code SignedExchange} makes one attempt: {@code RequestSigner} signs,
 *       {@link io.github.tuyacloud.http.OkHttpTransport} sends, and {@link io.github.tuyacloud.engine.Envelope} reads
 *       the response.
 *   <li>{@code FailureClassifier} determines the exception and the {@code Recovery} of a failed attempt, using
 *       {@code ErrorCatalog}; {@code Backoff} and {@code RetryAfter} compute the wait.
 * </ul>
 *
 * <p>{@code RegionResolver} provides the host and {@code ServerClock} the cloud's time; {@code UsageMeter} counts
 * requests, and {@code Redactor} removes secrets from external text.
 */
@NullMarked
package io.github.tuyacloud.engine;

import org.jspecify.annotations.NullMarked;

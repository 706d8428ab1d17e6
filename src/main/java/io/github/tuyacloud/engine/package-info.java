/**
 * One signed call, from request to answer. It knows nothing about devices. Not exported.
 *
 * <p>A call passes through these classes, top down:
 *
 * <ul>
 *   <li>{@link io.github.tuyacloud.engine.CallPipeline} takes an {@link io.github.tuyacloud.engine.ApiRequest} and a
 *       {@link io.github.tuyacloud.engine.ResultReader}, and starts the deadline.
 *   <li>{@code CallLoop} runs attempts until one succeeds or there is no recovery. Calls that fetch a token use
 *       {@code TokenLoop}; the common part is {@code RetryLoop}.
 *   <li>{@code TokenManager} provides the access token: one thread fetches it, the others wait
 *       ({@code SingleFlight}).
 *   <li>{@code AdmissionControl} and {@code InFlightLimit} hold a request back: quota, rate, budget, and requests in flight.
 *   <li>{@code SignedExchange} is one attempt: {@code RequestSigner} signs, {@link io.github.tuyacloud.http.OkHttpTransport}
 *       sends, {@link io.github.tuyacloud.engine.Envelope} reads the answer.
 *   <li>{@code FailureClassifier} turns a failed attempt into the caller's exception and a {@code Recovery}, using
 *       {@code ErrorCatalog}; {@code Backoff} and {@code RetryAfter} compute the wait.
 * </ul>
 *
 * <p>{@code RegionResolver} provides the host, {@code ServerClock} the cloud's time; {@code UsageMeter} counts
 * requests, and {@code Redactor} removes secrets from external texts.
 */
@NullMarked
package io.github.tuyacloud.engine;

import org.jspecify.annotations.NullMarked;

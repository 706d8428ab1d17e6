/**
 * One signed call, from request to answer; knows nothing of devices. Not exported.
 *
 * <p>A call goes through these classes, from top to bottom:
 *
 * <ul>
 *   <li>{@link io.github.tuyacloud.engine.CallPipeline} takes an {@link io.github.tuyacloud.engine.ApiRequest} and a
 *       {@link io.github.tuyacloud.engine.ResultReader}, and starts the deadline.
 *   <li>{@code CallLoop} runs attempts until one succeeds or nothing more can be done. Calls that fetch a token have a loop of
 *       their own, {@code TokenLoop}; what both do is in {@code RetryLoop}.
 *   <li>{@code TokenManager} provides the access token: one thread fetches it, the others wait ({@code Flight}).
 *   <li>{@code AdmissionControl} and {@code InFlightLimit} hold a request back: quota, rate, budget, and requests in flight.
 *   <li>{@code SignedExchange} is one attempt: {@code RequestSigner} signs, {@link io.github.tuyacloud.http.OkHttpTransport}
 *       sends, {@link io.github.tuyacloud.engine.Envelope} reads the answer.
 *   <li>{@code FailureClassifier} turns what went wrong into the caller's exception and the {@code Recovery}, with the help of
 *       {@code ErrorCatalog}; {@code Backoff} and {@code RetryAfter} compute the wait.
 * </ul>
 *
 * <p>{@code RegionResolver} knows the host, {@code ServerClock} the cloud's time, {@code UsageMeter} what was sent, and
 * {@code Redactor} removes secrets from all text that comes from outside.
 */
@NullMarked
package io.github.tuyacloud.engine;

import org.jspecify.annotations.NullMarked;

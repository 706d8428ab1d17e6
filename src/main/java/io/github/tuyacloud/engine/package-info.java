/**
 * One signed call, from request to answer; knows nothing of devices. Not exported.
 *
 * <p>The way through: {@link io.github.tuyacloud.engine.CallPipeline} takes an {@link io.github.tuyacloud.engine.ApiRequest},
 * asks the {@link io.github.tuyacloud.engine.TokenManager} for an access token and hands both to the call loop; each round
 * of the loop is one attempt: limits, {@link io.github.tuyacloud.engine.RequestSigner},
 * {@link io.github.tuyacloud.http.OkHttpTransport}, {@link io.github.tuyacloud.engine.Envelope}, verdict.
 */
@NullMarked
package io.github.tuyacloud.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Carries one HTTP request to the cloud and its answer back; knows nothing of devices, tokens or envelopes. Not exported.
 *
 * <p>{@link io.github.tuyacloud.http.OkHttpTransport} takes an {@link io.github.tuyacloud.http.HttpRequest} with all its
 * headers, sends it exactly once over OkHttp, and returns an {@link io.github.tuyacloud.http.HttpAnswer} or throws a
 * {@link io.github.tuyacloud.http.SendException}. Time limits, DNS lookups, sockets and the size of a body are its business.
 */
@NullMarked
package io.github.tuyacloud.http;

import org.jspecify.annotations.NullMarked;

package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, classified.
 *
 * @param exception the exception to throw if there is no recovery
 * @param recovery how the client can recover
 * @param reach the calls affected by the failure
 * @param retryAfter the wait requested by the cloud, or null
 * @param serverTime the server's time when the response arrived, or null
 */
record Failure(
        TuyaException exception,
        Recovery recovery,
        Reach reach,
        @Nullable Duration retryAfter,
        @Nullable Instant serverTime) {}

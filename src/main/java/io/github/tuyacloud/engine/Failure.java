package io.github.tuyacloud.engine;

import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, classified.
 *
 * @param exception what the caller gets if nothing more is done
 * @param recovery what can be done
 * @param reach which calls the failure concerns
 * @param retryAfter how long the cloud asks to wait, or null
 * @param serverTime the server's time when the answer arrived, or null
 */
record Failure(
        TuyaException exception,
        Recovery recovery,
        Reach reach,
        @Nullable Duration retryAfter,
        @Nullable Instant serverTime) {}

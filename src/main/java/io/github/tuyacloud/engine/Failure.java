package io.github.tuyacloud.engine;

import io.github.tuyacloud.exception.TuyaException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that did not work, judged.
 *
 * @param exception what the caller gets if nothing more is done
 * @param remedy what can be done
 * @param retryAfter how long the cloud asks to wait, or null
 * @param serverTime the server's time at the moment of the verdict, or null
 */
record Failure(
        TuyaException exception,
        Recovery remedy,
        @Nullable Duration retryAfter,
        @Nullable Instant serverTime) {}

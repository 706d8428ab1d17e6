package io.github.tuyacloud.http;

import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, read completely.
 *
 * @param status the HTTP status
 * @param retryAfter the {@code Retry-After} header, or null
 * @param contentType the {@code Content-Type} header, or null
 * @param body the decompressed body, in memory, to be read once; null if it is longer than
 *     {@link OkHttpTransport#MAX_BODY_BYTES}
 * @param roundTrip the time between sending the request and receiving the answer's head
 */
public record HttpAnswer(
        int status,
        @Nullable String retryAfter,
        @Nullable String contentType,
        @Nullable InputStream body,
        Duration roundTrip) {}

package io.github.tuyacloud.config;

import io.github.tuyacloud.json.LogSafe;
import java.time.Instant;
import java.util.Objects;

/**
 * An access token of the cloud and the time at which it expires.
 *
 * @param value the token as sent in the {@code access_token} header; a secret
 * @param expiresAt the expiry time by the client's clock
 */
public record AccessToken(String value, Instant expiresAt) {

    /**
     * Checks that both components are present.
     *
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (value.isBlank()) {
            throw new IllegalArgumentException("The access token is blank");
        }
    }

    /** Returns only the expiry time, because the value is a secret. */
    @Override
    public String toString() {
        return LogSafe.line("AccessToken[value=***, expiresAt={}]", expiresAt);
    }
}

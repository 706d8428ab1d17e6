package io.github.tuyacloud.config;

import java.time.Instant;
import java.util.Objects;

/**
 * An access token of the cloud and the moment until which it is taken to be good.
 *
 * @param value the token as sent in the {@code access_token} header; a secret
 * @param expiresAt by the client's clock
 */
public record AccessToken(String value, Instant expiresAt) {

    /**
     * Checks that both parts are there.
     *
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (value.isBlank()) {
            throw new IllegalArgumentException("An access token is not blank");
        }
    }

    /** The expiry only: the value is a secret. */
    @Override
    public String toString() {
        return "AccessToken[value=***, expiresAt=" + expiresAt + "]";
    }
}

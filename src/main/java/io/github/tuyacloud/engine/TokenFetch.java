package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches an access token: {@code GET /v1.0/token?grant_type=1}. */
public final class TokenFetch {

    private static final ApiRequest REQUEST = ApiRequest.get("/v1.0/token").query("grant_type", 1);

    static final String OPERATION = REQUEST.operation();

    /** The lifetime of a token if the response does not contain it. */
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

    /**
     * The minimum lifetime: a token that is about to expire is used for at least this long, because another fetch would
     * return the same token.
     */
    private static final Duration MIN_LIFETIME = Duration.ofSeconds(30);

    private static final Duration MAX_LIFETIME = Duration.ofDays(7);

    private final RetryLoop loop;
    private final Backoff backoff;
    private final ServerClock clock;

    public TokenFetch(RetryLoop loop, Backoff backoff, ServerClock clock) {
        this.loop = loop;
        this.backoff = backoff;
        this.clock = clock;
    }

    RetryLoop.Parts parts() {
        return loop.parts();
    }

    /** Fetches a token; its lifetime is counted from the start of the call. */
    AccessToken fetch(Target target, Deadline deadline) {
        Instant requestedAt = clock.localNow();
        ResultReader<AccessToken> reader = response -> tokenIn(ResultReader.objectIn(response), requestedAt);
        return loop.run(new RetryLoop.Run<>(
                loop.parts(), REQUEST, null, RegionResolver.fixedAt(target), backoff, deadline, reader));
    }

    private static AccessToken tokenIn(Map<String, @Nullable Object> result, Instant requestedAt) {
        return new AccessToken(valueIn(result), requestedAt.plus(lifetimeIn(result)));
    }

    private static String valueIn(Map<String, @Nullable Object> result) {
        String value = JsonValues.text(result.get("access_token"));
        if (value == null || !isToken(value)) {
            throw new IllegalArgumentException("it contains no access token");
        }
        return value;
    }

    private static Duration lifetimeIn(Map<String, @Nullable Object> result) {
        Object stated = result.get("expire_time") != null ? result.get("expire_time") : result.get("expire");
        Long seconds = JsonValues.wholeNumber(stated);
        if (seconds == null) {
            return DEFAULT_LIFETIME;
        }
        return Duration.ofSeconds(Math.max(MIN_LIFETIME.toSeconds(), Math.min(MAX_LIFETIME.toSeconds(), seconds)));
    }

    /** Returns whether a value is valid in a header. */
    static boolean isToken(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) >= 127) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}

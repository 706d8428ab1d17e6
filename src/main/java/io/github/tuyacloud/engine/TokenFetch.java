package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gets an access token from the cloud: {@code GET /v1.0/token?grant_type=1}. */
public final class TokenFetch {

    private static final ApiRequest REQUEST = ApiRequest.get("/v1.0/token").query("grant_type", 1);

    static final String OPERATION = REQUEST.operation();

    /** The lifetime of a token if the answer does not contain it. */
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    /**
     * The minimum lifetime: a token about to expire is used at least this long, because another fetch would return the
     * same one.
     */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

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

    /** Fetches a token; its lifetime starts before the call. */
    AccessToken fetch(Target target, Deadline deadline) {
        Instant asked = clock.localNow();
        ResultReader<AccessToken> reader = answer -> tokenIn(ResultReader.objectIn(answer), asked);
        return loop.run(new RetryLoop.Run<>(
                loop.parts(), REQUEST, null, RegionResolver.fixedAt(target), backoff, deadline, reader));
    }

    private static AccessToken tokenIn(Map<String, @Nullable Object> result, Instant asked) {
        return new AccessToken(valueIn(result), asked.plus(lifeIn(result)));
    }

    private static String valueIn(Map<String, @Nullable Object> result) {
        String value = JsonValues.text(result.get("access_token"));
        if (value == null || !isToken(value)) {
            throw new IllegalArgumentException("it holds no access token");
        }
        return value;
    }

    private static Duration lifeIn(Map<String, @Nullable Object> result) {
        Object stated = result.get("expire_time") != null ? result.get("expire_time") : result.get("expire");
        Long seconds = JsonValues.wholeNumber(stated);
        if (seconds == null) {
            return USUAL_LIFE;
        }
        return Duration.ofSeconds(Math.max(SHORTEST_LIFE.toSeconds(), Math.min(LONGEST_LIFE.toSeconds(), seconds)));
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

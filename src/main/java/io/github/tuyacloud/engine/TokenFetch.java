package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the cloud for an access token: {@code GET /v1.0/token?grant_type=1}. */
final class TokenFetch {

    private static final ApiRequest REQUEST = ApiRequest.get("/v1.0/token").query("grant_type", 1);

    static final String OPERATION = REQUEST.operation();

    /** When the cloud does not say how long a token lasts. */
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    /** A token that is nearly dead is used all the same for so long: asking again would bring the same one. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final RetryLoop loop;
    private final ServerClock clock;

    TokenFetch(RetryLoop loop, ServerClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Fetches; what is left of the token's life counts from before the call. */
    AccessToken fetch(Target target, Deadline deadline) {
        Instant asked = clock.localNow();
        Envelope envelope = loop.run(now -> REQUEST, new NoToken(target), deadline, answer -> answer);
        Map<String, @Nullable Object> result = JsonValues.object(envelope.result());
        String value = result == null ? null : JsonValues.text(result.get("access_token"));
        if (result == null || value == null || !isToken(value)) {
            throw new TuyaTransportException(
                    CallFailure.builder(OPERATION)
                            .tid(envelope.tid())
                            .httpStatus(envelope.httpStatus())
                            .attempts(envelope.attempts())
                            .build(),
                    "the answer cannot be used: it holds no access token",
                    Sent.MAYBE,
                    null);
        }
        return new AccessToken(value, asked.plus(life(result)));
    }

    private static Duration life(Map<String, @Nullable Object> result) {
        Object stated = result.get("expire_time") != null ? result.get("expire_time") : result.get("expire");
        Long seconds = JsonValues.wholeNumber(stated);
        if (seconds == null) {
            return USUAL_LIFE;
        }
        return Duration.ofSeconds(Math.max(SHORTEST_LIFE.toSeconds(), Math.min(LONGEST_LIFE.toSeconds(), seconds)));
    }

    /** Whether it can stand in a header. */
    static boolean isToken(String value) {
        return !value.isBlank() && value.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** The token call needs none itself. */
    record NoToken(Target target) implements RetryLoop.Credentials {

        @Override
        public @Nullable AccessToken token(ApiRequest request, Target wanted, Deadline deadline) {
            return null;
        }

        @Override
        public void reject(Target wanted, AccessToken token) {
            // there is none to reject
        }
    }
}

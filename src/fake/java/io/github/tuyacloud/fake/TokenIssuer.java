package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues access tokens and checks whether they are valid. */
final class TokenIssuer {
    /**
     * The number of expired tokens that are remembered, to tell them from unknown ones; limited because a soak test may
     * issue very many.
     */
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Duration lifetime;
    private final boolean mintEachTime;
    private final Map<String, Token> issued = new LinkedHashMap<>();
    private @Nullable Token current;
    private int callsPerToken = Integer.MAX_VALUE;

    TokenIssuer(Clock clock, Duration lifetime, boolean mintEachTime) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.mintEachTime = mintEachTime;
    }

    /** Returns the valid token with its remaining seconds, or a new one. */
    synchronized ObjectNode get() {
        Token token = current;
        if (token == null || mintEachTime || token.secondsLeft(clock.instant()) < 1) {
            token = mint();
        }
        return describe(token);
    }

    /** Returns a new pair for a refresh token, which works once and invalidates the access token that it belongs to. */
    synchronized ObjectNode refresh(String refreshToken) {
        Token token = current;
        if (token == null || !token.refreshToken.equals(refreshToken)) {
            throw new Refusal(1011, "token invalid");
        }
        return describe(mint());
    }

    /** Returns normally if a call may use this token; otherwise refuses the call. */
    synchronized void use(String accessToken) {
        Token token = issued.get(accessToken);
        if (token == null) {
            throw new Refusal(1011, "token invalid");
        }
        if (token != current || !clock.instant().isBefore(token.expiresAt) || token.calls >= callsPerToken) {
            if (token == current) {
                current = null;
            }
            throw new Refusal(1010, "token is expired");
        }
        token.calls++;
    }

    synchronized void expireAll() {
        current = null;
    }

    synchronized void killAfter(int calls) {
        callsPerToken = calls;
    }

    private Token mint() {
        Token token = new Token(
                thirtyTwoHexDigits(), thirtyTwoHexDigits(), clock.instant().plus(lifetime));
        issued.put(token.accessToken, token);
        if (issued.size() > REMEMBERED) {
            issued.remove(issued.keySet().iterator().next());
        }
        current = token;
        return token;
    }

    private ObjectNode describe(Token token) {
        return Json.object()
                .put("access_token", token.accessToken)
                .put("expire_time", token.secondsLeft(clock.instant()))
                .put("refresh_token", token.refreshToken)
                .put("uid", "bay1588925778000fake");
    }

    private static String thirtyTwoHexDigits() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static final class Token {
        private final String accessToken;
        private final String refreshToken;
        private final Instant expiresAt;
        private int calls;

        Token(String accessToken, String refreshToken, Instant expiresAt) {
            this.accessToken = accessToken;
            this.refreshToken = refreshToken;
            this.expiresAt = expiresAt;
        }

        long secondsLeft(Instant now) {
            return Duration.between(now, expiresAt).toSeconds();
        }
    }
}

package io.github.tuyacloud.config;

import java.util.Optional;

/**
 * Stores access tokens outside the client, so that several processes or successive runs share them.
 *
 * <p>The client reads it only if it has no valid token in memory, and saves every new token. Implementations must be
 * thread-safe.
 *
 * <p>The client calls a store on daemon threads of its own and waits for it no longer than a quarter of the remaining call
 * timeout, at most five seconds. A store that takes longer is interrupted, and not called again before it has returned. If a
 * store takes too long or throws, an {@link Error} included, the client continues without it and logs a warning. A store
 * must not call the client whose tokens it keeps: such a call throws an {@link IllegalStateException}.
 */
public interface TokenStore {

    /**
     * Returns the stored token.
     *
     * @param key made from host and client id; contains no secret
     * @return the token that was last saved under the key, even if it has expired; empty if there is no such token
     */
    Optional<AccessToken> load(String key);

    /**
     * Writes a token, replacing any earlier one.
     *
     * @param key as for {@link #load}
     * @param token the new token
     */
    void save(String key, AccessToken token);

    /**
     * Removes a token that the cloud has rejected.
     *
     * @param key as for {@link #load}
     */
    void clear(String key);
}

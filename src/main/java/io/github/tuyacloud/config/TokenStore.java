package io.github.tuyacloud.config;

import java.util.Optional;

/**
 * A place where access tokens outlive one client, so that several processes, or several runs, share one.
 *
 * <p>The client asks it only when it has no usable token of its own, and tells it about every new one. An
 * implementation must be safe for use by many threads; when it throws, the client goes on without it and says so in
 * one warning.
 */
public interface TokenStore {

    /**
     * Looks a token up.
     *
     * @param key made of host and client id; holds no secret
     * @return the token saved last under the key, fresh or not; empty when there is none
     */
    Optional<AccessToken> load(String key);

    /**
     * Keeps a token in place of any earlier one.
     *
     * @param key as for {@link #load}
     * @param token the new token
     */
    void save(String key, AccessToken token);

    /**
     * Forgets a token, because the cloud no longer takes it.
     *
     * @param key as for {@link #load}
     */
    void clear(String key);
}

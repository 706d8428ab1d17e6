package io.github.tuyacloud.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Stores access tokens outside the client, so that several processes or successive runs share them.
 *
 * <p>The client reads the store only if it has no valid token in memory, and saves every new token. Implementations
 * must be thread-safe. If a method throws or does not return, the client continues without the store and logs one
 * warning.
 *
 * <p>In some projects, each new token invalidates the previous one. Processes that share a store then need one that can
 * be locked, such as {@link FileTokenStore}: without {@link #lock}, two processes that request a token at the same time
 * invalidate each other's.
 */
public interface TokenStore {

    /**
     * Returns the stored token.
     *
     * @param key derived from the host and the client id; contains no secret
     * @return the token last saved under the key, even if it has expired; empty if absent
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

    /**
     * Locks the store, so that no other process requests a token at the same time.
     *
     * <p>The client locks the store if it has no valid token. It then calls {@link #load} again, in case another
     * process has saved one in the meantime. If not, it requests a token and calls {@link #save}. Finally, it closes
     * the lock. The other methods must not wait for the lock, and the lock must end with the process that holds it. The
     * default implementation locks nothing.
     *
     * @param key as for {@link #load}
     * @param timeout how long to wait for another process
     * @return the lock; empty if another process held it for that long, in which case the client continues without it
     */
    default Optional<Lock> lock(String key, Duration timeout) {
        return Optional.of(() -> {});
    }

    /** The lock on a store, until it is closed. */
    @FunctionalInterface
    interface Lock extends AutoCloseable {

        /** Releases the lock. Called once, on any thread. */
        @Override
        void close();
    }
}

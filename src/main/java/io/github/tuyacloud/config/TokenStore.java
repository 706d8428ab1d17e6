package io.github.tuyacloud.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Stores access tokens outside the client, so that several processes or successive runs share them.
 *
 * <p>The client reads it only if it has no valid token in memory, and saves every new token. Implementations must be
 * thread-safe. If one throws or does not return, the client continues without it and logs one warning.
 *
 * <p>In some projects each new token ends the one before. Processes that share a store then need one that can be locked,
 * such as {@link FileTokenStore}: without {@link #lock}, they end each other's tokens whenever two of them request one at
 * the same time.
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

    /**
     * Locks the store, so that no other process requests a token at the same time.
     *
     * <p>The client locks a store when that has no valid token. It then calls {@link #load} again, in case another process
     * has saved one meanwhile; otherwise it requests a token, calls {@link #save} and closes the lock. Calls of the other
     * methods must not wait for the lock, and it must end with the process that holds it. The default locks nothing.
     *
     * @param key as for {@link #load}
     * @param patience how long to wait for another process
     * @return the lock; empty if another process has held it for that long, in which case the client continues without it
     */
    default Optional<Lock> lock(String key, Duration patience) {
        return Optional.of(() -> {});
    }

    /** A store that is locked until this is closed. */
    @FunctionalInterface
    interface Lock extends AutoCloseable {

        /** Releases the lock; called once, on any thread. */
        @Override
        void close();
    }
}

package io.github.tuyacloud.config;

import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps access tokens in a file, so that several processes or successive runs share them.
 *
 * <p>Only the owner can read the file, and each change replaces the whole file. Two lock files next to it, also
 * readable only by the owner, keep processes from overwriting each other's changes ({@code .lock}) and from requesting
 * tokens at the same time ({@code .renewal.lock}). Safe for use by multiple threads and processes.
 *
 * <p>If the path or a lock file is a directory, a device, a pipe or a socket, every method throws an
 * {@link UncheckedIOException} and does not touch it.
 */
public final class FileTokenStore implements TokenStore {

    private static final int MAX_BYTES = 1024 * 1024;

    /** A change takes a few milliseconds, so a lock that is held for a second will not be released soon. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final Path file;
    private final LockFile changes = new LockFile(".lock");
    private final LockFile renewals = new LockFile(".renewal.lock");

    /**
     * Creates a store. Nothing is read or written yet.
     *
     * @param file the path of a regular file, which need not exist, but its directory must; symbolic links are followed
     */
    public FileTokenStore(Path file) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
    }

    /** {@inheritDoc} A missing or damaged file counts as empty. */
    @Override
    public Optional<AccessToken> load(String key) {
        try {
            Map<String, @Nullable Object> entry = JsonValues.object(readAll().get(key));
            return Optional.ofNullable(entry == null ? null : toToken(entry));
        } catch (IOException e) {
            throw failure(JsonFile.cannotRead(e), e);
        }
    }

    @Override
    public void save(String key, AccessToken token) {
        change(tokens -> tokens.put(
                key,
                Map.of(
                        "access_token",
                        token.value(),
                        "expires_at",
                        token.expiresAt().toEpochMilli())));
    }

    @Override
    public void clear(String key) {
        change(tokens -> tokens.remove(key));
    }

    @Override
    public Optional<Lock> lock(String key, Duration timeout) {
        try {
            LockFile.Held held = renewals.lock(JsonFile.target(file), timeout);
            return held == null ? Optional.empty() : Optional.of(() -> unlock(held));
        } catch (IOException e) {
            throw failure(JsonFile.cannotWrite(e), e);
        }
    }

    private void unlock(LockFile.Held held) {
        try {
            held.close();
        } catch (IOException e) {
            throw failure("its lock cannot be released", e);
        }
    }

    /** Returns the path, not the content. */
    @Override
    public String toString() {
        return LogSafe.of("FileTokenStore[" + file + "]");
    }

    @FunctionalInterface
    private interface Change {
        void to(Map<String, @Nullable Object> tokens);
    }

    private void change(Change change) {
        try {
            // The lock file is next to the real file, so that all links to it share one lock.
            Path target = JsonFile.target(file);
            try (LockFile.Held held = changes.lock(target, LOCK_TIMEOUT)) {
                if (held == null) {
                    throw new IOException("another process has locked it");
                }
                Map<String, @Nullable Object> tokens = new LinkedHashMap<>(readAll());
                change.to(tokens);
                JsonFile.write(target, tokens);
            }
        } catch (IOException e) {
            throw failure(JsonFile.cannotWrite(e), e);
        }
    }

    private UncheckedIOException failure(String reason, IOException cause) {
        return new UncheckedIOException(LogSafe.line("The token file {}: {}", file, reason), cause);
    }

    private Map<String, @Nullable Object> readAll() throws IOException {
        try {
            Map<String, @Nullable Object> tokens = JsonValues.object(JsonFile.read(file, MAX_BYTES));
            return tokens == null ? Map.of() : tokens;
        } catch (NoSuchFileException | MalformedJsonException e) {
            return Map.of();
        }
    }

    private static @Nullable AccessToken toToken(Map<String, @Nullable Object> entry) {
        String value = JsonValues.text(entry.get("access_token"));
        Long expiresAt = JsonValues.wholeNumber(entry.get("expires_at"));
        try {
            return value == null || value.isBlank() || expiresAt == null
                    ? null
                    : new AccessToken(value, Instant.ofEpochMilli(expiresAt));
        } catch (DateTimeException e) {
            return null;
        }
    }
}

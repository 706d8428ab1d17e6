package io.github.tuyacloud.config;

import io.github.tuyacloud.json.JsonFile;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps access tokens in a file, so that several processes or successive runs share them.
 *
 * <p>Only the owner can read the file, and each change replaces it as a whole. A lock file next to it, with the suffix
 * {@code .lock}, keeps processes from overwriting each other's changes. Thread-safe, also across processes.
 */
public final class FileTokenStore implements TokenStore {

    private static final int MAX_BYTES = 1024 * 1024;

    /** A change takes a few milliseconds, so a lock that is held for a second will not be released soon. */
    private static final long LOCK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path file;
    private final Path lockFile;

    /**
     * Creates a store. Nothing is read or written yet.
     *
     * @param file the path; the file need not exist, but its folder must
     */
    public FileTokenStore(Path file) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
        this.lockFile = this.file.resolveSibling(this.file.getFileName() + ".lock");
    }

    /** {@inheritDoc} A missing or damaged file counts as empty. */
    @Override
    public Optional<AccessToken> load(String key) {
        try {
            Map<String, @Nullable Object> entry = JsonValues.object(readAll().get(key));
            return Optional.ofNullable(entry == null ? null : toToken(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Returns the path, not the content. */
    @Override
    public String toString() {
        return "FileTokenStore[" + file + "]";
    }

    @FunctionalInterface
    private interface Change {
        void to(Map<String, @Nullable Object> tokens);
    }

    private void change(Change change) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel); // released with the channel
            Map<String, @Nullable Object> tokens = new LinkedHashMap<>(readAll());
            change.to(tokens);
            JsonFile.write(file, tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Polls for the lock, because the channel's blocking method fails for other threads of the same process. */
    private void lock(FileChannel channel) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LOCK_PATIENCE_NANOS
                && !Thread.currentThread().isInterrupted()) {
            try {
                if (channel.tryLock() != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // another thread of this process holds it
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
        throw new IOException("could not lock " + lockFile);
    }

    private Map<String, @Nullable Object> readAll() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            Map<String, @Nullable Object> tokens = JsonValues.object(JsonFile.read(file, MAX_BYTES));
            return tokens == null ? Map.of() : tokens;
        } catch (MalformedJsonException e) {
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

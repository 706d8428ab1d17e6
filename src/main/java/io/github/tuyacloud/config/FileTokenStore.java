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
 * Keeps access tokens in a file, so that several processes, or one run after another, share them.
 *
 * <p>The file is readable by its owner only and is replaced as a whole; a lock file beside it, named like it with
 * {@code .lock} behind, keeps processes from overwriting each other's changes. Safe for use by many threads and processes.
 */
public final class FileTokenStore implements TokenStore {

    private static final int MAX_BYTES = 1024 * 1024;

    /** A change takes a few milliseconds; a call waits for no more than a moment for one that does not end. */
    private static final long LOCK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path file;
    private final Path lockFile;

    /**
     * Names the file; nothing is read or written yet.
     *
     * @param file the path; it need not exist, but its folder must
     */
    public FileTokenStore(Path file) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
        this.lockFile = this.file.resolveSibling(this.file.getFileName() + ".lock");
    }

    /** {@inheritDoc} A missing or damaged file holds no tokens. */
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

    /** Shows the file, not what is in it. */
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
            lock(channel); // until the channel is closed
            Map<String, @Nullable Object> tokens = new LinkedHashMap<>(readAll());
            change.to(tokens);
            JsonFile.write(file, tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the lock: the channel's own waiting does not know of other threads of this very process. */
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

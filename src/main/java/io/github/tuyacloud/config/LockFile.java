package io.github.tuyacloud.config;

import io.github.tuyacloud.json.JsonFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lock file next to another file, which only one thread of one process can lock at a time. The lock ends with its
 * process.
 */
final class LockFile {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String suffix;

    /**
     * Held by one thread at a time. The others must not even open the file: when a process closes a file, it loses all
     * its locks on it.
     */
    private final Semaphore turn = new Semaphore(1);

    /**
     * A channel that did not get the lock, kept open for the next attempt: if another instance in this process holds the lock,
     * closing this channel would release it. Guarded by the turn.
     */
    private @Nullable Spare spare;

    private record Spare(FileChannel channel, @Nullable Object fileKey) {}

    LockFile(String suffix) {
        this.suffix = suffix;
    }

    /** A file that is locked until this is closed, by any thread. */
    final class Held implements AutoCloseable {

        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                turn.release();
            }
        }
    }

    /**
     * Locks the file next to another one.
     *
     * @return the lock; null if it is still held elsewhere when the wait ends, or if this thread is interrupted
     * @throws IOException if the file is not a regular file, or cannot be created, opened or locked
     */
    @Nullable
    Held lock(Path target, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        if (!awaitTurn(timeout)) {
            return null;
        }
        Held held = null;
        try {
            held = lock(target.resolveSibling(target.getFileName() + suffix), end);
            return held;
        } finally {
            if (held == null) {
                turn.release();
            }
        }
    }

    private boolean awaitTurn(Duration timeout) {
        try {
            return turn.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Held lock(Path file, long end) throws IOException {
        FileChannel channel = open(file);
        boolean keep = false;
        try {
            boolean locked = poll(channel, end);
            keep = true;
            if (!locked) {
                spare = new Spare(channel, fileKey(file));
            }
            return locked ? new Held(channel) : null;
        } finally {
            if (!keep) {
                channel.close();
            }
        }
    }

    /** Opens the file, or returns the spare channel if that is still the same file. */
    private FileChannel open(Path file) throws IOException {
        Spare kept = spare;
        spare = null;
        if (kept == null) {
            return JsonFile.openLock(file);
        }
        if (kept.fileKey() != null && kept.fileKey().equals(fileKey(file))) {
            return kept.channel();
        }
        kept.channel().close();
        return JsonFile.openLock(file);
    }

    private static @Nullable Object fileKey(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** Polls, because the channel's blocking method fails if another channel of the same process has the lock. */
    private static boolean poll(FileChannel channel, long end) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        while (!isLocked(channel)) {
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}

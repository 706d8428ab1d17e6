package io.github.tuyacloud.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens, replaces and creates regular files only. Never blocks on a pipe or a device, although a path may name one and
 * its target may change at any moment.
 */
final class RegularFile {

    /** The limit of Linux. */
    private static final int MAX_LINKS = 40;

    /** Does not contain the name of the file: together, they could exceed the limit of the file system. */
    private static final String TEMPORARY = ".tuya-cloud-";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private RegularFile() {}

    /**
     * Reads at most {@code maxBytes} of a file. Symbolic links are followed.
     *
     * <p>Opening a pipe blocks and cannot be interrupted, and a pipe may replace the file after its type was checked.
     * Therefore, a separate thread opens and reads the file; it is abandoned if it does not finish in time.
     *
     * @throws FileSystemException if it is not a regular file, or if reading takes too long
     */
    static byte[] read(Path file, int maxBytes, long timeoutMillis) throws IOException {
        requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class));
        return readInTime(file, maxBytes, timeoutMillis);
    }

    static byte[] readInTime(Path file, int maxBytes, long timeoutMillis) throws IOException {
        return inTime(file, timeoutMillis, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(maxBytes);
            }
        });
    }

    /**
     * Returns the target of a path after following all symbolic links: a regular file, or one that does not exist yet.
     */
    static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        try {
            requireRegular(file, attributes(target));
        } catch (NoSuchFileException e) {
            // it will be created
        }
        return target;
    }

    /** Writes a file returned by {@link #target} atomically, replacing an existing one; only its owner may read it. */
    static void replace(Path target, byte[] content) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString());
        }
        Path directory = target.getParent();
        Path temporary = Files.createTempFile(directory, TEMPORARY, ".tmp", ownerOnly(directory));
        try {
            Files.write(temporary, content);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Opens a lock file, which must not be a symbolic link, creating it if it does not exist. Access is restricted to
     * the owner, also for an existing file, because any user who can open the file can hold the lock.
     */
    static FileChannel openLock(Path file, long timeoutMillis) throws IOException {
        try {
            requireRegular(file, attributes(file));
            closeToOthers(file, timeoutMillis);
        } catch (NoSuchFileException e) {
            create(file);
        }
        // READ as well: opening a pipe for both reading and writing does not block.
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            requireRegular(file, attributes(file));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireRegular(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file but " + kind(attributes));
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        return attributes.isDirectory() ? "a folder" : "a device, a pipe or a socket";
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException e) {
            // another process has just created it
        }
    }

    /**
     * Restricts the access to the owner, unless the file system does not store permissions.
     *
     * @throws FileSystemException if that takes too long
     */
    static void closeToOthers(Path file, long timeoutMillis) throws IOException {
        if (!hasPermissions(file)
                || OWNER_ONLY.equals(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            return;
        }
        // Without following links, setting permissions opens the file.
        inTime(file, timeoutMillis, () -> {
            try {
                return Files.setAttribute(file, "posix:permissions", OWNER_ONLY, LinkOption.NOFOLLOW_LINKS);
            } catch (FileSystemException e) {
                return null; // the file system does not store permissions
            }
        });
    }

    private static FileAttribute<?>[] ownerOnly(Path place) {
        return hasPermissions(place)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static <T extends @Nullable Object> T inTime(Path file, long timeoutMillis, Callable<T> access)
            throws IOException {
        FutureTask<T> task = new FutureTask<>(access);
        Thread thread = new Thread(task, "tuya-file");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new FileSystemException(
                    file.toString(), null, "it could not be opened and read within " + timeoutMillis + " ms");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening " + file);
        }
    }
}

package io.github.tuyacloud.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON files that contain secrets. Opens regular files only, writes atomically, and grants access to
 * the owner only.
 */
public final class JsonFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A network drive may take seconds; a longer wait means that the path is not a regular file. */
    private static final long TIMEOUT_MILLIS = 10_000;

    private JsonFile() {}

    /**
     * Reads a file.
     *
     * @param file the path; symbolic links are followed
     * @param maxBytes the maximum size; a larger file is rejected
     * @return the plain Java value
     * @throws MalformedJsonException if the file is too large, not UTF-8, or not JSON; the message never quotes its
     *     content
     * @throws NoSuchFileException if the file does not exist
     * @throws IOException if it is not a regular file, or cannot be read within ten seconds
     */
    public static @Nullable Object read(Path file, int maxBytes) throws IOException, MalformedJsonException {
        byte[] bytes = RegularFile.read(file, maxBytes + 1, TIMEOUT_MILLIS);
        if (bytes.length > maxBytes) {
            throw new MalformedJsonException("it is larger than " + maxBytes / (1024 * 1024) + " MiB");
        }
        return Json.read(decode(bytes));
    }

    /**
     * Writes a file atomically, replacing an existing one; only its owner may read it.
     *
     * @param file the path; a symbolic link is followed and kept, even if its target does not exist yet
     * @param value plain Java values
     * @throws IOException if the path names something other than a regular file, or cannot be written
     */
    public static void write(Path file, Object value) throws IOException {
        RegularFile.replace(RegularFile.target(file), Json.writePretty(value));
    }

    /**
     * Returns the target of a path after following all symbolic links.
     *
     * @param file the path; it need not exist
     * @return the file that {@link #write} would replace
     * @throws IOException if the target exists but is not a regular file, or if the links form a loop
     */
    public static Path target(Path file) throws IOException {
        return RegularFile.target(file);
    }

    /**
     * Opens a lock file, creating it if it does not exist; only its owner may open it.
     *
     * @param file the path; not a symbolic link
     * @return a channel on which the caller can acquire the lock
     * @throws IOException if it is not a regular file, or cannot be opened
     */
    public static FileChannel openLock(Path file) throws IOException {
        return RegularFile.openLock(file, TIMEOUT_MILLIS);
    }

    /**
     * Returns why a file could not be read, and what to do about it.
     *
     * @param failure the exception thrown by {@link #read}
     * @return a clause without a final period
     */
    public static String cannotRead(IOException failure) {
        return "it cannot be read: " + reason(failure)
                + (failure instanceof AccessDeniedException ? ". Check its permissions" : "");
    }

    /**
     * Returns why a file could not be written, and what to do about it.
     *
     * @param failure the exception thrown by {@link #write}
     * @return a clause without a final period
     */
    public static String cannotWrite(IOException failure) {
        boolean isAboutTheFolder = failure instanceof NoSuchFileException || failure instanceof AccessDeniedException;
        return "it cannot be written: " + reason(failure)
                + (isAboutTheFolder ? ". Check that its folder exists and is yours" : "");
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (failure instanceof FileSystemLoopException) {
            return "its symbolic links form a loop";
        }
        String reason = failure instanceof FileSystemException problem ? problem.getReason() : failure.getMessage();
        return reason == null ? "an I/O error occurred" : reason;
    }

    /**
     * Returns whether every user of the machine may read a file.
     *
     * @param file the path
     * @return true if they may; {@code false} if unknown
     */
    public static boolean isWorldReadable(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String decode(byte[] bytes) throws MalformedJsonException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("it is not UTF-8 text: save it as UTF-8");
        }
    }
}

package io.github.tuyacloud.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON files that contain secrets: opens regular files only, and writes atomically and for the owner only. */
public final class JsonFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private JsonFile() {}

    /**
     * Reads a file.
     *
     * @param file the path; symbolic links are followed
     * @param maxBytes a larger file is refused
     * @return the plain Java value
     * @throws MalformedJsonException if it is not a regular file, too large, not UTF-8, or not JSON; the message never quotes it
     * @throws IOException if it cannot be read
     */
    public static @Nullable Object read(Path file, int maxBytes) throws IOException, MalformedJsonException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new MalformedJsonException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new MalformedJsonException("it is larger than " + maxBytes / (1024 * 1024) + " MiB");
            }
            return Json.read(decode(bytes));
        }
    }

    /**
     * Writes a file, replacing an existing one: completely or not at all, readable by its owner only.
     *
     * @param file the path; a symbolic link is followed
     * @param value plain Java values
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Object value) throws IOException {
        byte[] bytes = Json.writePretty(value);
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(target + " is not the path of a file");
        }
        Path temporary = Files.createTempFile(directory, "." + target.getFileName(), ".tmp", ownerOnly(directory));
        try {
            Files.write(temporary, bytes);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Returns whether every user of the machine may read a file.
     *
     * @param file the path
     * @return true if they may; false if not or if it is unknown
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

    private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

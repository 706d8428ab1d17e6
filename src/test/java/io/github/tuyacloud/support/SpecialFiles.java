package io.github.tuyacloud.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Creates files that are not regular, and lists folders so that they can be compared. */
public final class SpecialFiles {

    /** The kinds of files. */
    public enum Kind {
        FOLDER,
        PIPE,
        SOCKET,
        DEVICE,
        LINK_TO_FOLDER,
        LINK_TO_PIPE,
        LINK_TO_DEVICE,
        LINKS_IN_A_CIRCLE
    }

    private SpecialFiles() {}

    /**
     * Creates a special file, and the target of a link next to it; skips the test if the system does not support it.
     */
    public static void create(Path file, Kind kind) throws IOException {
        Path target = file.resolveSibling("target");
        switch (kind) {
            case FOLDER -> Files.createDirectory(file);
            case PIPE -> run("mkfifo", file.toString());
            case SOCKET ->
                // The file outlives the socket.
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(file))
                        .close();
            case DEVICE -> run("mknod", file.toString(), "c", "1", "3");
            case LINK_TO_FOLDER -> link(file, target, Kind.FOLDER);
            case LINK_TO_PIPE -> link(file, target, Kind.PIPE);
            case LINK_TO_DEVICE -> link(file, target, Kind.DEVICE);
            case LINKS_IN_A_CIRCLE -> {
                Files.createSymbolicLink(file, target);
                Files.createSymbolicLink(target, file);
            }
        }
    }

    private static void link(Path file, Path target, Kind kind) throws IOException {
        create(target, kind);
        Files.createSymbolicLink(file, target.getFileName());
    }

    private static void run(String... command) throws IOException {
        try {
            assumeTrue(new ProcessBuilder(command).start().waitFor() == 0, "this user cannot run " + command[0]);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the contents of a folder: the inode, type and permissions of each file by name. */
    public static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Map<String, Object> attributes =
                        Files.readAttributes(file, "unix:ino,mode,rdev,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                found.put(file.getFileName().toString(), new TreeMap<>(attributes).toString());
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }
}

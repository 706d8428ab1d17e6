package io.github.tuyacloud.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The zip that goes to Maven Central: the files of one version, laid out as in a repository, with their checksums. */
final class CentralBundle {
    /** By the ending of the file that holds it, in the order in which Central asks for them. */
    static final Map<String, String> CHECKSUMS =
            new TreeMap<>(Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256", ".sha512", "SHA-512"));

    private CentralBundle() {}

    /** All files of a zip, by path. */
    static SortedMap<String, byte[]> read(Path zip) throws IOException {
        return unzip(Files.readAllBytes(zip));
    }

    /** All files of a zip, by path. */
    static SortedMap<String, byte[]> unzip(byte[] zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    /**
     * Makes the bundle from a folder that is laid out as a repository, for a version of which the publishing plugin makes
     * none: a snapshot. What only the plugin needs is left out.
     */
    static void pack(Path repository, Path zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : filesIn(repository)) {
            String name = file.getFileName().toString();
            if (!name.startsWith("maven-metadata") && !name.startsWith(".")) {
                String path = repository.relativize(file).toString().replace('\\', '/');
                files.put(path, Files.readAllBytes(file));
            }
        }
        addChecksums(files);
        Files.createDirectories(zip.getParent());
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream zipped = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zipped.putNextEntry(new ZipEntry(file.getKey()));
                zipped.write(file.getValue());
            }
        }
    }

    /** Puts the four checksums beside each file that is no signature. */
    static void addChecksums(Map<String, byte[]> files) {
        for (String path : List.copyOf(files.keySet())) {
            if (!path.endsWith(".asc")) {
                CHECKSUMS.forEach((ending, algorithm) -> files.put(
                        path + ending, checksum(algorithm, files.get(path)).getBytes(US_ASCII)));
            }
        }
    }

    /** A checksum in hex digits. */
    static String checksum(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + algorithm, e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}

package io.github.tuyacloud.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The jars that the build has packed, and what stands beside them on the class path. */
final class Packed {
    private Packed() {}

    /** The library. */
    static Path library() {
        return Path.of(property("packagedJar"));
    }

    /** The cloud to test against. */
    static Path fake() {
        return Path.of(property("fakeJar"));
    }

    /** What the library needs at run time, without itself. */
    static List<String> runtimeDependencies() {
        return elements("runtimeClasspath");
    }

    /** What the tests need, the runtime dependencies included. */
    static List<String> testDependencies() {
        return elements("testClasspath");
    }

    /** The names of a jar's files, sorted. */
    static TreeSet<String> files(Path jar) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .forEach(names::add);
        }
        return names;
    }

    private static List<String> elements(String name) {
        return List.of(property(name).split(File.pathSeparator));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is set by: mvn verify");
    }
}

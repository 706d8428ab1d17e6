package io.github.tuyacloud.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Finds the jars that the build has packed, and those of the dependencies. */
final class Packed {
    /** What the enforcer allows in the scope "compile". */
    private static final Pattern RUNTIME = Pattern.compile(
            "(okhttp-jvm|okio-jvm|kotlin-stdlib|annotations|jackson-(databind|core|annotations)|slf4j-api)-\\d.*\\.jar");

    private Packed() {}

    /** Returns the jar of the library. */
    static Path library() {
        return Path.of(property("packagedJar"));
    }

    /** Returns the jar of the fake cloud. */
    static Path fake() {
        return Path.of(property("fakeJar"));
    }

    /** Returns the jars that the library needs at run time, without its own. */
    static List<String> runtimeDependencies() {
        return testDependencies().stream()
                .filter(jar ->
                        RUNTIME.matcher(Path.of(jar).getFileName().toString()).matches())
                .toList();
    }

    /** Returns the jars that the tests need, those of the runtime included and our own left out. */
    static List<String> testDependencies() {
        String[] elements = System.getProperty("surefire.test.class.path", "").split(File.pathSeparator);
        return Stream.of(elements)
                .filter(element -> element.endsWith(".jar") && !library().equals(Path.of(element)))
                .toList();
    }

    /** Returns the names of a jar's files, sorted. */
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

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is set by: mvn verify");
    }
}

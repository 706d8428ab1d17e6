package io.github.tuyacloud.bench.cases;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Packs compiled classes into jars, because class-data sharing supports only jars, and finds those of the dependencies.
 */
final class Jars {

    private static final Pattern RUNTIME = Pattern.compile(
            "(okhttp-jvm|okio-jvm|kotlin-stdlib|jackson-(core|databind|annotations)|slf4j-api)-\\d.*\\.jar");

    private Jars() {}

    /** Packs those files in or below the directory of a class whose path begins with a prefix. */
    static Path pack(Class<?> one, String start, Path jar) throws IOException, URISyntaxException {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(root)) {
            return Files.copy(root, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> paths = Files.walk(root)) {
            List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            for (Path each : files) {
                String name = root.relativize(each).toString().replace(File.separatorChar, '/');
                if (name.startsWith(start)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(each, out);
                }
            }
        }
        return jar;
    }

    /** Returns the dependencies on the class path of users. */
    static String runtimeLibraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path ->
                        RUNTIME.matcher(Path.of(path).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}

package io.github.tuyacloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.tuyacloud.TuyaCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads what the tests of this package check: the classes of the library, and the texts of the project. */
final class Scan {

    /** The classes of the library, imported once for all tests. */
    static final JavaClasses LIBRARY = library();

    private Scan() {}

    private static JavaClasses library() {
        try {
            return new ClassFileImporter()
                    .importPath(Path.of(TuyaCloud.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the files in a folder of the project, or the file itself, whose names end in one of the given types. */
    static List<Path> files(String place, String types) {
        try (Stream<Path> files = Files.walk(Path.of(place))) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("(.*\\.)?(" + types + ")"))
                    .toList();
            assertThat(found).as(place).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

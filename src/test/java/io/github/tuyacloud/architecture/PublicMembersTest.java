package io.github.tuyacloud.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that no public method of an exported package exists only for other packages of the library. */
class PublicMembersTest {

    private static final Pattern EXPORTED =
            Pattern.compile("io\\.github\\.tuyacloud(\\.(config|exception|live|messages|model))?");

    /** The hidden packages, whose tests do not count as users. */
    private static final Set<String> HIDDEN_PACKAGES =
            Set.of("architecture", "engine", "http", "json", "operation", "picture", "socket");

    @Test
    void publicMethod_usedByAnotherPackage_isAlsoForUsers() {
        String users = textsOfUsers();

        List<String> notForUsers = Scan.LIBRARY.stream()
                .filter(type -> EXPORTED.matcher(type.getPackageName()).matches())
                .filter(PublicMembersTest::isPublic)
                // Users implement interfaces, or call them.
                .filter(type -> !type.isInterface())
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(method -> !isComponent(method))
                .filter(PublicMembersTest::isUsedByAnotherRoom)
                .filter(method -> !Pattern.compile("(\\.|::|`)" + method.getName() + "\\b")
                        .matcher(users)
                        .find())
                .map(JavaMethod::getFullName)
                .sorted()
                .toList();

        assertThat(notForUsers).isEmpty();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicMembersTest::isPublic).orElse(true);
    }

    /** Returns whether a method is an accessor of a record that users receive. */
    private static boolean isComponent(JavaMethod method) {
        return method.getOwner().isRecord()
                && method.getRawParameterTypes().isEmpty()
                && method.getOwner().tryGetField(method.getName()).isPresent();
    }

    private static boolean isUsedByAnotherRoom(JavaMethod method) {
        String home = method.getOwner().getPackageName();
        return method.getAccessesToSelf().stream()
                .anyMatch(access -> !access.getOriginOwner().getPackageName().equals(home));
    }

    /**
     * Returns the texts that users read or write: the README, the guides, the examples, and tests through the public
     * API.
     */
    private static String textsOfUsers() {
        return Stream.of("README.md", "src/site", "src/examples/java", "src/test/java/io/github/tuyacloud")
                .flatMap(place -> Scan.files(place, "java|md").stream())
                .filter(file -> !HIDDEN_PACKAGES.contains(
                        file.toAbsolutePath().getParent().getFileName().toString()))
                .map(Scan::text)
                .collect(joining("\n"));
    }
}

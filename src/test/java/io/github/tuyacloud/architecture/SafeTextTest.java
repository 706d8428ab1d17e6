package io.github.tuyacloud.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.tuyacloud.json.LogSafe;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Checks that text from outside reaches a log line or a {@code toString} only through {@link LogSafe}. */
class SafeTextTest {

    private static final String ROOT = "io.github.tuyacloud";

    private static final Pattern LOGGER = Pattern.compile("getLogger\\(([^)]*)\\)");

    /** Collections whose text consists of the texts of their elements. */
    private static final Set<String> COLLECTIONS = Set.of("java.util.List", "java.util.Set");

    @Test
    void logger_outsideLogSafe_isNotWrittenTo() {
        noClasses()
                .that(not(belongToAnyOf(LogSafe.class)))
                .should()
                .accessTargetWhere(describe(
                        "a logger is written to, which forwards texts of the cloud as they are",
                        access -> access.getTargetOwner().isAssignableTo(Logger.class)
                                && !access.getName().matches("is\\w+Enabled")))
                .check(Scan.LIBRARY);
    }

    /** The README names these loggers, so that a program can set their levels. */
    @Test
    void loggers_ofTheLibrary_areTheTwoDocumentedOnes() {
        List<String> names = Scan.files("src/main/java", "java").stream()
                .flatMap(file -> LOGGER.matcher(Scan.text(file)).results())
                .map(logger -> logger.group(1))
                .distinct()
                .sorted()
                .toList();

        assertThat(names).containsExactly("\"io.github.tuyacloud\"", "\"io.github.tuyacloud.messages\"");
    }

    @Test
    void toString_ofValuesWithText_usesLogSafe() {
        List<String> unsafe = Scan.LIBRARY.stream()
                .filter(type ->
                        type.getPackageName().matches(ROOT + "(\\.(config|exception|live|messages|model|picture))?"))
                .filter(type -> !type.isEnum() && !type.isAssignableTo(Throwable.class))
                .filter(type -> !type.isRecord() || isForUsers(type))
                .flatMap(type -> type.tryGetMethod("toString").stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(method -> hasText(method.getOwner()) && !usesLogSafe(method))
                .map(JavaMethod::getFullName)
                .sorted()
                .toList();

        assertThat(unsafe).isEmpty();
    }

    private static boolean isForUsers(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getPackageName().endsWith(".picture");
    }

    private static boolean hasText(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                .anyMatch(part -> !hasSafeText(part));
    }

    private static boolean hasSafeText(JavaClass type) {
        return type.isPrimitive()
                || type.isEnum()
                || type.isAssignableTo(Number.class)
                || type.isAssignableTo(Boolean.class)
                || type.getPackageName().equals("java.time")
                || type.getPackageName().startsWith(ROOT)
                || COLLECTIONS.contains(type.getName());
    }

    private static boolean usesLogSafe(JavaMethod method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(LogSafe.class));
    }
}

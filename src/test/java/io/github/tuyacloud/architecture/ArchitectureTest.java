package io.github.tuyacloud.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.json.LogSafe;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the architecture: which package may use which, which may use a library, and what users see. */
class ArchitectureTest {

    private static final String ROOT = "io.github.tuyacloud";

    /** All packages, top down; each may use those below it. */
    private static final List<String> FROM_THE_TOP = List.of(
            ROOT,
            ROOT + ".picture",
            ROOT + ".live",
            ROOT + ".operation",
            ROOT + ".socket",
            ROOT + ".messages",
            ROOT + ".engine",
            ROOT + ".http",
            ROOT + ".config",
            ROOT + ".model",
            ROOT + ".exception",
            ROOT + ".json");

    private static final String[] EXPORTED = {
        ROOT, ROOT + ".config", ROOT + ".exception", ROOT + ".live", ROOT + ".messages", ROOT + ".model"
    };

    private static final Set<String> MUTABLE = Set.of(
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.ArrayList",
            "java.util.HashSet",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicReference",
            "java.lang.ThreadLocal",
            "java.util.Random");

    static List<String> packages() {
        return FROM_THE_TOP;
    }

    @Test
    void library_packages_areTheListedOnes() {
        assertThat(Scan.LIBRARY)
                .extracting(JavaClass::getPackageName)
                .containsOnly(FROM_THE_TOP.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_each_usesOnlyThoseBelowIt(String name) {
        String[] above = FROM_THE_TOP.subList(0, FROM_THE_TOP.indexOf(name)).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .allowEmptyShould(true)
                .check(Scan.LIBRARY);
    }

    @Test
    void packages_all_areFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(Scan.LIBRARY);
    }

    @Test
    void engine_anyClass_usesNoDevice() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".engine")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameStartingWith("Device")
                .check(Scan.LIBRARY);
    }

    @Test
    void model_anyClass_usesOnlyJsonAndExceptions() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".model")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAnyPackage(ROOT + ".model", ROOT + ".json", ROOT + ".exception"))))
                .check(Scan.LIBRARY);
    }

    @Test
    void operation_anyClass_usesNeitherSocketNorMessages() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".operation")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".socket", ROOT + ".messages")
                .check(Scan.LIBRARY);
    }

    @Test
    void live_anyClass_usesOnlyMessagesAndModel() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".live")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".operation", ROOT + ".socket", ROOT + ".engine", ROOT + ".config")
                .check(Scan.LIBRARY);
    }

    @Test
    void picture_anyClass_usesNoSocket() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".picture")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".socket")
                .check(Scan.LIBRARY);
    }

    @Test
    void jackson_databindAndCore_areUsedByJsonOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(Scan.LIBRARY);
    }

    @Test
    void jackson_annotations_areUsedByModelOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".json", ROOT + ".model")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.annotation..")
                .check(Scan.LIBRARY);
    }

    @Test
    void okHttp_outsideHttpSocketAndBuilder_isNotUsed() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".http", ROOT + ".socket")
                .and(not(belongToAnyOf(TuyaCloudBuilder.class)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..")
                .check(Scan.LIBRARY);
    }

    @Test
    void http_anyClass_usesOnlyConfiguration() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAnyPackage(ROOT + ".http", ROOT + ".config")))
                        .and(not(belongToAnyOf(LogSafe.class))))
                .check(Scan.LIBRARY);
    }

    @Test
    void fields_static_areFinalAndOfImmutableType() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .andShould(beOfImmutableType())
                .check(Scan.LIBRARY);
    }

    private static ArchCondition<JavaField> beOfImmutableType() {
        return new ArchCondition<>("be of an immutable type") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String type = field.getRawType().getName();
                boolean open =
                        field.getRawType().isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                if (MUTABLE.contains(type) || open) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is a " + type));
                }
            }
        };
    }

    @Test
    void exportedPackages_publicTypes_areValuesInterfacesExceptionsOrFinal() {
        classes()
                .that()
                .resideInAnyPackage(EXPORTED)
                .and()
                .arePublic()
                .should(beClosed())
                .check(Scan.LIBRARY);
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be an interface, record, enum, exception or final class") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.isInterface()
                        || type.isRecord()
                        || type.isEnum()
                        || type.isAssignableTo(Throwable.class)
                        || type.getModifiers().contains(JavaModifier.FINAL);
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " can be extended"));
                }
            }
        };
    }
}

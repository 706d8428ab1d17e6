package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks that all types which Jackson can read are also read without it, and known to native compilers and ProGuard.
 */
class OwnTypesTest {

    private static final Set<Class<?>> CREATED = created();

    /** Returns the types of this package that have a {@code JsonCreator}. */
    private static Set<Class<?>> created() {
        return new ClassFileImporter()
                .importPackagesOf(Device.class).stream()
                        .filter(type ->
                                type.getCodeUnits().stream().anyMatch(unit -> unit.isAnnotatedWith(JsonCreator.class)))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
    }

    @Test
    void read_everyCreatedType_needsNoReflection() {
        assertThat(CREATED).hasSizeGreaterThan(15).allSatisfy(type -> {
            if (type == DeviceStatus.class) { // its JSON is a list
                assertThat(OwnTypes.read(List.of(), type)).isInstanceOf(type);
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> OwnTypes.read(List.of(), type))
                        .withMessageContaining("does not match " + type.getName());
            }
        });
    }

    @Test
    void nativeImage_metadata_namesEveryCreatedType() throws IOException {
        Set<String> listed = new ObjectMapper()
                        .readTree(resource("native-image/io.github.tuyacloud/tuya-cloud/reflect-config.json"))
                        .findValuesAsText("name")
                        .stream()
                        .collect(Collectors.toSet());

        assertThat(listed).isEqualTo(CREATED.stream().map(Class::getName).collect(Collectors.toSet()));
    }

    @Test
    void proguard_rules_keepCreatorsAndValues() throws IOException {
        assertThat(resource("proguard/tuya-cloud.pro"))
                .contains("annotation.JsonCreator <methods>", "annotation.JsonValue <methods>", "-keepattributes")
                .contains("-keepclassmembers enum com.fasterxml.jackson.");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Device.class.getResourceAsStream("/META-INF/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.github.tuyacloud.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.model.Command;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the packed jars contain what users need and nothing else. */
class PackagedJarIT {
    private static final String MODULE = "io.github.tuyacloud";
    private static final String FAKE_MODULE = MODULE + ".fake";
    private static final int JAVA_17 = 61;

    /** A package of an Export-Package header, behind which directives may contain package names again. */
    private static final Pattern EXPORTED = Pattern.compile("(?:^|,)(io\\.github\\.tuyacloud[\\w.]*);version=");

    private static final String[] PUBLIC_PACKAGES = {
        MODULE, MODULE + ".config", MODULE + ".exception", MODULE + ".live", MODULE + ".messages", MODULE + ".model"
    };

    @Test
    void module_ofTheLibrary_exportsThePublicPackagesOnly() {
        ModuleDescriptor module = descriptor(Packed.library(), MODULE);

        assertThat(module.exports()).extracting(Exports::source).containsExactlyInAnyOrder(PUBLIC_PACKAGES);
        assertThat(module.exports()).noneMatch(Exports::isQualified);
        assertThat(module.opens()).isEmpty();
        assertThat(module.isOpen()).isFalse();
        assertThat(module.isAutomatic()).isFalse();
    }

    @Test
    void module_ofTheLibrary_requiresTheThreeDependenciesOnly() {
        Set<String> atRunTime = descriptor(Packed.library(), MODULE).requires().stream()
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("com.fasterxml.jackson."))
                .collect(Collectors.toSet());

        assertThat(atRunTime).containsExactlyInAnyOrder("okhttp3", "org.slf4j");
    }

    @Test
    void versions_inManifestAndModule_areTheSame() throws IOException {
        try (JarFile jar = new JarFile(Packed.library().toFile())) {
            String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");

            assertThat(version).isNotBlank();
            assertThat(descriptor(Packed.library(), MODULE).rawVersion()).hasValue(version);
        }
    }

    @Test
    void bundle_packages_areThoseThatTheModuleExports() throws IOException {
        try (JarFile jar = new JarFile(Packed.library().toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            List<String> exported = EXPORTED.matcher(headers.getValue("Export-Package"))
                    .results()
                    .map(match -> match.group(1))
                    .toList();

            assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo(MODULE);
            assertThat(exported).containsExactlyInAnyOrder(PUBLIC_PACKAGES);
            assertThat(headers.getValue("Import-Package"))
                    .contains("okhttp3;version=\"[4.12,6)\"", "com.fasterxml.jackson.databind;version=\"[2.15,3)\"")
                    .contains("org.slf4j;version=\"[1.7,3)\"")
                    .doesNotContain("jspecify");
        }
    }

    @Test
    void parameters_byReflection_haveTheirNames() throws Exception {
        assertThat(Command.class.getMethod("of", String.class, Object.class).getParameters())
                .extracting(Parameter::getName)
                .containsExactly("code", "value");
    }

    @Test
    void sources_andDocumentation_holdTheFakeToo() throws IOException {
        assertThat(Packed.files(sibling("sources")))
                .contains("io/github/tuyacloud/TuyaCloud.java", "io/github/tuyacloud/fake/FakeTuyaCloud.java");
        assertThat(Packed.files(sibling("javadoc")))
                .contains("io/github/tuyacloud/TuyaCloud.html", "io/github/tuyacloud/fake/FakeTuyaCloud.html")
                .noneMatch(file -> file.startsWith("io/github/tuyacloud/engine/"));
    }

    @Test
    void files_ofTheLibrary_areItsOwnClassesAndTheLicense() throws IOException {
        Set<String> files = Packed.files(Packed.library());

        assertThat(files).contains("META-INF/LICENSE", "module-info.class", "io/github/tuyacloud/TuyaCloud.class");
        assertThat(files)
                .allMatch(name -> name.startsWith("META-INF/")
                        || name.equals("module-info.class")
                        || name.startsWith("io/github/tuyacloud/"));
        assertThat(files)
                .noneMatch(name -> name.matches("io/github/tuyacloud/(fake|examples|packaging)/.*"))
                .noneMatch(name -> name.matches(".*(Test|IT)(\\$.*)?\\.class"));
        assertThat(Files.size(Packed.library())).isLessThan(800 * 1024);
    }

    @Test
    void classes_whateverJdkBuiltThem_runOnJava17() throws IOException {
        for (Path jar : Set.of(Packed.library(), Packed.fake())) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (String name : Packed.files(jar)) {
                    if (name.endsWith(".class")) {
                        try (DataInputStream in = new DataInputStream(file.getInputStream(file.getEntry(name)))) {
                            in.readInt();
                            in.readUnsignedShort();
                            assertThat(in.readUnsignedShort()).as(name).isEqualTo(JAVA_17);
                        }
                    }
                }
            }
        }
    }

    @Test
    void files_ofTheFake_areItsOwnClassesAndTheLicense() throws IOException {
        Set<String> files = Packed.files(Packed.fake());

        assertThat(files)
                .contains("META-INF/LICENSE", "module-info.class", "io/github/tuyacloud/fake/FakeTuyaCloud.class");
        assertThat(files)
                .allMatch(name -> name.startsWith("META-INF/")
                        || name.equals("module-info.class")
                        || name.startsWith("io/github/tuyacloud/fake/"));
        assertThat(files).noneMatch(name -> name.matches(".*(Test|IT)(\\$.*)?\\.class"));
    }

    @Test
    void module_ofTheFake_requiresItsWebServerTransitively() {
        ModuleDescriptor module = descriptor(Packed.fake(), FAKE_MODULE);

        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.requires()).extracting(Requires::name).contains("mockwebserver3");
        assertThat(module.packages()).containsExactly(FAKE_MODULE);
        assertThat(module.exports()).extracting(Exports::source).containsExactly(FAKE_MODULE);
    }

    private static Path sibling(String classifier) {
        String library = Packed.library().toString();
        return Path.of(library.replaceAll("\\.jar$", "-" + classifier + ".jar"));
    }

    private static ModuleDescriptor descriptor(Path jar, String name) {
        return ModuleFinder.of(jar)
                .find(name)
                .orElseThrow(() -> new AssertionError("no module " + name + " in " + jar))
                .descriptor();
    }
}

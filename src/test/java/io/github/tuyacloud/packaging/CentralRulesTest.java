package io.github.tuyacloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the check of the bundle for Maven Central sees each mistake: on bundles made up here, and on this project's pom. */
class CentralRulesTest {
    private static final CentralRules RULES = new CentralRules(true, true);
    private static final String START = "org/example/thing/1.0/thing-1.0";
    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>thing</artifactId>
              <version>1.0</version>
              <name>Thing</name>
              <description>A thing.</description>
              <url>https://example.org</url>
              <licenses><license><name>Apache-2.0</name><url>https://example.org/license</url></license></licenses>
              <developers><developer><name>Somebody</name></developer></developers>
              <scm>
                <connection>scm:git:https://example.org/thing.git</connection>
                <developerConnection>scm:git:https://example.org/thing.git</developerConnection>
                <url>https://example.org/thing</url>
              </scm>
              <properties><other.version>2.0</other.version></properties>
              <dependencies>
                <dependency>
                  <groupId>org.example</groupId>
                  <artifactId>other</artifactId>
                  <version>${other.version}</version>
                </dependency>
              </dependencies>
            </project>
            """;

    @Test
    void bundle_withEverything_breaksNoRule() throws IOException {
        assertThat(RULES.brokenBy(bundle(POM))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".jar",
                "-sources.jar",
                "-javadoc.jar",
                ".jar.asc",
                ".pom.asc",
                ".pom.md5",
                ".jar.sha1",
                "-sources.jar.asc"
            })
    void bundle_withoutOneFile_isRefused(String ending) throws IOException {
        SortedMap<String, byte[]> files = bundle(POM);
        files.remove(START + ending);

        assertThat(RULES.brokenBy(files)).contains("there is no " + START + ending);
    }

    @ParameterizedTest
    @CsvSource({
        "<name>Thing</name>, '', the pom has no name",
        "<description>A thing.</description>, <description> </description>, the pom has no description",
        "<url>https://example.org</url>, '', the pom has no url",
        "<name>Apache-2.0</name>, '', the pom has no licenses/license/name",
        "<name>Somebody</name>, <id>me</id>, the pom has no developers/developer/name",
        "<url>https://example.org/thing</url>, '', the pom has no scm/url",
        "<version>1.0</version>, <version>1.1</version>, the pom's version is not that of its place: 1.0",
        "<groupId>org.example</groupId>, <groupId>org</groupId>, the pom's groupId is not that of its place: org.example",
        "<other.version>2.0, <other.version>2.0-SNAPSHOT, the pom builds on a snapshot: 2.0-SNAPSHOT"
    })
    void pom_withAMistake_isRefused(String right, String wrong, String expected) throws IOException {
        assertThat(POM).contains(right);

        assertThat(RULES.brokenBy(bundle(POM.replace(right, wrong)))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        ".jar.sha512, 00, a wrong checksum",
        ".jar.asc, nothing, not a signature in ASCII",
        ".war.md5, 00, there is nothing that it is for"
    })
    void file_withWrongContent_isRefused(String ending, String content, String expected) throws IOException {
        SortedMap<String, byte[]> files = bundle(POM);
        files.put(START + ending, content.getBytes(UTF_8));

        assertThat(RULES.brokenBy(files)).containsExactly(expected + ": " + START + ending);
    }

    @Test
    void file_elsewhere_isRefused() throws IOException {
        SortedMap<String, byte[]> files = bundle(POM);
        files.put("org/example/thing/maven-metadata.xml.sha1", new byte[0]);

        assertThat(RULES.brokenBy(files)).anyMatch(rule -> rule.startsWith("does not belong to " + START));
    }

    @Test
    void sources_withoutSources_areRefused() throws IOException {
        SortedMap<String, byte[]> files = bundle(POM);
        files.put(START + "-sources.jar", zip("readme.txt"));

        assertThat(RULES.brokenBy(files)).contains("no .java file is in " + START + "-sources.jar");
    }

    @Test
    void snapshot_packed_isGoodForRehearsalOnly(@TempDir Path folder) throws IOException {
        SortedMap<String, byte[]> release = bundle(POM.replace("1.0", "1.0-SNAPSHOT"));
        Path repository = folder.resolve("repository");
        Path place = Files.createDirectories(repository.resolve("org/example/thing/1.0-SNAPSHOT"));
        Files.writeString(repository.resolve(".index"), "of the plugin");
        for (String ending : new String[] {".pom", ".jar", "-sources.jar", "-javadoc.jar"}) {
            Files.write(place.resolve("thing-1.0-SNAPSHOT" + ending), release.get(START + ending));
        }
        Path zip = folder.resolve("bundles").resolve("bundle.zip");

        CentralBundle.pack(repository, zip);

        assertThat(CentralBundle.read(zip)).hasSize(4 * 5);
        assertThat(new CentralRules(false, false).brokenBy(CentralBundle.read(zip)))
                .isEmpty();
        assertThat(new CentralRules(false, true).brokenBy(CentralBundle.read(zip)))
                .containsExactly("the version is that of a snapshot: 1.0-SNAPSHOT");
    }

    private static SortedMap<String, byte[]> bundle(String pom) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(START + ".pom", pom.getBytes(UTF_8));
        files.put(START + ".jar", zip("Thing.class"));
        files.put(START + "-sources.jar", zip("Thing.java"));
        files.put(START + "-javadoc.jar", zip("index.html"));
        for (String name : files.keySet().toArray(String[]::new)) {
            files.put(name + ".asc", "-----BEGIN PGP SIGNATURE-----\n".getBytes(UTF_8));
        }
        CentralBundle.addChecksums(files);
        return files;
    }

    private static byte[] zip(String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(file));
        }
        return bytes.toByteArray();
    }
}

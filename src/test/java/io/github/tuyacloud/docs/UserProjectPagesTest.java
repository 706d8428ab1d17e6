package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

/**
 * Checks that the testing guide shows the user project that the build runs, that the README shows the first program, and
 * that pages and projects have the versions of the pom.
 */
class UserProjectPagesTest {

    private static final Path PROJECT = Path.of("src/it/user-project");
    private static final String PACKAGE = "java/com/example/porch/";

    private static final Path FIRST_PROGRAM = Path.of("src/it/first-program");

    private final Page readme = Page.readme();

    @Test
    void readme_tenLines_areTheFirstProgram() throws IOException {
        assertThat(readme.blocks("java").get(0).text())
                .isEqualTo(Files.readString(FIRST_PROGRAM.resolve("src/main/java/Example.java")));
        assertThat(readme.text()).contains("`" + FIRST_PROGRAM + "`");
    }

    @Test
    void classAndTest_onThePage_areThoseOfTheProject() throws IOException {
        assertThat(Page.guide("testing").blocks("java"))
                .extracting(Page.Block::text)
                .filteredOn(text -> text.startsWith("package "))
                .containsExactly(
                        Files.readString(PROJECT.resolve("src/main/" + PACKAGE + "PorchLight.java")),
                        Files.readString(PROJECT.resolve("src/test/" + PACKAGE + "PorchLightTest.java")));
    }

    /** Pages name the latest release, or the version of the pom before the first release. */
    @Test
    void versions_onThePages_areThoseOfThePom() throws Exception {
        Path pom = Path.of("pom.xml");
        String version = text(pom, "/project/version");
        Path compatibility = Path.of("src/it/compatibility/pom.xml");
        boolean unreleased =
                text(compatibility, "//properties/baselineMayBeMissing").equals("true");
        String toUse = unreleased ? version : text(compatibility, "//properties/baseline");
        String webServer = text(pom, "//properties/okhttp.version");

        List<String> named = Stream.of(readme, Page.guide("testing"))
                .flatMap(page -> page.blocks("xml").stream())
                .flatMap(block -> Pattern.compile("<version>(.*)</version>")
                        .matcher(block.text())
                        .results()
                        .map(result -> result.group(1)))
                .toList();
        assertThat(named).containsExactly(toUse, toUse, webServer);
        assertThat(Page.guide("testing").blocks("text"))
                .extracting(Page.Block::text)
                .containsExactly("testImplementation(\"io.github.tuyacloud:tuya-cloud:" + toUse + ":fake\")\n"
                        + "testImplementation(\"com.squareup.okhttp3:mockwebserver3:" + webServer + "\")\n");
        assertThat(readme.text()).contains("`implementation(\"io.github.tuyacloud:tuya-cloud:" + toUse + "\")`");
        for (Path project : List.of(PROJECT, FIRST_PROGRAM)) {
            Path userPom = project.resolve("pom.xml");
            assertThat(text(userPom, "//properties/tuya-cloud.version")).isEqualTo(version);
            assertThat(text(userPom, "//dependency[artifactId='mockwebserver3']/version"))
                    .isEqualTo(webServer);
        }
    }

    private static String text(Path pom, String path) throws Exception {
        return XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        path,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(pom.toFile()))
                .strip();
    }
}

package io.github.tuyacloud.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

/** What the README shows of the small user project is what the build runs, and the versions that both name are there. */
class ReadmeUserProjectTest {

    private static final Path PROJECT = Path.of("src/it/user-project");
    private static final String PACKAGE = "java/com/example/porch/";

    private final Readme readme = Readme.read();

    @Test
    void classAndTest_areThoseOfTheProject() throws IOException {
        assertThat(readme.blocks("java"))
                .extracting(Readme.Block::text)
                .filteredOn(text -> text.startsWith("package "))
                .containsExactly(
                        Files.readString(PROJECT.resolve("src/main/" + PACKAGE + "PorchLight.java")),
                        Files.readString(PROJECT.resolve("src/test/" + PACKAGE + "PorchLightTest.java")));
    }

    /** The README tells users of the last release, once there is one; until then, of what is being made. */
    @Test
    void versions_areThoseOfThePom() throws Exception {
        Path pom = Path.of("pom.xml");
        String version = text(pom, "/project/version");
        boolean unreleased =
                text(pom, "//properties/japicmp.baselineMayBeMissing").equals("true");
        String toUse = unreleased ? version : text(pom, "//properties/japicmp.baseline");
        String webServer = text(pom, "//properties/okhttp.version");

        List<String> named = readme.blocks("xml").stream()
                .flatMap(block -> Pattern.compile("<version>(.*)</version>")
                        .matcher(block.text())
                        .results()
                        .map(result -> result.group(1)))
                .toList();
        assertThat(named).containsExactly(toUse, toUse, webServer);
        Path userPom = PROJECT.resolve("pom.xml");
        assertThat(text(userPom, "//properties/tuya-cloud.version")).isEqualTo(version);
        assertThat(text(userPom, "//dependency[artifactId='mockwebserver3']/version"))
                .isEqualTo(webServer);
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

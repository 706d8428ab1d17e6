package io.github.tuyacloud.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The commands and links in the README lead to something that is there. */
class ReadmeCommandsTest {

    private static final String DEMO = "mvn -q test-compile exec:java";
    private static final String TESTS = "mvn -B -ntp verify";

    private static final Set<String> PHASES =
            Set.of("clean", "compile", "test-compile", "test", "package", "verify", "install", "deploy");
    private static final Set<String> FLAGS = Set.of("-q", "-B", "-ntp");

    /** Properties of plugins and tests, which no pom declares. */
    private static final Set<String> PLUGIN_PROPERTIES =
            Set.of("exec.args", "newVersion", "generateBackupPoms", "test", "soakSeconds");

    static Stream<String> commands() {
        Readme readme = Readme.read();
        return Stream.concat(
                        readme.blocks("sh").stream()
                                .flatMap(block -> block.text().lines()),
                        readme.codeSpans().stream())
                .filter(text -> text.startsWith("mvn "))
                .distinct();
    }

    @Test
    void commandBlocks_areTheDemoAndTheTests() throws IOException {
        assertThat(Readme.read().blocks("sh"))
                .extracting(block -> block.text().strip())
                .containsExactly(DEMO, TESTS);
        assertThat(Files.readString(Path.of(".ci/run"))).contains(TESTS);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_isOneThatThePomKnows(String command) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        List<String> plugins = texts(pom, "//plugin/artifactId");
        List<String> words =
                new ArrayList<>(List.of(command.replaceAll("\"[^\"]*\"", "").split(" ")));
        words.remove(0);
        int profile = words.indexOf("-P");
        if (profile >= 0) {
            assertThat(texts(pom, "//profile/id")).contains(words.remove(profile + 1));
            words.remove(profile);
        }
        for (String word : words) {
            if (word.startsWith("-D")) {
                String property = word.substring(2).replaceAll("=.*", "");
                assertThat(PLUGIN_PROPERTIES.contains(property)
                                || !texts(pom, "//properties/" + property).isEmpty())
                        .as(word)
                        .isTrue();
            } else if (word.contains(":")) {
                String[] parts = word.split(":");
                String plugin = parts[parts.length - 2];
                assertThat(plugins).containsAnyOf(plugin, plugin + "-maven-plugin", "maven-" + plugin + "-plugin");
            } else {
                assertThat(PHASES.contains(word) || FLAGS.contains(word))
                        .as(word)
                        .isTrue();
            }
        }
    }

    @Test
    void links_leadToHeadingsAndFiles() {
        Readme readme = Readme.read();
        List<String> anchors = readme.headings().stream()
                .map(heading -> "#"
                        + heading.toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                .toList();
        List<String> links = Pattern.compile("]\\(([^)]+)\\)")
                .matcher(readme.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(links).filteredOn(link -> link.startsWith("#")).isEqualTo(anchors);
        assertThat(links)
                .filteredOn(link -> !link.startsWith("#") && !link.startsWith("https:"))
                .allMatch(link -> Files.exists(Path.of(link)));
    }

    private static List<String> texts(Document document, String path) throws Exception {
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}

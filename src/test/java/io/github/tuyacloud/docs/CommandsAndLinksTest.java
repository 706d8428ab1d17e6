package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Checks that the build knows the commands in README and guides, that their links resolve, and that the README stays
 * short.
 */
class CommandsAndLinksTest {

    private static final String DEMO = "mvn -q -P demo";
    private static final String TESTS = "mvn -B -ntp verify";

    private static final Set<String> PHASES =
            Set.of("clean", "compile", "test-compile", "test", "package", "verify", "install", "deploy");
    private static final Set<String> FLAGS = Set.of("-q", "-B", "-ntp");

    /** Properties of plugins and tests that no pom declares. */
    private static final Set<String> PLUGIN_PROPERTIES =
            Set.of("skipTests", "exec.args", "newVersion", "generateBackupPoms", "test", "soakSeconds");

    static Stream<String> commands() {
        return Page.all().stream()
                .flatMap(page -> Stream.concat(
                        page.blocks("sh").stream().flatMap(block -> block.text().lines()), page.codeSpans().stream()))
                .filter(text -> text.startsWith("mvn "))
                .distinct();
    }

    static List<Page> pages() {
        return Page.all();
    }

    @Test
    void readme_firstBlocks_areTheDemoAndTheTests() throws IOException {
        assertThat(Page.readme().blocks("sh"))
                .extracting(block -> block.text().strip())
                .containsExactly(DEMO, TESTS);
        assertThat(Files.readString(Path.of(".ci/run"))).contains(TESTS);
    }

    @Test
    void readme_size_isLimited() throws IOException {
        assertThat(Page.readme().length()).isLessThanOrEqualTo(350);
        assertThat(Files.size(Page.readme().file())).isLessThanOrEqualTo(24 * 1024);
    }

    @Test
    void readme_guides_areAllLinked() {
        assertThat(Page.all().stream().skip(1).map(page -> page.file().toString()))
                .allSatisfy(file -> assertThat(Page.readme().text()).contains("(" + file + ")"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_printedOnAPage_isKnownToTheBuild(String command) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(command.replaceAll("\"[^\"]*\"", "").split(" ")));
        words.remove(0);
        String file = "pom.xml";
        if (words.contains("-f")) {
            file = words.remove(words.indexOf("-f") + 1);
            words.remove("-f");
        }
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(file).toFile());
        List<String> plugins = texts(pom, "//plugin/artifactId");
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

    @ParameterizedTest
    @MethodSource("pages")
    void links_onAnyPage_resolve(Page page) {
        Pattern.compile("]\\(([^)]+)\\)").matcher(page.text()).results().forEach((MatchResult match) -> {
            String link = match.group(1);
            String file = link.replaceFirst("#.*", "");
            Path target = file.isEmpty() ? page.file() : page.file().resolveSibling(file);
            if (!link.startsWith("https:")) {
                assertThat(target).as("%s in %s", link, page).exists();
            }
            if (link.contains("#") && !link.startsWith("https:")) {
                Page linked = Page.all().stream()
                        .filter(candidate -> candidate.file().normalize().equals(target.normalize()))
                        .findFirst()
                        .orElseThrow();
                assertThat(linked.anchors()).as("%s in %s", link, page).contains(link.replaceFirst("[^#]*", ""));
            }
        });
    }

    /** Commands are copied from the file, so they must not contain a line break. */
    @ParameterizedTest
    @MethodSource("pages")
    void codeSpan_each_isOnOneLine(Page page) {
        assertThat(page.linesWithHalfASpan()).isEmpty();
    }

    @Test
    void sentence_each_isOnOnePageOnly() {
        List<String> all =
                Page.all().stream().flatMap(page -> page.sentences().stream()).toList();

        assertThat(all).hasSizeGreaterThan(100).doesNotHaveDuplicates();
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

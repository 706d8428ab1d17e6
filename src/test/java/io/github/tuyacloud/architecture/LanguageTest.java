package io.github.tuyacloud.architecture;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that sources and guides avoid phrases that read like a translation, and that Javadoc summaries begin with a
 * verb.
 */
class LanguageTest {

    /** The patterns are written so that none of them matches this file. */
    private static final List<Pattern> PHRASES = Stream.of(
                    "side\\s*by\\s*side",
                    "\\b(no|any|some)bod[y]\\b",
                    "\\bsurel[y]\\b",
                    "\\bwhoeve[r]\\b",
                    "\\bh(e|i[m]|i[s]|imself)\\b",
                    "\\b(is|be)\\s+none\\b",
                    "\\bas\\s+far\\s+as\\s+any",
                    "\\bfor\\s+ever\\b",
                    "\\bone's\\s+own\\b",
                    "\\blet(s|ting)?\\s+go\\s+of\\b",
                    "\\bdoubles\\s+are\\b",
                    "\\bdie[s]\\b",
                    "\\bdoes\\s+the\\s+same\\b",
                    "\\b(sent|made)\\s+again\\b",
                    "\\bbears\\s+repetition\\b",
                    "\\bhoped\\s+for\\b",
                    "\\bin\\s+spite\\s+of\\b",
                    "\\bgives\\s+a\\s+turn\\b",
                    "\\balso\\s+when\\b",
                    "/\\*\\*\\s(Gives|Says|Makes|Tells|Looks|Finds\\s+out)\\b")
            .map(phrase -> Pattern.compile(phrase, Pattern.CASE_INSENSITIVE))
            .toList();

    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/)|//)?\\s*");

    /** The words with which the summary of a public method may begin. */
    private static final Set<String> FIRST_WORDS = Set.of(
            "Adds",
            "Answers",
            "Binds",
            "Checks",
            "Closes",
            "Combines",
            "Compares",
            "Converts",
            "Creates",
            "Cuts",
            "Delays",
            "Called",
            "Delivers",
            "Excludes",
            "Handles",
            "Expires",
            "Like",
            "Locks",
            "Parses",
            "Pushes",
            "Reads",
            "Removes",
            "Releases",
            "Renames",
            "Reports",
            "Returns",
            "Runs",
            "Sends",
            "Serves",
            "Sets",
            "Starts",
            "Subscribes",
            "Triggers",
            "Waits",
            "Writes");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main",
                "src/fake",
                "src/examples",
                "src/test",
                "src/it",
                "src/live",
                "src/bench",
                "src/site",
                "README.md",
                "pom.xml",
                ".ci",
                "tinytuya.json.example"
            })
    void texts_each_avoidPhrasesOfATranslation(String place) {
        List<String> found = new ArrayList<>();
        for (Path file : Scan.files(place, "java|kt|md|xml|example|run")) {
            if (file.endsWith("LanguageTest.java")) {
                continue;
            }
            String text = LINE_BREAK.matcher(Scan.text(file)).replaceAll(" ");
            for (Pattern phrase : PHRASES) {
                phrase.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .filter(match -> !match.equals("noBody"))
                        .forEach(match -> found.add(file + ": " + match));
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config", "exception", "live", "messages", "model"})
    void javadoc_ofPublicMethods_beginsWithAVerb(String folder) throws IOException {
        assertThat(otherSummaries(Path.of("src/main/java/io/github/tuyacloud", folder)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "io/github/tuyacloud/fake")
    void javadoc_ofPublicMethodsOfTheFake_beginsWithAVerb(String folder) throws IOException {
        assertThat(otherSummaries(Path.of("src/fake/java", folder))).isEmpty();
    }

    private static List<String> otherSummaries(Path folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.list(folder)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).collect(toList());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            Summaries summaries = new Summaries(DocTrees.instance(task), found);
            for (CompilationUnitTree unit : task.parse()) {
                summaries.scan(unit, null);
            }
        }
        return found;
    }

    /** Collects the summaries of public methods of public types that begin with another word. */
    private static final class Summaries extends TreePathScanner<Void, Void> {

        private final DocTrees trees;
        private final List<String> found;

        Summaries(DocTrees trees, List<String> found) {
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            boolean visible = isPublic(type.getModifiers().getFlags()) || isMemberOfInterface();
            return visible ? super.visitClass(type, nothing) : null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null
                    && method.getReturnType() != null
                    && (isPublic(method.getModifiers().getFlags()) || isMemberOfInterface())) {
                String summary = comment.getFirstSentence().toString();
                if (!FIRST_WORDS.contains(summary.split("[ .]", 2)[0])
                        && !summary.startsWith("{@inheritDoc}")
                        && !summary.startsWith("{@return ")) {
                    found.add(getCurrentPath()
                                    .getCompilationUnit()
                                    .getSourceFile()
                                    .getName() + ": " + method.getName() + ": " + summary);
                }
            }
            return null;
        }

        private boolean isMemberOfInterface() {
            return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree parent
                    && parent.getKind() == com.sun.source.tree.Tree.Kind.INTERFACE;
        }

        private static boolean isPublic(Set<Modifier> modifiers) {
            return modifiers.contains(Modifier.PUBLIC);
        }
    }
}

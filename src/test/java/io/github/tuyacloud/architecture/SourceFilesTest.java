package io.github.tuyacloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Checks that source files are short, and that each begins with a sentence about its purpose. */
class SourceFilesTest {

    private static final int MOST_LINES = 600;

    private static final List<String> FOLDERS = List.of(
            "src/main/java", "src/test/java", "src/fake/java", "src/examples/java", "src/bench/java", "src/live/java");

    /** The first line of a type, a module or, in package-info, the package. */
    private static final Pattern FIRST_DECLARATION = Pattern.compile(
            "^(?:(?:public|final|abstract|sealed|non-sealed|strictfp|static) )*(?:class|interface|@interface|enum|record"
                    + "|module) \\w",
            Pattern.MULTILINE);

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    @ParameterizedTest
    @FieldSource("FOLDERS")
    void file_each_hasSixHundredLinesAtMost(String folder) {
        TreeMap<String, Integer> tooLong = new TreeMap<>();
        for (Path file : Scan.files(folder, "java")) {
            int lines = (int) Scan.text(file).lines().count();
            if (lines > MOST_LINES) {
                tooLong.put(file.toString(), lines);
            }
        }

        assertThat(tooLong).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("FOLDERS")
    void file_each_startsItsFirstTypeWithASentence(String folder) {
        assertThat(Scan.files(folder, "java").stream().filter(file -> !startsWithASentence(Scan.text(file), file)))
                .isEmpty();
    }

    private static boolean startsWithASentence(String source, Path file) {
        int declaration = source.length();
        Matcher matcher = FIRST_DECLARATION.matcher(source);
        if (!file.endsWith("package-info.java") && matcher.find()) {
            declaration = matcher.start();
        }
        Matcher comment = COMMENT.matcher(source.substring(0, declaration));
        if (!comment.find()) {
            return false;
        }
        String text = comment.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
        return text.matches("(?s)[\\p{Lu}{].*?[.;:?!]( .*|$)");
    }
}

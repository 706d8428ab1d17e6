package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packed demo like a user: with {@code java -jar}, from a folder without a {@code tinytuya.json}. */
class PackedDemoIT {
    private static final Path JAR =
            Path.of(System.getProperty("packed"), "tuya-cloud-demo.jar").toAbsolutePath();
    private static final String PLUG = "bf1a0c44e0b7d5c9e2plug";

    @TempDir
    private Path folder;

    @Test
    void devices_ofTheFakeCloud_areListed() throws Exception {
        assertThat(run("devices")).anyMatch(line -> line.contains("Kitchen plug") && line.contains(PLUG));
    }

    @Test
    void set_onTheFakeCloud_isConfirmed() throws Exception {
        assertThat(run("set", PLUG, "switch_1", "true")).anyMatch(line -> line.matches(" *switch_1 +true +done"));
    }

    @Test
    void jar_holdsTheDemoOnly() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(100 * 1024);
    }

    private List<String> run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(words));
        File output = folder.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output.toPath());
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines;
    }
}

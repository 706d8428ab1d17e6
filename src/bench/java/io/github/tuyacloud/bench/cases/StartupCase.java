package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.FirstResultOfBare;
import io.github.tuyacloud.bench.child.FirstResultOfLibrary;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Measures the time from process start to the first result, with and without class-data sharing.
 */
public final class StartupCase {

    private static final String DEVICE = "bf000000000000000001";

    /** The times differ by a third, so a few pairs would not show a difference of some percent. */
    private static final int LEAST_ROUNDS = 30;

    private final LocalCloud cloud;
    private final Path libraryJar;
    private final Path benchJar;
    private final Path libraryArchive;
    private final Path bareArchive;

    /** Creates the benchmark for a server. */
    public StartupCase(LocalCloud cloud) {
        this.cloud = cloud;
        this.libraryJar = cloud.directory().resolve("library.jar");
        this.benchJar = cloud.directory().resolve("bench.jar");
        this.libraryArchive = cloud.directory().resolve("library.jsa");
        this.bareArchive = cloud.directory().resolve("bare.jsa");
    }

    /** Runs the benchmark. */
    public void run() throws Exception {
        Report.title("process start to first result");
        cloud.latency(Duration.ZERO);
        try {
            Jars.pack(TuyaCloud.class, "", libraryJar);
            Jars.pack(StartupCase.class, "io/github/tuyacloud/bench/", benchJar);
            measure();
        } finally {
            for (Path file : List.of(libraryJar, benchJar, libraryArchive, bareArchive)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void measure() throws Exception {
        first(FirstResultOfLibrary.class, "-XX:ArchiveClassesAtExit=" + libraryArchive);
        first(FirstResultOfBare.class, "-XX:ArchiveClassesAtExit=" + bareArchive);
        Rounds rounds = Rounds.of(
                Math.max(LEAST_ROUNDS, Settings.rounds()),
                () -> first(FirstResultOfLibrary.class),
                () -> first(FirstResultOfBare.class),
                () -> first(FirstResultOfLibrary.class, "-XX:SharedArchiveFile=" + libraryArchive),
                () -> first(FirstResultOfBare.class, "-XX:SharedArchiveFile=" + bareArchive));
        Report.atMost(1.07, "library against bare OkHttp", rounds.ratio(0, 1));
        Report.atMost(1.10, "the same, both with class-data sharing", rounds.ratio(2, 3));
        Report.note("library %.2f s, bare %.2f s", rounds.median(0), rounds.median(1));
        Report.note("with class-data sharing: library %.2f s, bare %.2f s", rounds.median(2), rounds.median(3));
        Report.note("class-data sharing makes it %s of what it was", rounds.ratio(2, 0));
    }

    private double first(Class<?> program, String... options) throws Exception {
        String classPath =
                String.join(File.pathSeparator, libraryJar.toString(), benchJar.toString(), Jars.runtimeLibraries());
        return ChildJvm.run(
                        cloud,
                        classPath,
                        List.of(options),
                        program,
                        cloud.endpoint(),
                        Clients.API_KEY,
                        Clients.API_SECRET,
                        DEVICE)
                .seconds();
    }
}

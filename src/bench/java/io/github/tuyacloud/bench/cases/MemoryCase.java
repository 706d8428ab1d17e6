package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.AfterLoad;
import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.KeptDevices;
import io.github.tuyacloud.bench.child.MillionEntries;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.time.Duration;
import java.util.List;

/** Measures the heap of a device list, and checks that a JVM with 32 MB can stream a million log entries. */
public final class MemoryCase {

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public MemoryCase(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Runs the benchmark. */
    public void run() throws Exception {
        cloud.latency(Duration.ZERO);
        keptDevices();
        manyDevices();
        millionEntries();
        afterLoad();
    }

    private void keptDevices() throws Exception {
        Report.title("heap that is kept for getDevices with maps, against Jackson's trees");
        long library = bytesPerDevice("library", "-Xmx256m");
        long bare = bytesPerDevice("bare", "-Xmx256m");
        Report.atMost(0.95, "bytes kept for a device", Rounds.Spread.of(new double[] {library / (double) bare}));
        Report.note("library %d bytes, trees %d", library, bare);
    }

    private void manyDevices() throws Exception {
        Report.title("heap that is allocated for getDevices with maps, against Jackson's trees");
        for (int devices : List.of(10_000, 50_000)) {
            cloud.devices(devices);
            String[] withoutCollector = {
                "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:disable", "-Xms3g", "-Xmx3g"
            };
            long library = bytesPerDevice("library", withoutCollector);
            long bare = bytesPerDevice("bare", withoutCollector);
            Report.atMost(1.15, "bytes allocated for a device of " + devices, Rounds.Spread.of(new double[] {
                library / (double) bare
            }));
            Report.note("library %d bytes, trees %d", library, bare);
        }
        cloud.devices(1_000);
    }

    private long bytesPerDevice(String way, String... options) throws Exception {
        return Long.parseLong(ChildJvm.run(
                        cloud,
                        System.getProperty("java.class.path"),
                        List.of(options),
                        KeptDevices.class,
                        way,
                        cloud.endpoint())
                .firstLine());
    }

    private void millionEntries() throws Exception {
        Report.title("1,000,000 log entries through streamDeviceLog with -Xmx32m");
        ChildJvm child = ChildJvm.run(
                cloud,
                System.getProperty("java.class.path"),
                List.of("-Xmx32m"),
                MillionEntries.class,
                cloud.endpoint());
        if (!child.firstLine().startsWith("1000000 ")) {
            throw new IllegalStateException("the log is incomplete: " + child.firstLine());
        }
        Report.note("%s", child.firstLine());
    }

    private void afterLoad() throws Exception {
        Report.title("what a client holds a minute after 256 threads have made 10,240 calls");
        cloud.latency(Duration.ofMillis(5));
        String[] held = ChildJvm.run(
                        cloud,
                        System.getProperty("java.class.path"),
                        List.of("-Xmx256m"),
                        AfterLoad.class,
                        cloud.endpoint())
                .firstLine()
                .split(" ");
        Report.note("kilobytes of heap: %s before, %s right after, %s a minute after", held[0], held[3], held[6]);
        Report.note("threads: %s, %s, %s", held[1], held[4], held[7]);
        Report.note("open files: %s, %s, %s", held[2], held[5], held[8]);
    }
}

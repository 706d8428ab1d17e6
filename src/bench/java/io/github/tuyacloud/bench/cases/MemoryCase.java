package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.MillionEntries;
import io.github.tuyacloud.bench.server.LocalCloud;
import java.time.Duration;
import java.util.List;

/** Whether a million log entries can be streamed by a JVM that has only 32 MB. */
public final class MemoryCase {

    private final LocalCloud cloud;

    /** Measures against a server. */
    public MemoryCase(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Runs it. */
    public void run() throws Exception {
        Report.title("1,000,000 log entries through streamDeviceLog with -Xmx32m");
        cloud.latency(Duration.ZERO);
        ChildJvm child = ChildJvm.run(
                cloud,
                System.getProperty("java.class.path"),
                List.of("-Xmx32m"),
                MillionEntries.class,
                cloud.endpoint());
        if (!child.firstLine().startsWith("1000000 ")) {
            throw new IllegalStateException("the log is not whole: " + child.firstLine());
        }
        Report.note("%s", child.firstLine());
    }
}

package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.bench.child.ChildJvm;
import io.github.tuyacloud.bench.child.KeptDevices;
import io.github.tuyacloud.bench.child.LivePicture;
import io.github.tuyacloud.bench.server.LocalCloud;
import io.github.tuyacloud.bench.server.MessageServer;
import java.time.Duration;
import java.util.List;

/** Measures the living picture in separate processes: messages per second against a bare subscription, and its heap. */
public final class PictureCase {

    private static final int DEVICES = 10_000;
    private static final int MESSAGES = Integer.getInteger("bench.messages", 150_000);
    private static final int WARM_UP = Integer.getInteger("bench.messagesBefore", 200_000);

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public PictureCase(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Compares the picture with messages() and an empty handler, then with a list of the same devices. */
    public void run() throws Exception {
        cloud.latency(Duration.ZERO);
        messages();
        memory();
    }

    private void messages() throws Exception {
        Report.title("Messages of a living picture of 1,000 devices, two changes each, against messages()");
        try (MessageServer server = MessageServer.start("timed")) {
            Rounds rounds = Rounds.of(
                    Settings.rounds(),
                    () -> perSecond("messages", server.endpoint()),
                    () -> perSecond("picture", server.endpoint()));
            Report.atLeast(0.8, "messages a second, picture against messages()", rounds.ratio(1, 0));
            Report.note(
                    "messages() %.0f, picture %.0f messages and %.0f changes a second",
                    rounds.median(0), rounds.median(1), 2 * rounds.median(1));
        }
    }

    private double perSecond(String way, String endpoint) throws Exception {
        return Double.parseDouble(run(
                LivePicture.class, way, cloud.endpoint(), endpoint, String.valueOf(WARM_UP), String.valueOf(MESSAGES)));
    }

    private void memory() throws Exception {
        Report.title("Heap that is kept for a living picture of 10,000 devices");
        cloud.devices(DEVICES);
        long picture = Long.parseLong(run(LivePicture.class, "memory", cloud.endpoint()));
        long list = Long.parseLong(run(KeptDevices.class, "library", cloud.endpoint()));
        Report.note("%d bytes a device, %d for a device of getDevices", picture, list);
        cloud.devices(1_000);
    }

    private String run(Class<?> program, String... arguments) throws Exception {
        return ChildJvm.run(cloud, System.getProperty("java.class.path"), List.of("-Xmx512m"), program, arguments)
                .firstLine();
    }
}

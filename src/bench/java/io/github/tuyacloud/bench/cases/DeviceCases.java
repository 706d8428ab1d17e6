package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.client.TinytuyaClient;
import io.github.tuyacloud.bench.server.LocalCloud;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import java.time.Duration;
import java.util.List;

/** Measures listing 1,000 devices of 60 products and 5 users with their mappings, from a server with latency. */
public final class DeviceCases {

    private static final int DEVICES = 1_000;
    private static final int REQUESTS = 96;

    /** The critical path: a token, ten pages and the last factory infos; 96 calls in groups of eight take as long. */
    private static final int CRITICAL_PATH = 12;

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public DeviceCases(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Runs the benchmark. */
    public void run() {
        Duration latency = Settings.latency();
        Report.title("getDevices with includeMap, 1,000 devices, " + latency.toMillis() + " ms");
        cloud.latency(latency);
        library();
        long requests = cloud.counters().requests();
        Report.atMost(REQUESTS, "requests of the library", requests);
        tinytuya();
        Report.note("requests of tinytuya's way: %d", cloud.counters().requests());
        double criticalPath = CRITICAL_PATH * latency.toNanos() / 1e9;
        Rounds rounds =
                Rounds.of(Settings.rounds(), this::library, this::tinytuya, () -> criticalPath, this::chainOfCalls);
        Report.atMost(1.5, "time against the critical path", rounds.ratio(0, 2));
        Report.atMost(1.5, "time against as long a chain of calls by bare OkHttp", rounds.ratio(0, 3));
        Report.atLeast(8, "times faster than tinytuya's way", rounds.ratio(1, 0));
        Report.note(
                "library %.2f s, tinytuya's way %.2f s, critical path %.2f s, by bare OkHttp %.2f s",
                rounds.median(0), rounds.median(1), criticalPath, rounds.median(3));
    }

    /** Uses a new client each time, because a client remembers the mappings. */
    private double library() {
        try (TuyaCloud library = Clients.library(cloud.endpoint())) {
            long start = System.nanoTime();
            List<Device> devices = library.getDevices(
                    DeviceListOptions.builder().includeMap(true).build());
            double seconds = (System.nanoTime() - start) / 1e9;
            if (devices.size() != DEVICES || devices.stream().anyMatch(device -> device.mapping() == null)) {
                throw new IllegalStateException("the list is incomplete: " + devices.size());
            }
            return seconds;
        }
    }

    /** Measures the critical path on this machine: a token and as many small calls in sequence. */
    private double chainOfCalls() {
        BareClient bare = Clients.bare(cloud.endpoint());
        long start = System.nanoTime();
        for (int call = 1; call < CRITICAL_PATH; call++) {
            bare.status("bf000000000000000001");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double tinytuya() {
        long start = System.nanoTime();
        int devices = new TinytuyaClient(cloud.endpoint()).devicesWithMaps();
        if (devices != DEVICES) {
            throw new IllegalStateException("the list is incomplete: " + devices);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}

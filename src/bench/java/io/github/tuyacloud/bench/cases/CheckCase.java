package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.client.TinytuyaClient;
import io.github.tuyacloud.bench.server.Certificates;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks against the strict fake cloud that all clients send correct requests and read equal results. */
public final class CheckCase {

    private static final int LOG_ENTRIES = 250;

    /** Runs the check. */
    public void run() throws Exception {
        Report.title("three clients and a strict cloud");
        Path directory = Files.createTempDirectory("bench");
        Certificates certificates = Certificates.install(directory);
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder()
                        .apiKey(Clients.API_KEY)
                        .apiSecret(Clients.API_SECRET)
                        .empty()
                        .tls(Certificates.serverContext(certificates.keys()).getSocketFactory())
                        .start()
                        .seed(5, 60, 1_000);
                TuyaCloud library = Clients.library(fake.endpoint())) {
            check(fake, library);
        } finally {
            Files.delete(certificates.keys());
            Files.delete(certificates.trusted());
            Files.delete(directory);
        }
    }

    private static void check(FakeTuyaCloud fake, TuyaCloud library) {
        DeviceListOptions withMaps =
                DeviceListOptions.builder().includeMap(true).build();
        List<Device> devices = library.getDevices(withMaps);
        Report.atMost(96, "requests of the library's list", fake.requestCount());
        fake.clearRequests();
        same("devices", devices.size(), new TinytuyaClient(fake.endpoint()).devicesWithMaps());
        Report.note("requests of tinytuya's way: %d on %d connections", fake.requestCount(), fake.connections());

        String device = devices.get(0).id();
        BareClient bare = Clients.bare(fake.endpoint());
        int dataPoints = library.getStatus(device).dataPoints().size();
        same("data points", dataPoints, bare.status(device).size());

        Instant now = Instant.now();
        for (int minutes = 1; minutes <= LOG_ENTRIES; minutes++) {
            fake.addLog(device, FakeLogEntry.report(now.minus(Duration.ofMinutes(minutes)), "switch_1", true));
        }
        long start = now.minus(Duration.ofDays(1)).toEpochMilli();
        long end = now.toEpochMilli();
        DeviceLogQuery query = DeviceLogQuery.builder().start(start).end(end).build();
        int entries = library.getDeviceLog(device, query).logs().size();
        same("log entries", entries, bare.log(device, start, end).size());
    }

    private static void same(String what, int library, int other) {
        if (library == 0 || library != other) {
            throw new IllegalStateException(what + ": the library finds " + library + ", another client " + other);
        }
        Report.note("%d %s", library, what);
    }
}

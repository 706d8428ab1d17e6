package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.server.LogResponses;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import java.util.stream.Stream;

/** Streams a log of a million entries; meant to be run with little memory. */
public final class MillionEntries {

    private MillionEntries() {}

    /**
     * Reads the log and prints the number of entries.
     *
     * @param arguments the endpoint
     */
    public static void main(String[] arguments) {
        DeviceLogQuery query = DeviceLogQuery.builder()
                .start(LogResponses.END - LogResponses.SPAN)
                .end(LogResponses.END)
                .build();
        long start = System.nanoTime();
        try (TuyaCloud cloud = Clients.library(arguments[0]);
                Stream<LogEntry> entries = cloud.streamDeviceLog(LogResponses.HUGE, query)) {
            long count = entries.filter(entry -> entry.eventTime() != null).count();
            System.out.printf("%d entries in %.1f s%n", count, (System.nanoTime() - start) / 1e9);
        }
    }
}

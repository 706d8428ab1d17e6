package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.server.LogAnswers;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import java.util.stream.Stream;

/** A program that reads a log of a million entries as a stream, to be run with little memory. */
public final class MillionEntries {

    private MillionEntries() {}

    /**
     * Reads the log and prints the number of entries.
     *
     * @param arguments the endpoint
     */
    public static void main(String[] arguments) {
        DeviceLogQuery query = DeviceLogQuery.builder()
                .start(LogAnswers.END - LogAnswers.SPAN)
                .end(LogAnswers.END)
                .build();
        long start = System.nanoTime();
        try (TuyaCloud cloud = Clients.library(arguments[0]);
                Stream<LogEntry> entries = cloud.streamDeviceLog(LogAnswers.HUGE, query)) {
            long count = entries.filter(entry -> entry.eventTime() != null).count();
            System.out.printf("%d entries in %.1f s%n", count, (System.nanoTime() - start) / 1e9);
        }
    }
}

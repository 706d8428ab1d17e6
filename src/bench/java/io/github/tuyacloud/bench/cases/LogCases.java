package io.github.tuyacloud.bench.cases;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.bench.server.LocalCloud;
import io.github.tuyacloud.bench.server.LogResponses;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import java.util.Iterator;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Measures reading 5,000 log entries from a server with latency: in one pass, while the caller works, and concurrently.
 */
public final class LogCases {

    private static final int ENTRIES = 5_000;
    private static final int PAGE = 100;
    private static final int WINDOWS = 8;
    private static final long START = LogResponses.END - LogResponses.SPAN;

    private final LocalCloud cloud;

    /** Creates the benchmark for a server. */
    public LogCases(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Runs the benchmark. */
    public void run() {
        Report.title("5,000 log entries, " + Settings.latency().toMillis() + " ms");
        cloud.latency(Settings.latency());
        try (TuyaCloud library = Clients.library(cloud.endpoint())) {
            BareClient bare = Clients.bare(cloud.endpoint());
            onePass(library, bare);
            streamed(library, bare);
            concurrently(library, LogResponses.EVEN, 5, "times faster with parallel(8), events spread evenly");
            concurrently(library, LogResponses.BUNCHED, 1, "times faster with parallel(8), events bunched");
        }
    }

    private void onePass(TuyaCloud library, BareClient bare) {
        Rounds rounds = Rounds.of(
                Settings.rounds(),
                () -> read(library, LogResponses.EVEN, query().build()),
                () -> seconds(() ->
                        bare.log(LogResponses.EVEN, START, LogResponses.END).size()));
        Report.atMost(1.05, "one pass against bare OkHttp", rounds.ratio(0, 1));
        Report.note("library %.2f s, bare %.2f s", rounds.median(0), rounds.median(1));
    }

    private void streamed(TuyaCloud library, BareClient bare) {
        Rounds rounds = Rounds.of(
                Settings.rounds(), () -> seconds(() -> workOnStream(library)), () -> seconds(() -> workInTurn(bare)));
        Report.atMost(0.6, "a stream worked on, against fetching and working in turn", rounds.ratio(0, 1));
        Report.note("streamed %.2f s, in turn %.2f s", rounds.median(0), rounds.median(1));
    }

    private void concurrently(TuyaCloud library, String device, int wanted, String what) {
        Rounds rounds = Rounds.of(
                Settings.rounds(),
                () -> read(library, device, query().build()),
                () -> read(library, device, query().parallel(WINDOWS).build()));
        cloud.counters();
        read(library, device, query().parallel(WINDOWS).build());
        Report.atLeast(wanted, what, rounds.ratio(0, 1));
        Report.note(
                "one pass %.2f s, concurrently %.2f s with %d requests",
                rounds.median(0), rounds.median(1), cloud.counters().requests());
    }

    private static int workOnStream(TuyaCloud library) {
        int count = 0;
        try (Stream<LogEntry> entries = library.streamDeviceLog(LogResponses.EVEN, query().build())) {
            for (Iterator<LogEntry> each = entries.iterator(); each.hasNext(); each.next()) {
                if (++count % PAGE == 0) {
                    work();
                }
            }
        }
        return count;
    }

    private static int workInTurn(BareClient bare) {
        int[] count = new int[1];
        bare.log(LogResponses.EVEN, START, LogResponses.END, page -> {
            count[0] += page.size();
            work();
        });
        return count[0];
    }

    /** Simulates the caller's work on a page, which takes as long as a response. */
    private static void work() {
        try {
            Thread.sleep(Settings.latency().toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double read(TuyaCloud library, String device, DeviceLogQuery query) {
        return seconds(() -> library.getDeviceLog(device, query).logs().size());
    }

    private static double seconds(IntSupplier reading) {
        long start = System.nanoTime();
        int entries = reading.getAsInt();
        if (entries != ENTRIES) {
            throw new IllegalStateException("the log is incomplete: " + entries);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static DeviceLogQuery.Builder query() {
        return DeviceLogQuery.builder().start(START).end(LogResponses.END);
    }
}

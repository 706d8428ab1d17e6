package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs calls from 256 threads for a while, and prints its resources before the calls, right after them, and a minute
 * later: kilobytes of heap, threads, and open files including sockets (-1 if the system does not report them).
 */
public final class AfterLoad {

    private static final String DEVICE = "bf000000000000000001";
    private static final int THREADS = 256;
    private static final int CALLS_EACH = 40;
    private static final long MINUTE_MILLIS = 61_000;

    private AfterLoad() {}

    /**
     * Runs the calls and prints the resources.
     *
     * @param arguments the endpoint
     */
    public static void main(String[] arguments) throws Exception {
        try (TuyaCloud cloud = Clients.libraryByDefault(arguments[0])) {
            cloud.getStatus(DEVICE);
            StringBuilder held = new StringBuilder(held());
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS * CALLS_EACH; i++) {
                running.add(threads.submit(() -> cloud.getStatus(DEVICE)));
            }
            for (Future<?> call : running) {
                call.get();
            }
            running.clear();
            threads.shutdown();
            held.append(' ').append(held());
            Thread.sleep(MINUTE_MILLIS);
            System.out.println(held.append(' ').append(held()));
        }
    }

    private static String held() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long kilobytes = (runtime.totalMemory() - runtime.freeMemory()) / 1024;
        String[] files = Path.of("/proc/self/fd").toFile().list();
        int open = files == null ? -1 : files.length;
        return String.format(Locale.ROOT, "%d %d %d", kilobytes, Thread.activeCount(), open);
    }
}

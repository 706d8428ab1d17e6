package io.github.tuyacloud.bench.child;

import com.sun.management.OperatingSystemMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.model.Command;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends calls from many threads, with the library or bare OkHttp. For each number that it reads, it sends so many calls
 * and prints their cost: the seconds, and the CPU microseconds of the process.
 */
public final class ManyCalls {

    private static final String DEVICE = "bf000000000000000001";

    private ManyCalls() {}

    /**
     * Sends calls until its standard input ends; a call that fails ends it at once.
     *
     * @param arguments {@code library} or {@code bare}, the endpoint, {@code status} or {@code command}, how many
     *     threads
     */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[3]);
        Runnable call = call(arguments[0], arguments[1], arguments[2].equals("command"), threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            long cpu = cpuNanos();
            long start = System.nanoTime();
            make(executor, call, threads, Integer.parseInt(order) / threads);
            System.out.printf(Locale.ROOT, "%.6f %.1f%n", (System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e3);
        }
        System.exit(0);
    }

    private static void make(ExecutorService executor, Runnable call, int threads, int calls) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(executor.submit(() -> {
                for (int made = 0; made < calls; made++) {
                    call.run();
                }
            }));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
    }

    private static Runnable call(String way, String endpoint, boolean command, int threads) {
        if (way.equals("bare")) {
            BareClient bare = Clients.bare(endpoint, threads);
            return command ? () -> bare.command(DEVICE, "switch_1", true) : () -> bare.status(DEVICE);
        }
        TuyaCloud library = Clients.libraryByDefault(endpoint);
        Command on = Command.of("switch_1", true);
        return command ? () -> library.sendCommand(DEVICE, on) : () -> library.getStatus(DEVICE);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}

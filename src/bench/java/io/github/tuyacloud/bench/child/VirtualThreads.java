package io.github.tuyacloud.bench.child;

import com.sun.management.OperatingSystemMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs thousands of concurrent calls from virtual threads through one client. Prints the number of failed calls, and
 * the CPU time of a second such burst relative to 32 platform threads.
 */
public final class VirtualThreads {

    private static final String DEVICE = "bf000000000000000001";

    private VirtualThreads() {}

    /**
     * Runs the calls and prints the results.
     *
     * @param arguments the endpoint, the number of calls in a burst
     */
    public static void main(String[] arguments) throws Exception {
        int calls = Integer.parseInt(arguments[1]);
        AtomicInteger failures = new AtomicInteger();
        try (TuyaCloud cloud = Clients.libraryByDefault(arguments[0])) {
            Runnable call = () -> {
                try {
                    cloud.getStatus(DEVICE);
                } catch (RuntimeException e) {
                    failures.incrementAndGet();
                }
            };
            burst(virtualThreads(), calls, call);
            burst(Executors.newFixedThreadPool(Clients.THREADS), calls, call);
            double ordinary = burst(Executors.newFixedThreadPool(Clients.THREADS), calls, call);
            double virtual = burst(virtualThreads(), calls, call);
            System.out.printf(Locale.ROOT, "%d %.2f%n", failures.get(), virtual / ordinary);
        }
    }

    /** Runs a burst of calls and returns its CPU time. */
    private static double burst(ExecutorService threads, int calls, Runnable call) throws Exception {
        long cpu = cpuNanos();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            running.add(threads.submit(call));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        return cpuNanos() - cpu;
    }

    /** Uses reflection, because the benchmarks are compiled for Java 17, which has no virtual threads. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}

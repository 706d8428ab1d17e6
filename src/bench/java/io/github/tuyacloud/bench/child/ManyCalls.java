package io.github.tuyacloud.bench.child;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.BareClient;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.model.Command;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs calls from many threads, with the library or bare OkHttp, and prints their cost: calls per second;
 * CPU microseconds per call, of the whole process and of the calling threads; bytes allocated per call by those
 * threads; failed calls; calls per second after a pause.
 */
public final class ManyCalls {

    private static final String DEVICE = "bf000000000000000001";

    private final Runnable call;
    private final AtomicInteger failures = new AtomicInteger();
    private final LongAdder callersCpuNanos = new LongAdder();
    private final LongAdder callersBytes = new LongAdder();

    private ManyCalls(Runnable call) {
        this.call = call;
    }

    /**
     * Runs the calls and prints their cost.
     *
     * @param arguments {@code library} or {@code bare}, the endpoint, {@code status} or {@code command}, how many
     *     threads, how many calls to warm up, how many to measure, and how many seconds to pause before as many are
     *     measured again
     */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[3]);
        int each = Integer.parseInt(arguments[5]) / threads;
        ManyCalls program = new ManyCalls(call(arguments[0], arguments[1], arguments[2].equals("command"), threads));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        program.make(executor, threads, Integer.parseInt(arguments[4]) / threads);
        program.callersCpuNanos.reset();
        program.callersBytes.reset();
        long cpu = cpuNanos();
        double perSecond = program.callsPerSecond(executor, threads, each);
        cpu = cpuNanos() - cpu;
        double calls = (double) each * threads;
        double callersCpu = program.callersCpuNanos.sum() / 1e3 / calls;
        double callersBytes = program.callersBytes.sum() / calls;
        TimeUnit.SECONDS.sleep(Long.parseLong(arguments[6])); // the JVM compiles what is still waiting for that
        double perSecondAfterPause = program.callsPerSecond(executor, threads, each);
        executor.shutdown();
        System.out.printf(
                Locale.ROOT,
                "%.1f %.1f %.1f %.0f %d %.1f%n",
                perSecond,
                cpu / 1e3 / calls,
                callersCpu,
                callersBytes,
                program.failures.get(),
                perSecondAfterPause);
    }

    private double callsPerSecond(ExecutorService executor, int threads, int each) throws Exception {
        long start = System.nanoTime();
        make(executor, threads, each);
        return (double) each * threads * 1e9 / (System.nanoTime() - start);
    }

    private void make(ExecutorService executor, int threads, int calls) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(executor.submit(() -> make(calls)));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
    }

    private void make(int calls) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            try {
                call.run();
            } catch (RuntimeException e) {
                failures.incrementAndGet();
            }
        }
        callersCpuNanos.add(threads.getCurrentThreadCpuTime() - cpu);
        callersBytes.add(threads.getCurrentThreadAllocatedBytes() - bytes);
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

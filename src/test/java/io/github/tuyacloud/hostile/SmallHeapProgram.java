package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A program with a small heap, whose threads make calls that fan out while another thread fills the memory. Its exit
 * code is 0 if no call hung and the client works afterwards. It allocates everything that it needs for this check in
 * advance.
 */
final class SmallHeapProgram {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    /** A fan-out without progress ends after slightly more than two call timeouts; a device list has three of them. */
    private static final long HANGS_NANOS = Duration.ofSeconds(45).toNanos();

    /** For the calls before the storm, in a JVM that has just started on a machine that may be busy. */
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

    private static final int THREADS = 6;
    private static final int KINDS = 5;
    private static final int ENOUGH = 3;

    private final TuyaCloud cloud;
    private final long stormNanos;
    private final long endNanos;
    private final AtomicLongArray callSince = new AtomicLongArray(THREADS);
    private final AtomicLong good = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong outOfMemory = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(THREADS);
    private final List<Device> few;
    private volatile boolean over;
    private volatile Object ballast;

    private SmallHeapProgram(TuyaCloud cloud, Duration storm) {
        this.cloud = cloud;
        this.few = List.copyOf(cloud.withCallTimeout(LONG_TIMEOUT).getDevices().subList(0, 40));
        this.stormNanos = storm.toNanos();
        this.endNanos = System.nanoTime() + stormNanos;
    }

    public static void main(String[] args) throws Exception {
        long seed = Long.parseLong(args[4]);
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(args[0])
                .apiKey(args[1])
                .apiSecret(args[2])
                .callTimeout(CALL_TIMEOUT)
                .maxConcurrency(4)
                .build()) {
            int status = new SmallHeapProgram(cloud, Duration.ofSeconds(Long.parseLong(args[3]))).run(seed);
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private int run(long seed) throws InterruptedException {
        useEverythingOnce();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread caller = new Thread(() -> call(number, new Random(seed + number)), "caller-" + number);
            caller.setDaemon(true);
            caller.start();
        }
        Thread hog = new Thread(() -> fillMemory(new Random(seed)), "hog");
        hog.setDaemon(true);
        hog.start();
        boolean hung = !awaitCallers();
        over = true;
        ballast = null;
        hog.join(Duration.ofSeconds(10).toMillis());
        ballast = null;
        if (hung) {
            printStacks();
        }
        System.out.println("calls: " + good + " succeeded, " + failed + " failed, " + outOfMemory
                + " ran out of memory; the longest took " + longest.get() / 1_000_000 + " ms; hung: " + hung);
        return hung ? 3 : worksAfterwards() ? 0 : 4;
    }

    /**
     * Loads all classes in advance: a class that is initialized without memory can stay unusable, which is how the JVM
     * works and not what is tested here.
     */
    private void useEverythingOnce() {
        TuyaCloud slow = cloud.withCallTimeout(LONG_TIMEOUT);
        for (int kind = 0; kind < KINDS; kind++) {
            callOnce(slow, kind);
        }
        try {
            slow.getStatus("bfunknown");
        } catch (TuyaException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    /** Returns false as soon as a call has hung. */
    private boolean awaitCallers() throws InterruptedException {
        while (!done.await(200, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            for (int i = 0; i < THREADS; i++) {
                long since = callSince.get(i);
                if (since != 0 && now - since > HANGS_NANOS) {
                    return false;
                }
            }
        }
        return true;
    }

    private void call(int number, Random random) {
        while (continues()) {
            try {
                measure(number, random.nextInt(KINDS));
            } catch (OutOfMemoryError e) { // of this program, not of the call
                callSince.set(number, 0);
            }
        }
        done.countDown();
    }

    private void measure(int number, int kind) {
        long start = System.nanoTime();
        callSince.set(number, start);
        try {
            callOnce(cloud, kind);
            good.incrementAndGet();
        } catch (OutOfMemoryError e) {
            outOfMemory.incrementAndGet();
        } catch (Throwable e) {
            failed.incrementAndGet();
        }
        callSince.set(number, 0);
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    /**
     * Returns whether to continue: for a while, and then for up to three times as long until memory has run out a few
     * times.
     */
    private boolean continues() {
        long late = System.nanoTime() - endNanos;
        return late < 0 || outOfMemory.get() < ENOUGH && late < 2 * stormNanos;
    }

    private void callOnce(TuyaCloud client, int kind) {
        switch (kind) {
            case 0 -> client.getDevices();
            case 1 -> {
                client.setMappings(Map.of());
                client.getMappings(few);
            }
            case 2 -> client.devices().statuses(few.stream().map(Device::id).toList());
            case 3 ->
                client.getDeviceLog(
                        few.get(0).id(), DeviceLogQuery.builder().parallel(4).build());
            default -> {
                try (var log = client.streamDeviceLog(
                        few.get(0).id(), DeviceLogQuery.builder().build())) {
                    log.count();
                }
            }
        }
    }

    /** Allocates the remaining memory in ever smaller pieces, holds it for a moment, and frees it. */
    private void fillMemory(Random random) {
        while (!over) {
            Object[] chain = null;
            int size = 1 << 20;
            try {
                while (size > 250) {
                    try {
                        chain = new Object[] {chain, new byte[size]};
                        ballast = chain;
                    } catch (OutOfMemoryError e) {
                        size /= 6;
                    }
                }
                pause(random.nextInt(25));
                chain = null;
                ballast = null;
                pause(20 + random.nextInt(250));
            } catch (Throwable e) {
                ballast = null;
            }
        }
    }

    private static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private boolean worksAfterwards() {
        for (int i = 0; i < 3; i++) {
            try {
                cloud.getStatus(few.get(0).id());
                cloud.setMappings(Map.of());
                int devices = cloud.getDevices().size();
                int products = cloud.getMappings(few).size();
                long entries = cloud.streamDeviceLog(
                                few.get(0).id(), DeviceLogQuery.builder().build())
                        .count();
                System.out.println(
                        "afterwards: " + devices + " devices, " + products + " products, " + entries + " log entries");
                return devices > 0 && products > 0;
            } catch (TuyaException e) {
                System.out.println("afterwards: " + e);
            }
        }
        return false;
    }

    static void printStacks() {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            System.out.println(thread);
            for (StackTraceElement frame : stack) {
                System.out.println("    " + frame);
            }
        });
    }
}

package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.exception.TuyaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A program that shares a token file with others: it reads a status from several threads, and prints the results. */
final class TokenFileProcess {

    /** Printed after the first call. */
    static final String READY = "READY";

    private final TuyaCloud cloud;
    private final String device;
    private final Duration time;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>("none");

    private TokenFileProcess(TuyaCloud cloud, String device, Duration time) {
        this.cloud = cloud;
        this.device = device;
        this.time = time;
    }

    /**
     * Expects the endpoint, key, secret, device, token file, number of threads, seconds to run, and call timeout in
     * seconds.
     */
    public static void main(String[] args) throws InterruptedException {
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(args[0])
                .apiKey(args[1])
                .apiSecret(args[2])
                .tokenStore(new FileTokenStore(Path.of(args[4])))
                .callTimeout(Duration.ofSeconds(Long.parseLong(args[7])))
                .build()) {
            Duration time = Duration.ofSeconds(Long.parseLong(args[6]));
            new TokenFileProcess(cloud, args[3], time).run(Integer.parseInt(args[5]));
        }
    }

    private void run(int threads) throws InterruptedException {
        call();
        System.out.println(READY);
        long endNanos = System.nanoTime() + time.toNanos();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> callUntil(endNanos));
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        System.out.println("RESULT " + calls + " " + failures + " " + TimeUnit.NANOSECONDS.toMillis(slowestNanos.get())
                + " " + failure);
    }

    private void callUntil(long endNanos) {
        while (System.nanoTime() < endNanos) {
            call();
        }
    }

    private void call() {
        long start = System.nanoTime();
        try {
            cloud.getStatus(device);
        } catch (TuyaException e) {
            failures.incrementAndGet();
            failure.set(e.getMessage());
        }
        calls.incrementAndGet();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }
}

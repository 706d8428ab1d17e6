package io.github.tuyacloud.robustness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The results of many threads that made the same call at the same moment.
 *
 * @param results the results of the calls that succeeded
 * @param failures the exceptions of the other calls
 */
record Storm<T>(List<T> results, List<Throwable> failures) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Runs the same call on many threads that start together, and waits for all of them. */
    static <T> Storm<T> of(int threads, Callable<T> call) throws InterruptedException, TimeoutException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            return gather(futures);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> Storm<T> gather(List<Future<T>> futures) throws InterruptedException, TimeoutException {
        List<T> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        return new Storm<>(results, failures);
    }
}

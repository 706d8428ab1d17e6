package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import okhttp3.OkHttpClient;

/**
 * A program in which a worker fills the heap to the last byte and then fails, while several threads wait for the
 * workers. Its exit code is 0 if all of them get the error, every time, and the client works afterwards.
 */
final class FullHeapProgram {

    private static final int ROUNDS = 15;
    private static final int CALLERS = 3;
    private static final int ROUND_SECONDS = 90;

    private final AtomicReferenceArray<Throwable> ends = new AtomicReferenceArray<>(CALLERS);
    private final OutOfMemoryError failure = new OutOfMemoryError("of the test");
    private volatile boolean fails;
    private volatile boolean fills;
    private volatile Object ballast;

    private FullHeapProgram() {}

    public static void main(String[] args) throws Exception {
        int status = new FullHeapProgram().run(args[0], args[1], args[2]);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private int run(String endpoint, String apiKey, String apiSecret) throws InterruptedException {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (fails) {
                        fail();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(endpoint)
                .apiKey(apiKey)
                .apiSecret(apiSecret)
                .callTimeout(Duration.ofSeconds(20))
                .maxConcurrency(2)
                .httpClient(http)
                .build()) {
            cloud.getDevices();
            int failures = 0;
            for (int round = 0; round < ROUNDS; round++) {
                fills = round > 2; // a class that is initialized without memory can stay unusable
                if (!round(cloud)) {
                    System.out.println("round " + round + ": a caller hangs");
                    SmallHeapProgram.printStacks();
                    return 3;
                }
                for (int i = 0; i < CALLERS; i++) {
                    failures += ends.get(i) instanceof OutOfMemoryError ? 1 : 0;
                }
            }
            int devices = cloud.getDevices().size();
            System.out.println("result: " + failures + " of " + ROUNDS * CALLERS
                    + " callers got the OutOfMemoryError, 0 hung; " + devices + " devices afterwards");
            return failures == 0 || devices == 0 ? 4 : 0;
        }
    }

    /** Runs a round, and returns whether all calls ended. */
    private boolean round(TuyaCloud cloud) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(CALLERS);
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            ends.set(number, null);
            Thread caller = new Thread(() -> {
                try {
                    start.await();
                    cloud.getDevices();
                } catch (Throwable e) {
                    ends.set(number, e);
                }
                done.countDown();
            });
            caller.setDaemon(true);
            caller.start();
        }
        fails = true;
        start.countDown();
        boolean allCame = done.await(ROUND_SECONDS, TimeUnit.SECONDS);
        ballast = null;
        if (allCame) {
            fails = false;
        }
        return allCame;
    }

    /** Fails. The first thread of a round fills the heap before that, and the others wait for it. */
    private synchronized void fail() {
        if (fills && ballast == null) {
            fill();
        }
        throw failure;
    }

    private void fill() {
        Object[] chain = null;
        for (int size = 1 << 18; size >= 16; size /= 16) {
            try {
                while (true) {
                    chain = new Object[] {chain, new byte[size]};
                    ballast = chain;
                }
            } catch (OutOfMemoryError e) {
                // The heap is full down to pieces of this size.
            }
        }
    }
}

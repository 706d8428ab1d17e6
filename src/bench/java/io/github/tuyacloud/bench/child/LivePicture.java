package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Keeps a living picture, or only receives its messages, and prints messages per second or heap bytes per device. */
public final class LivePicture {

    private static final int QUEUE_SIZE = 1000;

    private LivePicture() {}

    /**
     * Expects {@code memory}, {@code picture} or {@code messages}, the endpoint of the cloud, and for the latter two the
     * endpoint of the messages and their numbers before and during the measurement.
     */
    public static void main(String[] arguments) throws Exception {
        try (TuyaCloud cloud = Clients.libraryByDefault(arguments[1])) {
            if (arguments[0].equals("memory")) {
                bytesPerDevice(cloud);
                System.exit(0);
            }
            SubscriptionOptions options = SubscriptionOptions.builder()
                    .endpoint(arguments[2])
                    .receiverQueueSize(QUEUE_SIZE)
                    .build();
            long before = Long.parseLong(arguments[3]);
            long measured = Long.parseLong(arguments[4]);
            if (arguments[0].equals("picture")) {
                LongAdder changes = new LongAdder();
                try (LiveDevices home = cloud.live()
                        .messages(options)
                        .onChange(change -> changes.increment())
                        .start()) {
                    measure(() -> home.counters().messages(), before, measured);
                    System.err.println(changes.sum() + " changes, " + home.counters());
                }
            } else {
                AtomicLong count = new AtomicLong();
                try (MessageSubscription subscription =
                        cloud.messages().subscribe(message -> count.incrementAndGet(), options)) {
                    measure(count::get, before, measured);
                }
            }
        }
        System.exit(0);
    }

    private static void measure(LongSupplier count, long before, long measured) throws InterruptedException {
        long first = await(count, before);
        long start = System.nanoTime();
        long last = await(count, first + measured);
        System.out.println((last - first) * 1e9 / (System.nanoTime() - start));
    }

    private static long await(LongSupplier count, long messages) throws InterruptedException {
        while (count.getAsLong() < messages) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return count.getAsLong();
    }

    private static void bytesPerDevice(TuyaCloud cloud) throws InterruptedException {
        start(cloud).close(); // loads the classes
        long before = used();
        try (LiveDevices home = start(cloud)) {
            System.out.println((used() - before) / home.all().size());
        }
    }

    private static LiveDevices start(TuyaCloud cloud) throws InterruptedException {
        LiveDevices home = cloud.live().every(Duration.ofHours(1)).start();
        if (!home.awaitReady(Duration.ofMinutes(1))) {
            throw new IllegalStateException("not ready: " + home.freshness());
        }
        return home;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

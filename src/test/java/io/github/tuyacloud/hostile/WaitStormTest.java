package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that every wait ends: dozens of threads (virtual ones if the JDK has them) share tokens, maps, permits and
 * workers through views with short and long timeouts, while requests stall or fail, tokens expire, the token store
 * hangs, threads are interrupted, and finally the client is closed.
 */
@Tag("hostile")
@Timeout(900)
class WaitStormTest {

    private static final int THREADS = 48;
    private static final int CALLS = 6;

    /** A list has three steps, each of which may wait for workers for two call timeouts of 2 s plus 2 s. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Duration AFTER_CLOSE = Duration.ofSeconds(10);

    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void calls_withFaultsInterruptsAndClose_allEnd(int maxConcurrency) throws Exception {
        Random random = new Random(Seed.of("the storm"));
        for (int round = 0; round < 5; round++) {
            round(maxConcurrency, new Random(random.nextLong()));
        }
        System.out.println("maxConcurrency " + maxConcurrency + ", virtual " + isVirtual(newThread(() -> {})) + ": "
                + ended + " calls ended, " + failed + " of them failed, the longest took " + longest.get() / 1_000_000
                + " ms");
        assertThat(unexpected).isEmpty();
        assertThat(Duration.ofNanos(longest.get())).isLessThan(LONGEST);
    }

    private void round(int maxConcurrency, Random random) throws Exception {
        try (FakeTuyaCloud fake = FakeTuyaCloud.builder().start().seed(2, 6, 60)) {
            TuyaCloud cloud = Clients.of(fake)
                    .tokenStore(new SometimesHanging(new Random(random.nextLong())))
                    .callTimeout(Duration.ofSeconds(2))
                    .maxConcurrency(maxConcurrency)
                    .maxCallsInFlight(4)
                    .build();
            List<Device> devices = cloud.getDevices();
            fake.onAny().fail(Fault.stall()).withProbability(0.02, random.nextLong());
            fake.onAny().fail(Fault.http(502)).withProbability(0.05, random.nextLong());
            fake.onAny()
                    .fail(Fault.code(2010, "device not exist"))
                    .exceptToken()
                    .withProbability(0.05, random.nextLong());
            CountDownLatch done = new CountDownLatch(THREADS);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random own = new Random(random.nextLong());
                threads.add(newThread(() -> {
                    for (int call = 0; call < CALLS; call++) {
                        call(cloud, devices, own);
                    }
                    done.countDown();
                }));
            }
            threads.forEach(Thread::start);
            while (!done.await(20, TimeUnit.MILLISECONDS) && ended.get() % (THREADS * CALLS) < THREADS * CALLS / 2) {
                threads.get(random.nextInt(THREADS)).interrupt();
                if (random.nextInt(10) == 0) {
                    fake.expireTokens();
                    cloud.setMappings(Map.of());
                }
            }
            cloud.close();
            assertThat(done.await(AFTER_CLOSE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "after close(), still running: " + stacks(threads))
                    .isTrue();
        }
    }

    private void call(TuyaCloud cloud, List<Device> devices, Random random) {
        TuyaCloud view =
                random.nextBoolean() ? cloud : cloud.withCallTimeout(Duration.ofMillis(50 + random.nextInt(950)));
        Device device = devices.get(random.nextInt(devices.size()));
        long start = System.nanoTime();
        try {
            switch (random.nextInt(7)) {
                case 0 -> view.getDevices();
                case 1 -> view.getMappings(devices);
                case 2 -> view.getMapping(String.valueOf(device.productId()), device.id());
                case 3 ->
                    view.getDeviceLog(
                            device.id(), DeviceLogQuery.builder().parallel(3).build());
                case 4 -> {
                    try (Stream<?> log = view.streamDeviceLog(
                            device.id(), DeviceLogQuery.builder().build())) {
                        log.count();
                    }
                }
                case 5 -> view.things().fullMapping(device.id());
                default -> view.getStatus(device.id());
            }
        } catch (TuyaException e) {
            failed.incrementAndGet();
        } catch (IllegalStateException e) {
            failed.incrementAndGet();
            if (!"This TuyaCloud is closed".equals(e.getMessage())) {
                unexpected.add(e);
            }
        } catch (Throwable e) {
            unexpected.add(e);
        }
        Thread.interrupted(); // for the next call
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
        ended.incrementAndGet();
    }

    private static String stacks(List<Thread> threads) {
        StringBuilder text = new StringBuilder();
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                text.append('\n').append(thread);
                for (StackTraceElement frame : thread.getStackTrace()) {
                    text.append("\n    ").append(frame);
                }
            }
        }
        return text.toString();
    }

    private static Thread newThread(Runnable code) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, code);
        } catch (ReflectiveOperationException e) {
            Thread thread = new Thread(code);
            thread.setDaemon(true);
            return thread;
        }
    }

    private static boolean isVirtual(Thread thread) {
        return thread.toString().startsWith("VirtualThread");
    }

    /** A store without tokens, in which every third call hangs for a while. */
    private static final class SometimesHanging implements TokenStore {

        private final Random random;

        SometimesHanging(Random random) {
            this.random = random;
        }

        @Override
        public Optional<AccessToken> load(String key) {
            hang();
            return Optional.empty();
        }

        @Override
        public void save(String key, AccessToken token) {
            hang();
        }

        @Override
        public void clear(String key) {
            hang();
        }

        private void hang() {
            boolean hangs;
            synchronized (random) {
                hangs = random.nextInt(3) == 0;
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (hangs && System.nanoTime() - end < 0) {
                try {
                    new CountDownLatch(1).await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // Ignored on purpose.
                }
            }
        }
    }
}

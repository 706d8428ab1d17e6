package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.Seed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Corrupts the response to every call that reads: the call throws only TuyaExceptions, no accessor of a result throws, and
 * nothing hangs. {@code -DfuzzIterations=} sets the number of corrupted responses, {@code -Dseed=} repeats a run.
 */
class FuzzTest {

    private static final int THREADS = 2;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final int CALLS_PER_CLIENT = 200;
    private static final MediaType JSON = MediaType.get("application/json");

    private static final long ITERATIONS = 12_000;
    private static final long MANY_ITERATIONS = 120_000;

    private final long seed = Seed.of("the mutations");
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void call_corruptedBody_returnsOrThrowsTuyaException() throws Exception {
        run(Long.getLong("fuzzIterations", ITERATIONS));
    }

    @Test
    @Tag("hostile")
    void call_manyCorruptedBodies_returnsOrThrowsTuyaException() throws Exception {
        run(Long.getLong("fuzzIterations", MANY_ITERATIONS));
    }

    private void run(long iterations) throws Exception {
        long start = System.nanoTime();
        Bodies bodies = Bodies.collect();
        CapturedLog expected = new CapturedLog();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i;
                workers.add(pool.submit(() -> new Worker(bodies).run(first, iterations)));
            }
            pool.shutdown();
            for (Future<?> worker : workers) {
                worker.get(10, TimeUnit.MINUTES);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError error) {
                throw error;
            }
            throw e;
        } finally {
            expected.close();
            pool.shutdownNow();
        }
        assertThat(answered.get()).isPositive();
        assertThat(refused.get()).isPositive();
        System.out.printf(
                "fuzz: %d calls on mutations of %d bodies, %d answered, %d refused, -Dseed=%d, %d s%n",
                iterations,
                bodies.size(),
                answered.get(),
                refused.get(),
                seed,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    /** Runs a share of the calls, each with mutations from its own seed. */
    private final class Worker {

        private final Bodies bodies;
        private final Map<String, TuyaCloud> clients = new HashMap<>();
        private Random random = new Random();
        private long made;

        Worker(Bodies bodies) {
            this.bodies = bodies;
        }

        void run(int first, long iterations) {
            List<CloudCall> calls = CloudCall.all();
            OkHttpClient http =
                    new OkHttpClient.Builder().addInterceptor(this::response).build();
            for (long i = first; i < iterations; i += THREADS) {
                CloudCall call = calls.get((int) (i / THREADS % calls.size()));
                random = new Random(seed * 31 + i);
                long start = System.nanoTime();
                try {
                    TuyaCloud cloud = clientFor(call, http);
                    cloud.setMappings(Map.of());
                    Touch.all(call.call().apply(cloud));
                    answered.incrementAndGet();
                } catch (TuyaException e) {
                    refused.incrementAndGet();
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("-Dseed=" + seed + ", iteration " + i + ", " + call + ": " + e, e);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("-Dseed=%d, iteration %d, %s", seed, i, call)
                        .isLessThan(LONGEST_CALL);
            }
            closeClients();
        }

        /** Reuses clients, because creating one takes longer than a call. */
        private TuyaCloud clientFor(CloudCall call, OkHttpClient http) {
            String owner = String.valueOf(call.apiDeviceId());
            if (++made % CALLS_PER_CLIENT == 0) {
                closeClients();
            }
            return clients.computeIfAbsent(owner, key -> client(call, http));
        }

        private void closeClients() {
            clients.values().forEach(TuyaCloud::close);
            clients.clear();
        }

        private TuyaCloud client(CloudCall call, OkHttpClient http) {
            TuyaCloudBuilder builder = TuyaCloud.builder()
                    .endpoint("http://localhost:1")
                    .apiKey("key")
                    .apiSecret("secret")
                    .retryPolicy(RetryPolicy.none())
                    .maxConcurrency(1)
                    .callTimeout(LONGEST_CALL)
                    .httpClient(http);
            return call.apiDeviceId() == null
                    ? builder.build()
                    : builder.apiDeviceId(call.apiDeviceId()).build();
        }

        /** Replaces the server. Calls can share the random numbers because maxConcurrency is one. */
        private synchronized Response response(Interceptor.Chain chain) throws IOException {
            String path = chain.request().url().encodedPath();
            boolean token = path.equals("/v1.0/token");
            boolean corrupt = random.nextInt(token ? 20 : 4) == 0 || !token && random.nextBoolean();
            byte[] body = corrupt ? new Mutator(random).mutate(bodies.pick(path, random)) : bodies.right(path);
            return new Response.Builder()
                    .request(chain.request())
                    .protocol(Protocol.HTTP_1_1)
                    .code(200)
                    .message("OK")
                    .body(ResponseBody.create(body, JSON))
                    .build();
        }
    }
}

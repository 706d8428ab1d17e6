package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.FaultRule;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that callers and workers never wait for each other: threads need the same DP mappings at the same time, one by
 * one and in lists, while the cloud refuses some of them.
 */
@Tag("hostile")
@Timeout(600)
class MappingRoundsTest {

    private static final int ROUNDS = 100;
    private static final int THREADS = 8;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** Far longer than a round takes on an instant cloud, and far less than the call timeout. */
    private static final Duration STALLED = Duration.ofSeconds(10);

    private final FakeTuyaCloud fake = FakeTuyaCloud.builder().start().seed(1, 6, 18);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,1000000", "2,1", "2,1000000", "8,1", "8,1000000"})
    void getMappingAndGetMappings_concurrentlyWithRefusals_neverStall(int maxConcurrency, int refusals)
            throws Exception {
        Random random = new Random(Seed.of("the rounds"));
        int refused = 0;
        long longest = 0;
        try (TuyaCloud cloud = Clients.of(fake)
                .callTimeout(CALL_TIMEOUT)
                .maxConcurrency(maxConcurrency)
                .build()) {
            List<Device> devices = cloud.getDevices();
            for (int round = 0; round < ROUNDS; round++) {
                cloud.setMappings(Map.of());
                Device one = devices.get(random.nextInt(devices.size()));
                FaultRule rule = fake.on("GET", "/v1.1/devices/" + one.id() + "/specifications")
                        .fail(Fault.code(2010, "device not exist"))
                        .times(refusals);
                for (Call call : round(cloud, devices, one)) {
                    refused += call.failure() == null ? 0 : 1;
                    longest = Math.max(longest, call.nanos());
                    assertThat(call.failure()).satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e)
                            .isInstanceOf(TuyaApiException.class));
                    assertThat(call.nanos()).isLessThan(STALLED.toNanos());
                }
                rule.remove();
            }
        }
        System.out.println("maxConcurrency " + maxConcurrency + ", refusals " + refusals + ": " + refused + " of "
                + ROUNDS * THREADS + " calls refused, the longest took " + longest / 1_000_000 + " ms");
        assertThat(refused).isPositive();
    }

    private record Call(TuyaException failure, long nanos) {}

    private List<Call> round(TuyaCloud cloud, List<Device> devices, Device refused) throws Exception {
        Map<String, String> deviceByProduct = new LinkedHashMap<>();
        deviceByProduct.put(refused.productId(), refused.id());
        devices.forEach(device -> deviceByProduct.putIfAbsent(device.productId(), device.id()));
        List<Device> refusedFirst = new ArrayList<>(List.of(refused));
        refusedFirst.addAll(devices);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Call>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            boolean list = i % 2 == 0;
            calls.add(threads.submit(() -> {
                start.await();
                long begin = System.nanoTime();
                TuyaException failure = null;
                try {
                    if (list) {
                        cloud.getMappings(refusedFirst);
                    } else {
                        deviceByProduct.forEach(cloud::getMapping);
                    }
                } catch (TuyaException e) {
                    failure = e;
                }
                return new Call(failure, System.nanoTime() - begin);
            }));
        }
        List<Call> ended = new ArrayList<>();
        for (Future<Call> call : calls) {
            ended.add(call.get(1, TimeUnit.MINUTES));
        }
        return ended;
    }
}

package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that responses designed to be slow to parse take no more CPU time than ordinary ones of the same size. */
@Tag("hostile")
class LinearTimeTest {

    /** CPU time varies by half on a busy machine; the defects that this test covers took 6 to 1,000 times as long. */
    private static final double TOLERANCE = 2.5;

    private interface Work {
        void run() throws Exception;
    }

    /** Returns the shortest CPU time of several runs. */
    private static long cpuNanos(Work work) throws Exception {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            shortest = Math.min(shortest, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return shortest;
    }

    @Test
    void read_namesOfOneHash_takesAsLongAsOtherNames() throws Exception {
        long seed = Seed.of("the texts");
        Random random = new Random(seed);
        byte[] ordinary = object(i -> random.ints(36, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
        byte[] oneHash = object(LinearTimeTest::nameOfOneHash);

        long usual = cpuNanos(() -> read(ordinary));
        long hostile = cpuNanos(() -> read(oneHash));

        System.out.printf("names with the same hash: %d ms, others: %d ms%n", hostile / 1_000_000, usual / 1_000_000);
        assertThat((double) hostile / usual).as("seed %d", seed).isLessThan(TOLERANCE);
    }

    private static void read(byte[] json) throws IOException, MalformedJsonException {
        Map<?, ?> read = (Map<?, ?>) Json.read(new ByteArrayInputStream(json));
        assertThat(read.get("absent")).isNull();
    }

    private static byte[] object(IntFunction<String> name) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            json.append(i == 0 ? "" : ",").append('"').append(name.apply(i)).append("\":1");
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String nameOfOneHash(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 18; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    @Test
    void describe_fourTimesAsManyDataPoints_takesFourTimesAsLong() throws Exception {
        long few = cpuNanos(describing(10_000));
        long many = cpuNanos(describing(40_000));

        System.out.printf("describing 10,000: %d ms, 40,000: %d ms%n", few / 1_000_000, many / 1_000_000);
        assertThat((double) many / few).isLessThan(4 * TOLERANCE);
    }

    private static Work describing(int count) {
        List<DataPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new DataPoint("code_" + i, (long) i));
        }
        DeviceStatus status = new DeviceStatus(points);
        return () -> {
            Map<String, DataPointSpec> specs = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                specs.put("" + i, new DataPointSpec("code_" + i, i, "Integer", "{\"scale\":1}"));
            }
            assertThat(status.describe(DpMapping.of(specs))).hasSize(count);
        };
    }

    @Test
    void describe_manyValuesOfOneLongSpecification_parsesItOnce() throws Exception {
        long one = cpuNanos(describingOneCode(1));
        long many = cpuNanos(describingOneCode(20_000));

        System.out.printf("describing 1: %d ms, 20,000: %d ms%n", one / 1_000_000, many / 1_000_000);
        assertThat((double) many / one).isLessThan(50);
    }

    private static Work describingOneCode(int count) {
        StringBuilder range = new StringBuilder("{\"range\":[\"first\"");
        for (int i = 0; i < 20_000; i++) {
            range.append(",\"choice ").append(i).append('"');
        }
        DataPointSpec spec = new DataPointSpec("mode", 1, "Enum", range + "]}");
        List<DataPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new DataPoint("mode", "choice " + i));
        }
        return () -> assertThat(new DeviceStatus(points).describe(DpMapping.of(Map.of("1", spec))))
                .hasSize(count);
    }
}

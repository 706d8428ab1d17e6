package io.github.tuyacloud.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tuyacloud.bench.server.DeviceResponses;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.LogEntry;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures reading pages as devices and log entries, against Jackson's trees of the same bytes: CPU time in
 * alternation, and the retained bytes of 1,000 devices with the mappings of 60 products.
 */
public final class ReadingCosts {

    private static final int ROUNDS = 15;
    private static final int PRODUCTS = 60;
    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** Reads one page. */
    private interface Reading {
        Object read() throws Exception;
    }

    private ReadingCosts() {}

    /** Prints one line for each measurement. */
    public static void main(String[] args) throws Exception {
        byte[] devices = new DeviceResponses().linked(100, null).getBytes(StandardCharsets.UTF_8);
        byte[] log = logPage().getBytes(StandardCharsets.UTF_8);
        compare("device page", () -> devices(devices), () -> JACKSON.readTree(new ByteArrayInputStream(devices)));
        compare("log page", () -> entries(log), () -> JACKSON.readTree(new ByteArrayInputStream(log)));
        long ours = kept(() -> keptDevices());
        long trees = kept(() -> keptTrees());
        System.out.printf(
                "kept: %d bytes a device, trees %d, ratio %.2f%n", ours / 1000, trees / 1000, (double) ours / trees);
    }

    private static List<Device> devices(byte[] page) throws Exception {
        Map<String, Object> result = JsonValues.object(Json.read(new ByteArrayInputStream(page)));
        return ((List<?>) result.get("devices"))
                .stream()
                        .map(device -> Device.fromMap(JsonValues.object(device)))
                        .toList();
    }

    private static List<LogEntry> entries(byte[] page) throws Exception {
        Map<String, Object> result = JsonValues.object(Json.read(new ByteArrayInputStream(page)));
        return ((List<?>) result.get("logs"))
                .stream()
                        .map(entry -> LogEntry.fromMap(JsonValues.object(entry)))
                        .toList();
    }

    private static String logPage() {
        StringBuilder json =
                new StringBuilder("{\"device_id\":\"bf1\",\"has_next\":true,\"next_row_key\":\"r\",\"logs\":[");
        for (int i = 0; i < 100; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"code\":\"cur_power\",\"event_from\":\"1\",\"event_id\":7,\"event_time\":")
                    .append(1_700_000_000_000L - i)
                    .append(",\"status\":\"1\",\"value\":\"")
                    .append(600 + i)
                    .append("\"}");
        }
        return json.append("]}").toString();
    }

    private static Object keptDevices() throws Exception {
        List<DpMapping> mappings = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            mappings.add(DpMapping.of(Map.of(
                    "1", new DataPointSpec("switch_1", 1, "Boolean", "{}"),
                    "20", new DataPointSpec("cur_voltage", 20, "Integer", "{\"unit\":\"V\",\"scale\":1}"))));
        }
        List<Device> all = new ArrayList<>();
        for (int page = 0; page < 10; page++) {
            Map<String, Object> result = JsonValues.object(Json.read(page(page)));
            for (Object device : (List<?>) result.get("devices")) {
                all.add(Device.fromMap(JsonObject.copyOf(JsonValues.object(device))
                        .with("mac", "fc:67:1f:7d:b8:c4")
                        .with("mapping", mappings.get(all.size() % PRODUCTS))));
            }
        }
        return all;
    }

    private static Object keptTrees() throws Exception {
        List<JsonNode> mappings = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            mappings.add(
                    JACKSON.readTree(
                            "{\"1\":{\"code\":\"switch_1\",\"type\":\"Boolean\",\"values\":{}},"
                                    + "\"20\":{\"code\":\"cur_voltage\",\"type\":\"Integer\",\"values\":{\"unit\":\"V\",\"scale\":1}}}"));
        }
        List<JsonNode> all = new ArrayList<>();
        for (int page = 0; page < 10; page++) {
            for (JsonNode device : JACKSON.readTree(page(page)).get("devices")) {
                ((ObjectNode) device)
                        .put("mac", "fc:67:1f:7d:b8:c4")
                        .set("mapping", mappings.get(all.size() % PRODUCTS));
                all.add(device);
            }
        }
        return all;
    }

    private static String page(int number) {
        return new DeviceResponses().linked(100, "R" + 100 * number);
    }

    private static void compare(String name, Reading ours, Reading tree) throws Exception {
        double[] ratios = new double[ROUNDS];
        double[] micros = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            double first = cpu(ours);
            double second = cpu(tree);
            if (round >= 0) {
                ratios[round] = first / second;
                micros[round] = first;
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(micros);
        System.out.printf(
                "%s: ratio %.2f [%.2f .. %.2f], %.0f us%n",
                name, ratios[ROUNDS / 2], ratios[1], ratios[ROUNDS - 2], micros[ROUNDS / 2]);
    }

    /** Returns the CPU microseconds of one reading. */
    private static double cpu(Reading reading) throws Exception {
        int times = 300;
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            if (reading.read() == null) {
                throw new IllegalStateException("nothing was read");
            }
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3 / times;
    }

    private static long kept(Reading reading) throws Exception {
        long before = used();
        Object kept = reading.read();
        long after = used();
        if (kept.hashCode() == 0) {
            throw new IllegalStateException();
        }
        return after - before;
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

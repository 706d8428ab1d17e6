package io.github.tuyacloud.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.bench.server.DeviceResponses;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.model.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures reading a page of 100 devices, against Jackson's tree of the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DevicePageBenchmark {

    private final byte[] page = new DeviceResponses().linked(100, null).getBytes(StandardCharsets.UTF_8);
    private final ObjectMapper mapper = new ObjectMapper();

    /** Reads devices with the library. */
    @Benchmark
    public List<Device> devices() throws IOException, MalformedJsonException {
        Map<String, Object> result = JsonValues.object(Json.read(new ByteArrayInputStream(page)));
        return ((List<?>) result.get("devices"))
                .stream()
                        .map(device -> Device.fromMap(JsonValues.object(device)))
                        .toList();
    }

    /** Reads a tree with Jackson, without using it. */
    @Benchmark
    public JsonNode tree() throws IOException {
        return mapper.readTree(new ByteArrayInputStream(page));
    }
}

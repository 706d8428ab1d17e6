package io.github.tuyacloud.brokers;

import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Devices of a fake cloud that change at random and report each change through a real broker. */
final class FakeHome implements AutoCloseable {
    private static final int DEVICES = 100;

    private final FakeTuyaCloud fake;
    private final Random random;
    private final List<FakeDevice> devices;

    FakeHome(String accessId, Random random) {
        this.random = random;
        fake = FakeTuyaCloud.builder()
                .apiKey(accessId)
                .apiSecret(Envelopes.SECRET)
                .empty()
                .start()
                .seed(1, 3, DEVICES);
        devices = fake.devices();
    }

    String accessId() {
        return fake.apiKey();
    }

    String endpoint() {
        return fake.endpoint();
    }

    /** Changes a value of a device and reports it. */
    void change(Producer reports) throws InterruptedException {
        int number = random.nextInt(DEVICES);
        FakeDevice device = devices.get(number);
        List<Map.Entry<String, Object>> points = new ArrayList<>(device.status().entrySet());
        points.removeIf(point -> !(point.getValue() instanceof Boolean || point.getValue() instanceof Number));
        Map.Entry<String, Object> point = points.get(random.nextInt(points.size()));
        Object value = point.getValue() instanceof Boolean flag ? (Object) !flag : (Object) random.nextInt(1_000);
        device.setStatus(point.getKey(), value);
        reports.send(device.id(), point.getKey(), value, deviceTime(number));
    }

    /** A few devices have a wrong clock or none. */
    private static long deviceTime(int number) {
        long now = System.currentTimeMillis();
        return switch (number % 25) {
            case 0 -> 0;
            case 1 -> now - Duration.ofHours(2).toMillis();
            case 2 -> now + Duration.ofHours(2).toMillis();
            default -> now;
        };
    }

    /** Returns the cloud's values, by device and data point. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        for (FakeDevice device : devices) {
            device.status().forEach((code, value) -> values.put(device.id() + " " + code, String.valueOf(value)));
        }
        return values;
    }

    long requests() {
        return fake.requestCount();
    }

    @Override
    public void close() {
        fake.close();
    }
}

package io.github.tuyacloud;

import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test a fake cloud and a client whose time stands still, and shows what was sent as plain lines. */
abstract class FakeCloudTest {

    final ManualTime time = new ManualTime();
    FakeTuyaCloud fake;
    TuyaCloud cloud;

    @BeforeEach
    void startFakeAndClient() {
        fake = fakeBuilder().start();
        cloud = client().build();
    }

    @AfterEach
    void closeFakeAndClient() {
        cloud.close();
        fake.close();
    }

    /** What kind of fake; the demo world unless a test says otherwise. */
    FakeTuyaCloudBuilder fakeBuilder() {
        return FakeTuyaCloud.builder().clock(time);
    }

    /** A client of the fake that waits without waiting, always for the longest of the random waits. */
    final TuyaCloudBuilder client() {
        return TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .clock(time)
                .nanoTime(time::nanoTime)
                .sleeper(time::sleep)
                .random(() -> 0);
    }

    /** Puts another client in the place of the usual one. */
    final TuyaCloud use(TuyaCloudBuilder builder) {
        cloud.close();
        cloud = builder.build();
        return cloud;
    }

    /** All requests except those for tokens. */
    final List<FakeRequest> requests() {
        return fake.requests().stream()
                .filter(request -> !request.path().equals("/v1.0/token"))
                .toList();
    }

    /** The same as lines: method, path, decoded query in key order, body. */
    final List<String> sent() {
        return requests().stream().map(FakeCloudTest::line).toList();
    }

    static String line(FakeRequest request) {
        String query =
                request.query().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return request.method() + " " + request.path() + (query.isEmpty() ? "" : "?" + query)
                + (request.body().isEmpty() ? "" : " " + request.body());
    }
}

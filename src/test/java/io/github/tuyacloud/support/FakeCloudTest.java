package io.github.tuyacloud.support;

import static io.github.tuyacloud.BuilderHooks.nanoTime;
import static io.github.tuyacloud.BuilderHooks.random;
import static io.github.tuyacloud.BuilderHooks.sleeper;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The base class of tests with a fake cloud and a client whose clock stands still; lists the requests as plain lines.
 */
public abstract class FakeCloudTest {

    protected final ManualTime time = new ManualTime();
    protected FakeTuyaCloud fake;
    protected TuyaCloud cloud;

    @BeforeEach
    protected void startFakeAndClient() {
        fake = fakeBuilder().start();
        cloud = client().build();
    }

    @AfterEach
    protected void closeFakeAndClient() {
        cloud.close();
        fake.close();
    }

    /** Returns the builder of the fake cloud, which has the demo world unless a test overrides this. */
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return FakeTuyaCloud.builder().clock(time);
    }

    /**
     * Returns the builder of a client that runs on manual time, and whose random waits always have their maximum
     * length.
     */
    protected final TuyaCloudBuilder client() {
        TuyaCloudBuilder builder = Clients.of(fake).clock(time);
        return random(sleeper(nanoTime(builder, time::nanoTime), time::sleep), () -> 0);
    }

    /** Replaces the usual client. */
    protected final TuyaCloud use(TuyaCloudBuilder builder) {
        cloud.close();
        cloud = builder.build();
        return cloud;
    }

    /** Returns all requests except those for tokens. */
    protected final List<FakeRequest> requests() {
        return fake.requests().stream()
                .filter(request -> !request.path().equals("/v1.0/token"))
                .toList();
    }

    /** Returns those requests as lines: method, path, decoded query in key order, body. */
    protected final List<String> sent() {
        return requests().stream().map(FakeCloudTest::line).toList();
    }

    protected static String line(FakeRequest request) {
        String query =
                request.query().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return request.method() + " " + request.path() + (query.isEmpty() ? "" : "?" + query)
                + (request.body().isEmpty() ? "" : " " + request.body());
    }
}

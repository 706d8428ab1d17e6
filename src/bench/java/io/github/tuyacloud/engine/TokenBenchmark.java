package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.Region;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Measures getting a valid token, as every call does: from one thread and from many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TokenBenchmark {

    private final ServerClock clock = new ServerClock(Clock.systemUTC());
    private final RegionResolver.Target target = new RegionResolver(Region.EU, null).target();
    private final Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime, new AtomicBoolean());
    private final TokenManager tokens = withToken();

    /** Gets the token from one thread. */
    @Benchmark
    public AccessToken token() {
        return tokens.get(target, deadline).token();
    }

    /** Gets the token from eight threads, which share the processors if there are fewer. */
    @Benchmark
    @Threads(8)
    public AccessToken tokenForEight() {
        return tokens.get(target, deadline).token();
    }

    /** Creates a manager that never fetches: its initial token does not expire. */
    private TokenManager withToken() {
        TokenManager manager = new TokenManager(null, null, clock, "fakeapikey0123456789");
        manager.use(new AccessToken("3f4eda2bdec17232f67c0b188af3eec1", Instant.MAX), target);
        return manager;
    }
}

package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.RegionResolver;
import io.github.tuyacloud.engine.RequestSigner;
import io.github.tuyacloud.engine.ServerClock;
import io.github.tuyacloud.engine.Sleeper;
import io.github.tuyacloud.engine.UsageMeter;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.socket.Subscriptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link TuyaCloud}; not thread-safe.
 *
 * <p>Key and secret come from the first of these that has them: this builder; the file given to {@link #configFile}; the
 * environment ({@code TUYA_API_KEY}, {@code TUYA_API_SECRET}, {@code TUYA_REGION}, and perhaps {@code TUYA_DEVICE_ID});
 * {@code tinytuya.json} in the working directory. A region or device ids set here take precedence over those of the
 * source. A source without a region means {@code cn}, except the environment, which must name it.
 */
public final class TuyaCloudBuilder {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final int MOST_CONCURRENCY = 64;
    private static final Duration MESSAGE_PING_INTERVAL = Duration.ofSeconds(20);

    private final ConfigResolver config = new ConfigResolver();
    private @Nullable String endpoint;
    private boolean newSignAlgorithm = true;
    private @Nullable String initialToken;
    private @Nullable TokenStore tokenStore;
    private @Nullable String lang;
    private Duration callTimeout = Duration.ofSeconds(30);
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private int maxConcurrency = 8;
    private double requestsPerSecond = Double.POSITIVE_INFINITY;
    private long monthlyBudget = UsageMeter.UNLIMITED;
    private @Nullable OkHttpClient httpClient;
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoTime = System::nanoTime;
    private @Nullable Sleeper sleeper;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    TuyaCloudBuilder() {}

    /**
     * Names the configuration file.
     *
     * @param file {@code tinytuya.json} in the working directory unless set
     * @return this builder
     */
    public TuyaCloudBuilder configFile(Path file) {
        config.configFile(Objects.requireNonNull(file, "configFile"));
        return this;
    }

    /**
     * Sets the data center.
     *
     * @param code such as {@code eu}; see {@link Region}
     * @return this builder
     * @throws IllegalArgumentException if it is unknown; the message lists the known ones
     */
    public TuyaCloudBuilder region(String code) {
        return region(Region.of(code));
    }

    /**
     * Sets the data center.
     *
     * @param region the data center
     * @return this builder
     */
    public TuyaCloudBuilder region(Region region) {
        config.region(Objects.requireNonNull(region, "region"));
        return this;
    }

    /**
     * Sends calls to another address than the region's own, such as a proxy or a fake cloud.
     *
     * @param baseUrl scheme, host and perhaps a port; https, or http for a loopback host
     * @return this builder
     */
    public TuyaCloudBuilder endpoint(String baseUrl) {
        this.endpoint = Objects.requireNonNull(baseUrl, "endpoint");
        return this;
    }

    /**
     * Sets the project's access id.
     *
     * @param key the access id (client id)
     * @return this builder
     */
    public TuyaCloudBuilder apiKey(String key) {
        config.apiKey(Objects.requireNonNull(key, "apiKey"));
        return this;
    }

    /**
     * Sets the project's access secret.
     *
     * @param secret the access secret; never logged, never sent
     * @return this builder
     */
    public TuyaCloudBuilder apiSecret(String secret) {
        config.apiSecret(Objects.requireNonNull(secret, "apiSecret"));
        return this;
    }

    /**
     * Names devices whose owners' devices {@code getDevices} lists.
     *
     * @param deviceIds ids, each also as a comma list; blank ones are as if absent
     * @return this builder
     */
    public TuyaCloudBuilder apiDeviceId(String... deviceIds) {
        config.apiDeviceIds(List.of(deviceIds));
        return this;
    }

    /**
     * Chooses the algorithm of the signature.
     *
     * @param current true, the default, for the current one; false for projects made before 30 June 2021 that still need
     *     the old one
     * @return this builder
     */
    public TuyaCloudBuilder newSignAlgorithm(boolean current) {
        this.newSignAlgorithm = current;
        return this;
    }

    /**
     * Starts with an access token from an earlier run, which is used until the cloud rejects it.
     *
     * @param token the token
     * @return this builder
     */
    public TuyaCloudBuilder initialToken(String token) {
        this.initialToken = ConfigResolver.headerValue("initialToken", token);
        return this;
    }

    /**
     * Shares access tokens between processes or runs.
     *
     * @param store where they are kept; only in this client's memory unless set
     * @return this builder
     */
    public TuyaCloudBuilder tokenStore(TokenStore store) {
        this.tokenStore = Objects.requireNonNull(store, "tokenStore");
        return this;
    }

    /**
     * Sets the language of the cloud's texts.
     *
     * @param language such as {@code en} or {@code zh}; the data center's own unless set
     * @return this builder
     */
    public TuyaCloudBuilder lang(String language) {
        this.lang = ConfigResolver.headerValue("lang", language);
        return this;
    }

    /**
     * AdmissionControl one call to the cloud from start to end: all its attempts, waits and a token renewal. A method that makes
     * many calls takes as long as they do.
     *
     * @param timeout more than zero, at most an hour; 30 seconds unless set. Within it, each attempt has 5 seconds to
     *     connect and 10 for each read
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloudBuilder callTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "callTimeout must be more than zero and at most an hour, not " + timeout);
        }
        this.callTimeout = timeout;
        return this;
    }

    /**
     * Sets how often and how patiently failed reads are tried again.
     *
     * @param policy two retries unless set
     * @return this builder
     */
    public TuyaCloudBuilder retryPolicy(RetryPolicy policy) {
        this.retryPolicy = Objects.requireNonNull(policy, "retryPolicy");
        return this;
    }

    /**
     * AdmissionControl how many calls the library itself makes side by side, as for a device list; they are no more than
     * {@link #requestsPerSecond} gives a turn in half the {@link #callTimeout}. A caller's own threads are not limited.
     *
     * @param calls 1 to 64; 8 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloudBuilder maxConcurrency(int calls) {
        if (calls < 1 || calls > MOST_CONCURRENCY) {
            throw new IllegalArgumentException("maxConcurrency must be 1 to " + MOST_CONCURRENCY + ", not " + calls);
        }
        this.maxConcurrency = calls;
        return this;
    }

    /**
     * AdmissionControl how many requests are sent a second, evenly spaced, first come first served.
     *
     * @param requests more than zero; no limit unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not a number above zero
     */
    public TuyaCloudBuilder requestsPerSecond(double requests) {
        if (!(requests > 0)) {
            throw new IllegalArgumentException("requestsPerSecond must be more than zero, not " + requests);
        }
        this.requestsPerSecond = requests;
        return this;
    }

    /**
     * Refuses requests beyond so many a month (UTC), counted from the making of the client.
     *
     * @param requests zero or more; no limit unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public TuyaCloudBuilder monthlyBudget(long requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("monthlyBudget must be zero or more, not " + requests);
        }
        this.monthlyBudget = requests;
        return this;
    }

    /**
     * Uses an OkHttp client of one's own: its proxy, trust, timeouts, interceptors and connection pool. Its write timeout is
     * not used, for the read timeout counts from before a request is written. It is not closed with this one. Calls use
     * HTTP/1.1, follow no redirects, and repeat nothing behind the library's back, whatever the client is set to.
     *
     * @param client the client; one made for the purpose unless set
     * @return this builder
     */
    public TuyaCloudBuilder httpClient(OkHttpClient client) {
        this.httpClient = Objects.requireNonNull(client, "httpClient");
        return this;
    }

    /**
     * Sets the clock for signatures, token expiry and log windows.
     *
     * @param source the system's clock unless set
     * @return this builder
     */
    public TuyaCloudBuilder clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /** Sets the variables that stand for the environment, for tests. */
    TuyaCloudBuilder environment(Map<String, String> variables) {
        config.environment(variables);
        return this;
    }

    /** For tests: another monotonic clock. */
    TuyaCloudBuilder nanoTime(LongSupplier source) {
        this.nanoTime = source;
        return this;
    }

    /** For tests: another way to wait. */
    TuyaCloudBuilder sleeper(Sleeper other) {
        this.sleeper = other;
        return this;
    }

    /** For tests: other random numbers, from 0 up to 1. */
    TuyaCloudBuilder random(DoubleSupplier source) {
        this.random = source;
        return this;
    }

    /**
     * Makes the client. Nothing is sent yet.
     *
     * @return the client
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the configuration file is needed, and missing or wrong
     * @throws IllegalArgumentException if options are wrong, or key or secret is blank
     */
    public TuyaCloud build() {
        return new TuyaCloud(assemble());
    }

    Assembly assemble() {
        ConfigResolver.Resolved resolved = config.resolve(endpoint != null);
        RegionResolver regions = new RegionResolver(resolved.region(), endpoint);
        RequestSigner signer = new RequestSigner(resolved.apiKey(), resolved.apiSecret(), newSignAlgorithm);
        ServerClock serverClock = new ServerClock(clock);
        CallPipeline pipeline = new CallPipeline(
                regions,
                signer,
                new OkHttpTransport(httpClient),
                serverClock,
                new UsageMeter(serverClock, monthlyBudget),
                new CallPipeline.CallOptions(
                        callTimeout, retryPolicy, requestsPerSecond, lang, initialToken, tokenStore),
                new CallPipeline.TimeSource(nanoTime, waits(), random));
        Subscriptions messageSockets = new Subscriptions(
                resolved.apiKey(),
                resolved.apiSecret(),
                pipeline::region,
                httpClient,
                new Subscriptions.TimeSource(nanoTime, clock, waits(), random, MESSAGE_PING_INTERVAL));
        return new Assembly(
                pipeline,
                callTimeout,
                concurrency(),
                messageSockets,
                List.copyOf(resolved.apiDeviceIds()),
                clock,
                nanoTime,
                monthlyBudget);
    }

    private Sleeper waits() {
        return sleeper == null ? Sleeper.ofThreads() : sleeper;
    }

    /** More calls at a time than surely get a turn within their time limit would only make one another fail. */
    private int concurrency() {
        double turns = requestsPerSecond * callTimeout.toMillis() / 1000 / 2;
        return (int) Math.max(1, Math.min(maxConcurrency, turns));
    }
}

package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.Sleeper;
import io.github.tuyacloud.engine.SystemTime;
import io.github.tuyacloud.engine.UsageMeter;
import io.github.tuyacloud.http.Endpoint;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.json.LogSafe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TuyaCloud} with options; not thread-safe.
 *
 * <p>The key and secret come from the first of these sources that has them: this builder; the file given to
 * {@link #configFile}; the environment ({@code TUYA_API_KEY}, {@code TUYA_API_SECRET}, {@code TUYA_REGION}, and
 * optionally {@code TUYA_DEVICE_ID}); {@code tinytuya.json} in the working directory. A region or device ids set on
 * this builder take precedence over those of the source. If the source has no region, it is {@code cn}; the
 * environment, however, must name one.
 */
public final class TuyaCloudBuilder {

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final int MAX_CONCURRENCY = 64;
    private static final int MAX_IN_FLIGHT = 4_096;

    private final ConfigResolver config = new ConfigResolver();
    private @Nullable String endpoint;
    private boolean newSignAlgorithm = true;
    private @Nullable String initialToken;
    private @Nullable TokenStore tokenStore;
    private @Nullable String lang;
    private Duration callTimeout = Duration.ofSeconds(30);
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private int maxConcurrency = 8;
    private int maxCallsInFlight = 256;
    private int maxListSize = 100_000;
    private double requestsPerSecond = Double.POSITIVE_INFINITY;
    private long monthlyBudget = UsageMeter.UNLIMITED;
    private @Nullable OkHttpClient httpClient;
    private Clock clock = Clock.systemUTC();
    private @Nullable LongSupplier nanoTime;
    private @Nullable Sleeper sleeper;
    private @Nullable DoubleSupplier random;
    private @Nullable Duration maxSilence;

    TuyaCloudBuilder() {}

    /**
     * Sets the configuration file.
     *
     * @param file the path; by default {@code tinytuya.json} in the working directory
     * @return this builder
     */
    public TuyaCloudBuilder configFile(Path file) {
        config.configFile(Objects.requireNonNull(file, "configFile"));
        return this;
    }

    /**
     * Sets the data center.
     *
     * @param code a code such as {@code eu}, an alias, or the name that the console shows; see {@link Region#of}
     * @return this builder
     * @throws IllegalArgumentException if it is unknown; the message lists the known regions
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
     * Sets the base URL to call instead of the region's, such as that of a proxy or a fake cloud. If its host is a
     * loopback host, live messages come from there, too, unless {@code SubscriptionOptions} name another endpoint.
     *
     * @param baseUrl scheme, host and optionally a port; https, or http for a loopback host
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
     * Sets whose devices {@code getDevices} lists: those of the owners of the given devices. By default, it lists the
     * devices of all linked accounts.
     *
     * @param deviceIds device ids, or comma-separated lists of them; blank ones are ignored
     * @return this builder
     * @throws IllegalArgumentException if an id is a placeholder from an example
     */
    public TuyaCloudBuilder apiDeviceId(String... deviceIds) {
        config.apiDeviceIds(List.of(deviceIds));
        return this;
    }

    /**
     * Sets the signature algorithm.
     *
     * @param current true (the default) for the current one; false for projects created before June 30, 2021 that still
     *     need the old one
     * @return this builder
     */
    public TuyaCloudBuilder newSignAlgorithm(boolean current) {
        this.newSignAlgorithm = current;
        return this;
    }

    /**
     * Sets an access token from an earlier run, to use until the cloud rejects it.
     *
     * @param token the token
     * @return this builder
     */
    public TuyaCloudBuilder initialToken(String token) {
        this.initialToken = ConfigResolver.headerValue("initialToken", token);
        return this;
    }

    /**
     * Sets a store that shares access tokens between processes or runs.
     *
     * @param store the store; by default, tokens are kept only in this client's memory
     * @return this builder
     */
    public TuyaCloudBuilder tokenStore(TokenStore store) {
        this.tokenStore = Objects.requireNonNull(store, "tokenStore");
        return this;
    }

    /**
     * Sets the language of the texts that the cloud returns.
     *
     * @param language for example {@code en} or {@code zh}; by default, that of the data center
     * @return this builder
     */
    public TuyaCloudBuilder lang(String language) {
        this.lang = ConfigResolver.headerValue("lang", language);
        return this;
    }

    /**
     * Sets the time limit for one call to the cloud, including its retries, its waits and a token renewal. A method
     * that makes several calls can take correspondingly longer.
     *
     * @param timeout more than zero, at most an hour; 30 seconds by default. Within this limit, each attempt has 5
     *     seconds to connect and 10 seconds for each read
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloudBuilder callTimeout(Duration timeout) {
        this.callTimeout = checkedTimeout(timeout);
        return this;
    }

    /**
     * Sets how often failed reads are retried, and after which delays.
     *
     * @param policy the policy; two retries by default
     * @return this builder
     */
    public TuyaCloudBuilder retryPolicy(RetryPolicy policy) {
        this.retryPolicy = Objects.requireNonNull(policy, "retryPolicy");
        return this;
    }

    /**
     * Sets the maximum number of concurrent requests that the library issues on its own, as for a device list. The
     * effective maximum is never more than {@link #requestsPerSecond} admits within half of the {@link #callTimeout}.
     *
     * @param calls 1 to 64; 8 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloudBuilder maxConcurrency(int calls) {
        if (calls < 1 || calls > MAX_CONCURRENCY) {
            throw new IllegalArgumentException("maxConcurrency must be 1 to " + MAX_CONCURRENCY + ", not " + calls);
        }
        this.maxConcurrency = calls;
        return this;
    }

    /**
     * Sets the maximum number of concurrent calls of this client, over all threads. Calls beyond it wait for their
     * turn, in order of arrival, for at most half of the {@link #callTimeout}. Token requests do not wait.
     *
     * @param calls 1 to 4,096; 256 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloudBuilder maxCallsInFlight(int calls) {
        if (calls < 1 || calls > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException("maxCallsInFlight must be 1 to 4,096, not " + calls);
        }
        this.maxCallsInFlight = calls;
        return this;
    }

    /**
     * Sets the maximum number of devices or scenes in a list, of entries in a log read with {@code parallel}, and of
     * pages in a streamed log. Anything longer fails, so that a cloud that always reports one more page can neither
     * fill the memory nor use up the quota.
     *
     * @param size at least 1; 100,000 by default
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public TuyaCloudBuilder maxListSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("maxListSize must be at least 1, not " + size);
        }
        this.maxListSize = size;
        return this;
    }

    /**
     * Sets the maximum number of requests per second. They are evenly spaced, in the order in which callers arrive.
     *
     * @param requests more than zero; unlimited by default
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
     * Sets the maximum number of requests per calendar month (UTC), counted from the creation of the client. Further
     * requests are refused before they are sent. Requests that were definitely never sent, as during an outage, do not
     * count.
     *
     * @param requests zero or more; unlimited by default
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
     * Sets the OkHttp client whose proxy, trust settings, timeouts, interceptors and connection pool are used; closing
     * this library's client does not close it. Regardless of its settings, calls use HTTP/1.1, follow no redirects and
     * are not repeated by OkHttp. Each request has a {@link io.github.tuyacloud.config.CallTag}. If many threads make
     * calls, give the client a pool that is larger than OkHttp's five idle connections:
     * {@code new ConnectionPool(256, 45, TimeUnit.SECONDS)}.
     *
     * <p>The interceptors, event listeners and DNS resolver of the OkHttp client must not call the {@link TuyaCloud}
     * that runs them: such a call throws an {@link IllegalStateException}. An interceptor that hangs blocks its own
     * call; the library cannot end it.
     *
     * @param client the client; by default, the library creates its own
     * @return this builder
     */
    public TuyaCloudBuilder httpClient(OkHttpClient client) {
        this.httpClient = Objects.requireNonNull(client, "httpClient");
        return this;
    }

    /**
     * Sets the clock for signatures, token expiry and log windows.
     *
     * @param source the clock; the system clock by default
     * @return this builder
     */
    public TuyaCloudBuilder clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /** Sets the variables to use instead of the environment, for tests. */
    TuyaCloudBuilder environment(Map<String, String> variables) {
        config.environment(variables);
        return this;
    }

    /** Sets the monotonic clock, for tests. */
    TuyaCloudBuilder nanoTime(LongSupplier source) {
        this.nanoTime = source;
        return this;
    }

    /** Sets how waits are done, for tests. */
    TuyaCloudBuilder sleeper(Sleeper other) {
        this.sleeper = other;
        return this;
    }

    /** Sets the source of random numbers from 0 to 1, for tests. */
    TuyaCloudBuilder random(DoubleSupplier source) {
        this.random = source;
        return this;
    }

    /** Sets for how long a silent connection is trusted by a living picture, for tests with a shorter retention. */
    TuyaCloudBuilder maxSilence(Duration limit) {
        this.maxSilence = limit;
        return this;
    }

    /**
     * Creates the client. Nothing is sent yet.
     *
     * @return the client
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the configuration is missing or invalid
     * @throws IllegalArgumentException if an option is invalid, or the key or secret is blank or a placeholder
     */
    public TuyaCloud build() {
        return new TuyaCloud(assemble(), true);
    }

    Wiring assemble() {
        // Checked first: without a key, the message would be about the key.
        String baseUrl = endpoint == null ? null : Endpoint.ofCalls(endpoint);
        SystemTime time = new SystemTime();
        return new Wiring(new Wiring.Plan(
                config.resolve(baseUrl != null),
                baseUrl,
                newSignAlgorithm,
                initialToken,
                tokenStore,
                lang,
                callTimeout,
                retryPolicy,
                concurrency(),
                maxCallsInFlight,
                maxListSize,
                requestsPerSecond,
                monthlyBudget,
                new OkHttpTransport(httpClient),
                clock,
                nanoTime == null ? time : nanoTime,
                sleeper == null ? time : sleeper,
                random == null ? time : random,
                maxSilence));
    }

    static Duration checkedTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "callTimeout must be more than zero and at most an hour, not " + LogSafe.duration(timeout));
        }
        return timeout;
    }

    /** Limits concurrency to the calls that get a turn in time; more would only make each other fail. */
    private int concurrency() {
        double turns = requestsPerSecond * callTimeout.toMillis() / 1000 / 2;
        return (int) Math.max(1, Math.min(maxConcurrency, turns));
    }
}

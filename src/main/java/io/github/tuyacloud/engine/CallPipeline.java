package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends all calls to the cloud: takes a request, and returns what is read from a successful answer or throws; safe for
 * use by multiple threads.
 *
 * <p>A view of a pipeline has its own call timeout and retry policy and shares everything else.
 */
public final class CallPipeline implements AutoCloseable {

    private final Shared shared;
    private final Duration callTimeout;
    private final Backoff backoff;

    /**
     * The options of calls.
     *
     * @param callTimeout the time for one call, all attempts, waits and a token call included
     * @param retryPolicy how reads are retried
     * @param requestsPerSecond the maximum rate; infinite for no limit
     * @param maxCallsInFlight the maximum number of concurrent exchanges
     * @param lang the {@code lang} header, or null
     * @param initialToken a token from an earlier run, or null
     * @param tokenStore the store that shares tokens, or null
     */
    public record CallOptions(
            Duration callTimeout,
            RetryPolicy retryPolicy,
            double requestsPerSecond,
            int maxCallsInFlight,
            @Nullable String lang,
            @Nullable String initialToken,
            @Nullable TokenStore tokenStore) {}

    /**
     * The sources of time and randomness, which tests replace.
     *
     * @param nanoTime the monotonic clock of deadlines
     * @param sleeper waits
     * @param random numbers from 0 up to 1
     */
    public record TimeSource(LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {}

    /** The parts that a pipeline and its views share. */
    private record Shared(
            RegionResolver regions,
            OkHttpTransport transport,
            ServerClock clock,
            UsageMeter usageMeter,
            AdmissionControl admission,
            InFlightLimit inFlight,
            TokenLoop tokenLoop,
            CallLoop callLoop,
            TimeSource time,
            AtomicBoolean closed,
            Supplier<CallPipeline> checkUp) {}

    /**
     * Creates a pipeline from its parts. Nothing is sent yet.
     *
     * @param regions determines the host of each call
     * @param signer signs requests
     * @param transport sends requests; closed with this pipeline
     * @param clock the cloud's time
     * @param usageMeter counts requests
     * @param options the options of calls
     * @param time the sources of time and randomness
     */
    public CallPipeline(
            RegionResolver regions,
            RequestSigner signer,
            OkHttpTransport transport,
            ServerClock clock,
            UsageMeter usageMeter,
            CallOptions options,
            TimeSource time) {
        AtomicBoolean closed = new AtomicBoolean();
        AdmissionControl admission = new AdmissionControl(
                new QuotaBreaker(time.nanoTime()),
                new RateLimiter(options.requestsPerSecond(), time.nanoTime(), time.sleeper()),
                usageMeter);
        RetryLoop.Parts parts = new RetryLoop.Parts(
                new SignedExchange(signer, transport, clock, time.nanoTime(), options.lang()),
                new FailureClassifier(new RetryAfter(clock), signer.redactor()),
                admission,
                clock,
                time.nanoTime(),
                time.sleeper(),
                closed::get);
        this.callTimeout = options.callTimeout();
        this.backoff = new Backoff(options.retryPolicy(), time.random());
        TokenLoop tokenLoop = new TokenLoop(parts);
        TokenManager tokens = new TokenManager(
                new TokenFetch(tokenLoop, backoff, clock), options.tokenStore(), clock, signer.apiKey());
        if (options.initialToken() != null) {
            tokens.use(new AccessToken(options.initialToken(), Instant.MAX), regions.target());
        }
        InFlightLimit inFlight = new InFlightLimit(options.maxCallsInFlight());
        CallLoop callLoop = new CallLoop(parts, tokens, inFlight);
        this.shared = new Shared(
                regions,
                transport,
                clock,
                usageMeter,
                admission,
                inFlight,
                tokenLoop,
                callLoop,
                time,
                closed,
                () -> checkUpOf(parts, signer.apiKey()));
    }

    private CallPipeline(Shared shared, Duration callTimeout, Backoff backoff) {
        this.shared = shared;
        this.callTimeout = callTimeout;
        this.backoff = backoff;
    }

    /**
     * Returns a view with another call timeout.
     *
     * @param timeout the time for one call
     * @return a view that shares everything else, closing included
     */
    public CallPipeline withCallTimeout(Duration timeout) {
        return new CallPipeline(shared, timeout, backoff);
    }

    /**
     * Returns a view with another retry policy. It does not apply to token calls, which all views share.
     *
     * @param policy how reads are retried
     * @return a view that shares everything else, closing included
     */
    public CallPipeline withRetries(RetryPolicy policy) {
        return new CallPipeline(
                shared, callTimeout, new Backoff(policy, shared.time().random()));
    }

    /**
     * Returns a pipeline for a check-up. It shares everything except access token and refused quotas: it fetches its
     * own token, ignores and starts no cool-down of this pipeline, and never retries.
     *
     * @return a new pipeline, which is closed with this one
     */
    public CallPipeline forCheckUp() {
        return shared.checkUp().get();
    }

    private CallPipeline checkUpOf(RetryLoop.Parts parts, String apiKey) {
        AdmissionControl admission = parts.admission().withOwnBreaker(new QuotaBreaker(parts.nanoTime()));
        RetryLoop.Parts own = new RetryLoop.Parts(
                parts.exchange(),
                parts.failures(),
                admission,
                parts.clock(),
                parts.nanoTime(),
                parts.sleeper(),
                parts.closed());
        Backoff once = new Backoff(RetryPolicy.none(), shared.time().random());
        TokenLoop tokenLoop = new TokenLoop(own);
        TokenManager tokens =
                new TokenManager(new TokenFetch(tokenLoop, once, parts.clock()), null, parts.clock(), apiKey);
        Shared others = new Shared(
                shared.regions(),
                shared.transport(),
                shared.clock(),
                shared.usageMeter(),
                admission,
                shared.inFlight(),
                tokenLoop,
                new CallLoop(own, tokens, shared.inFlight()),
                shared.time(),
                shared.closed(),
                shared.checkUp());
        return new CallPipeline(others, callTimeout, once);
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param request the request
     * @param reader reads the answer
     * @param <T> what the reader returns
     * @return what the reader returned
     * @throws io.github.tuyacloud.exception.TuyaException if no usable answer came before the call timeout
     * @throws IllegalStateException if the client is closed
     */
    public <T> T call(ApiRequest request, ResultReader<T> reader) {
        RetryLoop loop = request.isAboutToken() ? shared.tokenLoop() : shared.callLoop();
        return run(loop, now -> request, reader);
    }

    /**
     * Sends a request that contains times, and reads its answer. The request is created again after the cloud has
     * corrected the clock.
     *
     * @param requestAt creates the request for the cloud's time
     * @param reader reads the answer
     * @param <T> what the reader returns
     * @return what the reader returned
     * @throws io.github.tuyacloud.exception.TuyaException if no usable answer came before the call timeout
     * @throws IllegalStateException if the client is closed
     */
    public <T> T call(Function<Instant, ApiRequest> requestAt, ResultReader<T> reader) {
        return run(shared.callLoop(), requestAt, reader);
    }

    private <T> T run(RetryLoop loop, Function<Instant, ApiRequest> requestAt, ResultReader<T> reader) {
        Deadline deadline = Deadline.in(callTimeout, shared.time().nanoTime());
        return loop.run(requestAt, shared.regions()::target, backoff, deadline, reader);
    }

    /**
     * Returns the time limit of a call.
     *
     * @return the call timeout
     */
    public Duration callTimeout() {
        return callTimeout;
    }

    /**
     * Returns the requests of the current month.
     *
     * @return the requests by endpoint
     */
    public Usage usage() {
        return shared.usageMeter().usage();
    }

    /**
     * Returns the time as the cloud sees it.
     *
     * @return the current time
     */
    public Instant now() {
        return shared.clock().now();
    }

    /**
     * Returns the known error of the local clock.
     *
     * @return the correction to add to the local time
     */
    public Duration clockOffset() {
        return shared.clock().offset();
    }

    /**
     * Returns the current region.
     *
     * @return the region
     */
    public Region region() {
        return shared.regions().region();
    }

    /**
     * Returns whether calls go to an endpoint instead of the region's own host.
     *
     * @return true if an endpoint was set
     */
    public boolean hasEndpoint() {
        return shared.regions().hasEndpoint();
    }

    /**
     * Changes the region. The token of the old region and the refusals of its plan are dropped.
     *
     * @param region the new region
     */
    public void setRegion(Region region) {
        shared.regions().setRegion(region);
        shared.admission().reset();
    }

    /** Ends running calls, including those of all views; later calls throw {@link IllegalStateException}. */
    @Override
    public void close() {
        if (shared.closed().compareAndSet(false, true)) {
            shared.time().sleeper().wakeAll();
            shared.inFlight().close();
            shared.transport().close();
        }
    }
}

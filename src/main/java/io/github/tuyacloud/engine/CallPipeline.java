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
 * The one way to the cloud: takes a request, and returns what is read from a successful answer or throws; safe for use by
 * multiple threads.
 *
 * <p>A view of a pipeline has a call timeout and a retry policy of its own and shares everything else.
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
     * @param maxCallsInFlight the maximum number of exchanges at a time
     * @param lang the {@code lang} header, or null
     * @param initialToken a token from an earlier run, or null
     * @param tokenStore where tokens are shared, or null
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
     * The sources of time and chance, which tests replace.
     *
     * @param nanoTime the monotonic clock of deadlines
     * @param sleeper waits
     * @param random numbers from 0 up to 1
     */
    public record TimeSource(LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {}

    /** What a pipeline and its views have in common. */
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
     * @param regions where calls go
     * @param signer signs them
     * @param transport carries them; closed with this pipeline
     * @param clock the cloud's time
     * @param usageMeter counts them
     * @param options how calls behave
     * @param time time and chance
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
     * Returns a view with another retry policy. It does not concern token calls, which are made for all views alike.
     *
     * @param policy how reads are retried
     * @return a view that shares everything else, closing included
     */
    public CallPipeline withRetries(RetryPolicy policy) {
        return new CallPipeline(
                shared, callTimeout, new Backoff(policy, shared.time().random()));
    }

    /**
     * Returns a pipeline for a check-up. It shares everything except access token and refused quotas: it fetches a token of
     * its own, neither obeys nor begins a cool-down of this pipeline, and retries nothing.
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
     * Sends a request that holds times, and reads its answer. The request is made again once the cloud has corrected the
     * clock.
     *
     * @param requestAt makes the request for the cloud's time
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
     * Returns the time limit of one call.
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
     * @return what has to be added to the local time
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
     * Changes the region. The token of the old region is dropped, and so are the refusals of its plan.
     *
     * @param region the new region
     */
    public void setRegion(Region region) {
        shared.regions().setRegion(region);
        shared.admission().reset();
    }

    /** Ends running calls, those of all views included; further ones throw {@link IllegalStateException}. */
    @Override
    public void close() {
        if (shared.closed().compareAndSet(false, true)) {
            shared.time().sleeper().wakeAll();
            shared.inFlight().close();
            shared.transport().close();
        }
    }
}

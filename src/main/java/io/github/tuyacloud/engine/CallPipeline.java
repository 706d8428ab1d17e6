package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the cloud: joins region resolver, request signer, token manager and transport into calls that either
 * bring a successful answer or throw; safe for use by many threads.
 */
public final class CallPipeline implements AutoCloseable {

    private final RegionResolver regions;
    private final OkHttpTransport transport;
    private final ServerClock clock;
    private final UsageMeter usageMeter;
    private final TokenManager tokens;
    private final RetryLoop loop;
    private final AdmissionControl limits;
    private final Duration callTimeout;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final RetryLoop.Credentials credentials = new PipelineCredentials();

    /**
     * How calls behave.
     *
     * @param callTimeout how long one call may take, all attempts, waits and a token call included
     * @param retryPolicy how reads are tried again
     * @param requestsPerSecond the most requests a second; infinite for no limit
     * @param lang the {@code lang} header, or null
     * @param initialToken a token from an earlier run, or null
     * @param tokenStore where tokens are shared, or null
     */
    public record CallOptions(
            Duration callTimeout,
            RetryPolicy retryPolicy,
            double requestsPerSecond,
            @Nullable String lang,
            @Nullable String initialToken,
            @Nullable TokenStore tokenStore) {}

    /**
     * What makes time and chance, so that tests can make them too.
     *
     * @param nanoTime the monotonic clock of deadlines
     * @param sleeper waits
     * @param random numbers from 0 up to 1
     */
    public record TimeSource(LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {}

    /**
     * Joins the parts. Nothing is sent yet.
     *
     * @param regions where calls go
     * @param signer signs them
     * @param transport carries them; closed with this pipeline
     * @param clock the cloud's time
     * @param usageMeter counts them
     * @param behavior how calls behave
     * @param chance time and chance
     */
    public CallPipeline(
            RegionResolver regions,
            RequestSigner signer,
            OkHttpTransport transport,
            ServerClock clock,
            UsageMeter usageMeter,
            CallOptions behavior,
            TimeSource chance) {
        this.regions = regions;
        this.transport = transport;
        this.clock = clock;
        this.usageMeter = usageMeter;
        this.callTimeout = behavior.callTimeout();
        this.nanoTime = chance.nanoTime();
        this.sleeper = chance.sleeper();
        this.limits = new AdmissionControl(
                new QuotaBreaker(nanoTime),
                new RateLimiter(behavior.requestsPerSecond(), nanoTime, sleeper),
                usageMeter);
        this.loop = new RetryLoop(
                new SignedExchange(signer, transport, clock, nanoTime, behavior.lang()),
                new FailureClassifier(new RetryAfter(clock), signer.redactor()),
                limits,
                new Backoff(behavior.retryPolicy(), chance.random()),
                clock,
                sleeper,
                nanoTime,
                closed::get);
        this.tokens = new TokenManager(new TokenFetch(loop, clock), behavior.tokenStore(), clock, signer.apiKey());
        if (behavior.initialToken() != null) {
            tokens.use(new AccessToken(behavior.initialToken(), Instant.MAX), regions.target());
        }
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
        return call(now -> request, reader);
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
        return loop.run(requestAt, credentials, Deadline.in(callTimeout, nanoTime), reader);
    }

    /** Says what the calls of the current month were. */
    public Usage usage() {
        return usageMeter.usage();
    }

    /**
     * Gives the time as the cloud sees it.
     *
     * @return now
     */
    public Instant now() {
        return clock.now();
    }

    /**
     * Says by how much the local clock is known to be off.
     *
     * @return the same until the cloud says otherwise
     */
    public Duration clockOffset() {
        return clock.offset();
    }

    /**
     * Gives the current region.
     *
     * @return the region
     */
    public Region region() {
        return regions.region();
    }

    /**
     * Changes the region. The token of the old one is dropped, and so is what its plan refused.
     *
     * @param region the new region
     */
    public void setRegion(Region region) {
        regions.setRegion(region);
        limits.coolDown().clear();
    }

    /** Ends running calls; further ones throw {@link IllegalStateException}. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sleeper.wakeAll();
            transport.close();
        }
    }

    private final class PipelineCredentials implements RetryLoop.Credentials {

        @Override
        public Target target() {
            return regions.target();
        }

        @Override
        public @Nullable AccessToken token(ApiRequest request, Target target, Deadline deadline) {
            return request.isAboutToken() ? null : tokens.get(target, deadline);
        }

        @Override
        public void reject(Target target, AccessToken token) {
            tokens.reject(target, token);
        }
    }
}

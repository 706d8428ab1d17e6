package io.github.tuyacloud;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.engine.AdmissionControl;
import io.github.tuyacloud.engine.Backoff;
import io.github.tuyacloud.engine.CallLoop;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.FailureClassifier;
import io.github.tuyacloud.engine.InFlightLimit;
import io.github.tuyacloud.engine.QuotaBreaker;
import io.github.tuyacloud.engine.RateLimiter;
import io.github.tuyacloud.engine.RegionResolver;
import io.github.tuyacloud.engine.RequestSigner;
import io.github.tuyacloud.engine.RetryAfter;
import io.github.tuyacloud.engine.RetryLoop;
import io.github.tuyacloud.engine.ServerClock;
import io.github.tuyacloud.engine.SignedExchange;
import io.github.tuyacloud.engine.Sleeper;
import io.github.tuyacloud.engine.TokenFetch;
import io.github.tuyacloud.engine.TokenLoop;
import io.github.tuyacloud.engine.TokenManager;
import io.github.tuyacloud.engine.UsageMeter;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.Descriptions;
import io.github.tuyacloud.operation.DeviceLister;
import io.github.tuyacloud.operation.DeviceLogs;
import io.github.tuyacloud.operation.FullMappings;
import io.github.tuyacloud.operation.LogService;
import io.github.tuyacloud.operation.Mappings;
import io.github.tuyacloud.operation.WorkerPool;
import io.github.tuyacloud.picture.Pictures;
import io.github.tuyacloud.socket.MessageHosts;
import io.github.tuyacloud.socket.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a client from its parts. The engine is created immediately; the other parts are created when they are first
 * used, because a program that only reads a status should not load them. A view has its own engine and operations, and
 * shares everything else with its client.
 */
final class Wiring {

    private static final Duration MESSAGE_PING_INTERVAL = Duration.ofSeconds(20);

    private final Plan plan;
    private final RetryLoop.Parts parts;
    private final InFlightLimit inFlight;
    private final CallPipeline pipeline;

    /** The wiring of the client that this is a view of; null if this is not a view. */
    private final @Nullable Wiring client;

    private @Nullable Operations operations;
    private @Nullable Live live;
    private boolean closed;

    /**
     * The resolved settings of a client.
     *
     * @param config key, secret, region and device ids
     * @param endpoint the base URL to call instead of the region's host, or null
     * @param newSignAlgorithm false for the old algorithm
     * @param initialToken a token from an earlier run, or null
     * @param tokenStore the store that shares tokens, or null
     * @param lang the {@code lang} header, or null
     * @param callTimeout the time for one call
     * @param retryPolicy how reads are retried
     * @param maxConcurrency the maximum number of concurrent requests that the library issues on its own
     * @param maxCallsInFlight the maximum number of calls in flight
     * @param maxListSize the maximum number of devices, scenes or log entries in a list
     * @param requestsPerSecond the maximum rate; infinite for no limit
     * @param monthlyBudget the maximum number of requests a month
     * @param transport carries requests
     * @param clock the local clock
     * @param nanoTime the monotonic clock
     * @param sleeper waits
     * @param random numbers from 0 inclusive to 1 exclusive
     * @param maxSilence the time without a sign of life from the message service after which messages may have been
     *     lost; null for the default
     */
    record Plan(
            ConfigResolver.Resolved config,
            @Nullable String endpoint,
            boolean newSignAlgorithm,
            @Nullable String initialToken,
            @Nullable TokenStore tokenStore,
            @Nullable String lang,
            Duration callTimeout,
            RetryPolicy retryPolicy,
            int maxConcurrency,
            int maxCallsInFlight,
            int maxListSize,
            double requestsPerSecond,
            long monthlyBudget,
            OkHttpTransport transport,
            Clock clock,
            LongSupplier nanoTime,
            Sleeper sleeper,
            DoubleSupplier random,
            @Nullable Duration maxSilence) {

        /** Returns the plan without secrets. */
        @Override
        public String toString() {
            return "Plan[" + config + "]";
        }
    }

    /**
     * The operations that take several calls.
     *
     * @param workers the threads for concurrent requests; shared with the client
     * @param descriptions specifications and thing models
     * @param mappings the DP mappings; those already known are shared with the client
     * @param lister device lists; the owners of devices are shared with the client
     * @param logService remembers which log call works; shared with the client
     * @param logs device logs
     */
    record Operations(
            WorkerPool workers,
            Descriptions descriptions,
            Mappings mappings,
            DeviceLister lister,
            LogService logService,
            DeviceLogs logs) {}

    /**
     * The parts that depend on live messages; a view uses those of its client.
     *
     * @param subscriptions the subscriptions to the message service
     * @param pictures the living pictures
     */
    record Live(Subscriptions subscriptions, Pictures pictures) {}

    /** Assembles a client. Nothing is sent yet. */
    Wiring(Plan plan) {
        this.plan = plan;
        this.client = null;
        this.parts = partsOf(plan);
        this.inFlight = new InFlightLimit(plan.maxCallsInFlight());
        Backoff backoff = new Backoff(plan.retryPolicy(), plan.random());
        TokenLoop tokenLoop = new TokenLoop(parts);
        TokenManager tokens = tokensOf(tokenLoop, backoff, plan.tokenStore());
        if (plan.initialToken() != null) {
            tokens.use(
                    new AccessToken(plan.initialToken(), Instant.MAX),
                    parts.regions().target());
        }
        CallLoop callLoop = new CallLoop(parts, tokens, inFlight);
        this.pipeline = new CallPipeline(parts, tokenLoop, callLoop, plan.callTimeout(), backoff);
    }

    private Wiring(Wiring client, CallPipeline view) {
        this.plan = client.plan;
        this.client = client;
        this.parts = client.parts;
        this.inFlight = client.inFlight;
        this.pipeline = view;
    }

    private static RetryLoop.Parts partsOf(Plan plan) {
        RegionResolver regions = new RegionResolver(plan.config().region(), plan.endpoint());
        RequestSigner signer =
                new RequestSigner(plan.config().apiKey(), plan.config().apiSecret(), plan.newSignAlgorithm());
        ServerClock clock = new ServerClock(plan.clock(), plan.transport().userCode());
        AdmissionControl admission = new AdmissionControl(
                new QuotaBreaker(plan.nanoTime()),
                new RateLimiter(plan.requestsPerSecond(), plan.nanoTime(), plan.sleeper()),
                new UsageMeter(clock, plan.monthlyBudget()));
        return new RetryLoop.Parts(
                regions,
                new SignedExchange(signer, plan.transport(), clock, plan.nanoTime(), plan.lang()),
                new FailureClassifier(new RetryAfter(clock), signer.redactor()),
                admission,
                clock,
                plan.nanoTime(),
                plan.sleeper(),
                new AtomicBoolean(),
                plan.transport().userCode());
    }

    private TokenManager tokensOf(TokenLoop loop, Backoff backoff, @Nullable TokenStore store) {
        TokenFetch fetch = new TokenFetch(loop, backoff, parts.clock());
        return new TokenManager(fetch, store, parts.clock(), plan.config().apiKey());
    }

    /** Returns the wiring of a view, whose calls have other options. */
    Wiring withPipeline(CallPipeline view) {
        return new Wiring(client == null ? this : client, view);
    }

    CallPipeline pipeline() {
        return pipeline;
    }

    /**
     * Returns a pipeline for a check-up, which shares everything except the access token and the cool-down: it fetches
     * its own token, neither honors nor starts this client's cool-down, and never retries.
     */
    CallPipeline forCheckUp() {
        RetryLoop.Parts ownBreaker = parts.with(parts.admission().withOwnBreaker(new QuotaBreaker(plan.nanoTime())));
        Backoff once = new Backoff(RetryPolicy.none(), plan.random());
        TokenLoop tokenLoop = new TokenLoop(ownBreaker);
        CallLoop callLoop = new CallLoop(ownBreaker, tokensOf(tokenLoop, once, null), inFlight);
        return new CallPipeline(ownBreaker, tokenLoop, callLoop, pipeline.callTimeout(), once);
    }

    List<String> apiDeviceIds() {
        return plan.config().apiDeviceIds();
    }

    /** Returns the operations that take several calls. */
    synchronized Operations operations() {
        if (operations == null) {
            operations = client == null ? newOperations() : viewOf(client.operations());
        }
        return operations;
    }

    private Operations newOperations() {
        WorkerPool workers = new WorkerPool(plan.maxConcurrency());
        if (closed) {
            workers.close();
        }
        Descriptions descriptions = new Descriptions(pipeline);
        Mappings mappings = new Mappings(pipeline, descriptions, workers);
        LogService logService = new LogService(pipeline::region);
        return new Operations(
                workers,
                descriptions,
                mappings,
                new DeviceLister(pipeline, workers, mappings, apiDeviceIds(), plan.maxListSize()),
                logService,
                new DeviceLogs(pipeline, workers, logService, plan.maxListSize()));
    }

    private Operations viewOf(Operations shared) {
        Descriptions descriptions = new Descriptions(pipeline);
        Mappings mappings = shared.mappings().withPipeline(pipeline, descriptions);
        return new Operations(
                shared.workers(),
                descriptions,
                mappings,
                shared.lister().withPipeline(pipeline, mappings),
                shared.logService(),
                new DeviceLogs(pipeline, shared.workers(), shared.logService(), plan.maxListSize()));
    }

    Homes homes() {
        return new Homes(pipeline, plan.maxListSize());
    }

    /** Returns the parts that depend on live messages. */
    Live live() {
        return client == null ? ownLive() : client.ownLive();
    }

    private synchronized Live ownLive() {
        if (live == null) {
            Subscriptions subscriptions = new Subscriptions(
                    plan.config().apiKey(),
                    plan.config().apiSecret(),
                    () -> MessageHosts.of(pipeline.region(), pipeline.endpoint()),
                    plan.transport(),
                    new Subscriptions.TimeSource(
                            plan.nanoTime(), plan.clock(), plan.sleeper(), plan.random(), MESSAGE_PING_INTERVAL));
            Pictures pictures = new Pictures(new Pictures.Tools(
                    pipeline,
                    operations().workers(),
                    operations().mappings(),
                    apiDeviceIds(),
                    subscriptions::start,
                    plan.clock(),
                    plan.nanoTime(),
                    plan.monthlyBudget(),
                    plan.maxListSize(),
                    plan.maxSilence() == null ? Pictures.MAX_SILENCE : plan.maxSilence()));
            live = new Live(subscriptions, pictures);
            if (closed) {
                close(live);
            }
        }
        return live;
    }

    Things things() {
        Operations shared = operations();
        return new Things(pipeline, shared.descriptions(), new FullMappings(shared.descriptions(), shared.workers()));
    }

    Devices devices() {
        return new Devices(pipeline, new BatchStatus(pipeline, operations().workers()));
    }

    /**
     * Ends everything that is running and closes what the client has created; anything created later is closed
     * immediately.
     */
    void close() {
        Live started;
        Operations used;
        synchronized (this) {
            closed = true;
            started = live;
            used = operations;
        }
        if (started != null) {
            close(started);
        }
        if (parts.closed().compareAndSet(false, true)) {
            plan.sleeper().wakeAll();
            inFlight.close();
            plan.transport().close();
        }
        if (used != null) {
            used.workers().close();
        }
    }

    private static void close(Live live) {
        live.pictures().close();
        live.subscriptions().close();
    }
}

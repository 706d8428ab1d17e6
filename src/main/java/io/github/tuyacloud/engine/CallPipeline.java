package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends all calls to the cloud: takes a request, and returns the result of a successful response or throws; safe for
 * use by multiple threads.
 *
 * <p>A view of a pipeline has its own call timeout and retry policy, and shares everything else.
 */
public final class CallPipeline {

    private final RetryLoop.Parts parts;
    private final TokenLoop tokenLoop;
    private final CallLoop callLoop;
    private final Duration callTimeout;
    private final Backoff backoff;

    /**
     * Creates a pipeline from its parts. Nothing is sent yet.
     *
     * @param parts the parts shared by both loops
     * @param tokenLoop runs calls without an access token
     * @param callLoop runs all other calls
     * @param callTimeout the time limit of a call, including all attempts, waits and a token call
     * @param backoff the wait before retries
     */
    public CallPipeline(
            RetryLoop.Parts parts, TokenLoop tokenLoop, CallLoop callLoop, Duration callTimeout, Backoff backoff) {
        this.parts = parts;
        this.tokenLoop = tokenLoop;
        this.callLoop = callLoop;
        this.callTimeout = callTimeout;
        this.backoff = backoff;
    }

    /** Returns a view with another call timeout. */
    public CallPipeline withCallTimeout(Duration timeout) {
        return new CallPipeline(parts, tokenLoop, callLoop, timeout, backoff);
    }

    /** Returns a view with another retry policy. It does not apply to token calls, which all views share. */
    public CallPipeline withRetries(RetryPolicy policy) {
        return new CallPipeline(parts, tokenLoop, callLoop, callTimeout, backoff.with(policy));
    }

    /**
     * Sends a request and reads its response.
     *
     * @param request the request
     * @param reader reads the response
     * @param <T> the type of the result
     * @return the result
     * @throws io.github.tuyacloud.exception.TuyaException if no usable response arrived within the call timeout
     * @throws IllegalStateException if the client is closed
     */
    public <T> T call(ApiRequest request, ResultReader<T> reader) {
        RetryLoop loop = request.isAboutToken() ? tokenLoop : callLoop;
        return loop.run(new RetryLoop.Run<>(parts, request, null, parts.regions(), backoff, deadline(), reader));
    }

    /** Like {@link #call(ApiRequest, ResultReader)}, but with the deadline of a longer operation. */
    public <T> T call(ApiRequest request, ResultReader<T> reader, Deadline deadline) {
        RetryLoop loop = request.isAboutToken() ? tokenLoop : callLoop;
        return loop.run(new RetryLoop.Run<>(parts, request, null, parts.regions(), backoff, deadline, reader));
    }

    /**
     * Sends a request that contains times, and reads its response. The request is recreated after the clock has been
     * corrected.
     *
     * @param requestAt creates the request for the cloud's current time
     * @param reader reads the response
     * @param <T> the type of the result
     * @return the result
     * @throws io.github.tuyacloud.exception.TuyaException if no usable response arrived within the call timeout
     * @throws IllegalStateException if the client is closed
     */
    public <T> T call(Function<Instant, ApiRequest> requestAt, ResultReader<T> reader) {
        ApiRequest first = requestAt.apply(now());
        return callLoop.run(new RetryLoop.Run<>(parts, first, requestAt, parts.regions(), backoff, deadline(), reader));
    }

    /** Returns the deadline of a call that starts now. */
    public Deadline deadline() {
        return Deadline.in(callTimeout, parts.nanoTime(), parts.closed());
    }

    /**
     * Checks that the client is not called by code that it is running itself, such as a token store or an interceptor.
     *
     * @param operation the call
     * @throws IllegalStateException if it is; such a call could wait for itself
     */
    public void checkNotReentrant(String operation) {
        parts.checkNotReentrant(operation);
    }

    /** Returns the retry policy. */
    public RetryPolicy retryPolicy() {
        return backoff.policy();
    }

    /** Returns the time limit of a call. */
    public Duration callTimeout() {
        return callTimeout;
    }

    /** Returns the requests of the current month, by endpoint. */
    public Usage usage() {
        return parts.admission().usage();
    }

    /** Returns the cloud's current time. */
    public Instant now() {
        return parts.clock().now();
    }

    /** Returns the known error of the local clock: the duration to add to the local time. */
    public Duration clockOffset() {
        return parts.clock().offset();
    }

    /** Returns the current region. */
    public Region region() {
        return parts.regions().region();
    }

    /** Returns the base URL that calls go to instead of the region's host, or null. */
    public @Nullable String endpoint() {
        return parts.regions().endpoint();
    }

    /** Changes the region. The token of the old region and the refusals of its plan are discarded. */
    public void setRegion(Region region) {
        parts.regions().setRegion(region);
        parts.admission().reset();
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.ReentrantCallException;
import io.github.tuyacloud.http.SendException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attempts of a call before one deadline, until one succeeds or there is no recovery: corrects the clock at
 * most once, and retries as the policy allows. Subclasses define the steps of an attempt: {@link TokenLoop} for calls
 * without an access token, {@link CallLoop} for all others.
 */
public abstract class RetryLoop {

    private final Parts parts;

    /**
     * The parts shared by both loops.
     *
     * @param regions the target of calls
     * @param exchange signs and sends one request
     * @param failures classifies failed attempts
     * @param admission delays or rejects requests
     * @param clock the cloud's time
     * @param nanoTime the monotonic clock
     * @param sleeper waits before retries
     * @param closed whether the client is closed
     * @param userCode the program's own code that the client is running on the current thread, such as an interceptor;
     *     it must not call the client
     */
    public record Parts(
            RegionResolver regions,
            SignedExchange exchange,
            FailureClassifier failures,
            AdmissionControl admission,
            ServerClock clock,
            LongSupplier nanoTime,
            Sleeper sleeper,
            AtomicBoolean closed,
            ThreadLocal<@Nullable String> userCode) {

        /**
         * Throws if the client is called by code that it is running on this thread, because such a call could wait for
         * itself.
         */
        void checkNotReentrant(String operation) {
            String caller = userCode.get();
            if (caller != null) {
                throw ReentrantCallException.of(caller, operation);
            }
        }

        /** Returns the same parts with another admission control. */
        public Parts with(AdmissionControl other) {
            return new Parts(regions, exchange, failures, other, clock, nanoTime, sleeper, closed, userCode);
        }
    }

    RetryLoop(Parts parts) {
        this.parts = parts;
    }

    /** Runs one attempt. Returns the failure, or null on success. */
    abstract @Nullable Failure attempt(Run<?> run) throws InterruptedException;

    final Parts parts() {
        return parts;
    }

    final AdmissionControl admission() {
        return parts.admission();
    }

    /** Runs a call. Returns its result, or throws. */
    final <T> T run(Run<T> run) {
        parts.checkNotReentrant(run.request().operation());
        while (true) {
            @Nullable Failure failure;
            try {
                run.begin();
                failure = attempt(run);
                if (failure == null) {
                    return run.result();
                }
            } catch (InterruptedException e) {
                throw run.interrupted(Sent.NO, e);
            } catch (TuyaException e) {
                throw run.withEarlier(e);
            }
            run.recoverOrThrow(failure);
        }
    }

    /**
     * The state of one call.
     *
     * @param <T> the return type of the call
     */
    static final class Run<T> {

        private final Parts parts;
        private final @Nullable Function<Instant, ApiRequest> requestAt;
        private final RegionResolver regions;
        private final Backoff backoff;
        private final Deadline deadline;
        private final ResultReader<T> reader;
        private final List<TuyaException> earlier = new ArrayList<>();
        private ApiRequest request;
        private Target target;
        private @Nullable AccessToken token;
        private Duration clockOffset;
        private @Nullable Envelope success;
        private @Nullable ExchangeResult refusal;
        private int attempts;
        private int retries;
        private int tokenRenewals;
        private int maxTokenRenewals = 1;
        private boolean clockSet;

        /**
         * Creates the state of a call.
         *
         * @param parts the parts of the loop
         * @param request the request
         * @param requestAt recreates the request after the clock has been corrected; null if it contains no times
         * @param regions determines the target of each attempt
         * @param backoff determines the retries
         * @param deadline the deadline
         * @param reader reads the response
         */
        Run(
                Parts parts,
                ApiRequest request,
                @Nullable Function<Instant, ApiRequest> requestAt,
                RegionResolver regions,
                Backoff backoff,
                Deadline deadline,
                ResultReader<T> reader) {
            this.parts = parts;
            this.requestAt = requestAt;
            this.request = request;
            this.regions = regions;
            this.target = regions.target();
            this.backoff = backoff;
            this.deadline = deadline;
            this.reader = reader;
            this.clockOffset = parts.clock().offset();
        }

        ApiRequest request() {
            return request;
        }

        Target target() {
            return target;
        }

        int attempts() {
            return attempts;
        }

        Deadline deadline() {
            return deadline;
        }

        /**
         * Counts, signs and sends the request. Returns the failure, or null on success. A request that was definitely
         * not sent is not counted.
         */
        @Nullable
        Failure send(@Nullable AccessToken withToken) {
            checkAlive(null);
            checkRefusal();
            followClock();
            token = withToken;
            UsageMeter.Counts reservation = parts.admission().reserve(request, target);
            attempts++;
            boolean arrived = true;
            ExchangeResult response = null;
            long start = parts.nanoTime().getAsLong();
            try {
                response = parts.exchange().send(request, target, token, attempts, deadline);
                if (response.isSuccessful() && response.envelope() != null) {
                    success = response.envelope().after(attempts);
                    return null;
                }
                Failure failure = parts.failures().ofResponse(request, attempts, response, token);
                parts.admission().learn(request, target, failure);
                refusal = response;
                return failure;
            } catch (SendException e) {
                arrived = e.counts();
                if (e.error() == null) {
                    checkAlive(e);
                }
                Duration elapsed = Duration.ofNanos(parts.nanoTime().getAsLong() - start);
                Failure failure = parts.failures().ofNoResponse(request, attempts, e, elapsed);
                throwError(e, failure);
                return failure;
            } catch (Exception e) {
                arrived =
                        response != null; // if null, thrown before the request was sent, for example by an interceptor
                throw e;
            } finally {
                parts.admission().settle(reservation, request, arrived, success != null);
            }
        }

        /**
         * Throws the error that kept a request from getting a response, if any. For a write, it contains the failure.
         */
        private void throwError(SendException e, Failure failure) {
            if (e.error() != null) {
                if (request.method().writes() && e.reached()) {
                    e.error().addSuppressed(withEarlier(failure.exception()));
                }
                throw e.error();
            }
        }

        /**
         * Throws if a write was refused by a response that may belong to an earlier request, because another one followed
         * it: the write may have been carried out, and must not be repeated.
         */
        private void checkRefusal() {
            if (refusal != null && request.method().writes() && refusal.isFollowed()) {
                throw withEarlier(parts.failures().ofSurplus(request, attempts, refusal.status()));
            }
            refusal = null;
        }

        /** Throws if the client is closed or the thread is interrupted. */
        void checkAlive() {
            checkAlive(null);
        }

        boolean hasRenewedToken() {
            return tokenRenewals > 0;
        }

        /** Allows one more renewal of the token, because another process replaced the rejected token. */
        void allowAnotherToken() {
            maxTokenRenewals = 2;
        }

        private void begin() {
            checkAlive(null);
            target = regions.target();
        }

        private void recoverOrThrow(Failure failure) {
            boolean ends = !recover(failure);
            earlier.add(failure.exception());
            if (ends) {
                checkRefusal();
                throw withEarlier(failure.exception());
            }
        }

        private T result() {
            Envelope response = Objects.requireNonNull(success);
            try {
                return Objects.requireNonNull(reader.read(response));
            } catch (IllegalArgumentException e) {
                throw parts.failures().ofResult(request, response, String.valueOf(e.getMessage()));
            }
        }

        private void followClock() {
            if (!parts.clock().offset().equals(clockOffset)) {
                clockOffset = parts.clock().offset();
                request = requestAt == null
                        ? request
                        : requestAt.apply(parts.clock().now());
            }
        }

        /** Recovers from a failure. Returns false if that is impossible. */
        private boolean recover(Failure failure) {
            return switch (failure.recovery()) {
                case NONE, DROP_TOKEN -> false;
                case RENEW_TOKEN -> renewToken();
                case SYNC_CLOCK -> setClock(failure);
                case RETRY -> waitForRetry(failure);
                case RETRY_IF_IDEMPOTENT -> !request.method().writes() && waitForRetry(failure);
            };
        }

        /** Allows another attempt: the rejected token was dropped, so that attempt gets a new one. */
        private boolean renewToken() {
            return token != null && ++tokenRenewals <= maxTokenRenewals;
        }

        private boolean setClock(Failure failure) {
            if (clockSet || failure.serverTime() == null) {
                return false;
            }
            clockSet = true;
            parts.clock().learn(failure.serverTime());
            return true;
        }

        private boolean waitForRetry(Failure failure) {
            if (retries >= backoff.maxRetries()) {
                return false;
            }
            retries++;
            Duration wait = failure.retryAfter() != null ? failure.retryAfter() : backoff.before(retries);
            if (!deadline.allows(wait)) {
                return false;
            }
            try {
                parts.sleeper().sleep(wait);
                return true;
            } catch (InterruptedException e) {
                Sent sent = failure.exception() instanceof TuyaTransportException t ? t.sent() : Sent.NO;
                earlier.add(failure.exception());
                throw interrupted(sent, e);
            }
        }

        /** Throws if the client is closed or the thread is interrupted; both end a call immediately. */
        private void checkAlive(@Nullable SendException e) {
            boolean closed = parts.closed().get();
            if (closed || Thread.currentThread().isInterrupted()) {
                Sent sent = e == null || !e.reached() ? Sent.NO : Sent.MAYBE;
                Throwable cause = e == null ? null : e.getCause();
                throw closed ? closed(sent, cause) : interrupted(sent, cause);
            }
        }

        private RuntimeException closed(Sent sent, @Nullable Throwable cause) {
            boolean begun = attempts > 0 && request.method().writes();
            return begun ? withEarlier(parts.failures().ofClose(request, attempts, sent, cause)) : Closed.client();
        }

        private TuyaException interrupted(Sent sent, @Nullable Throwable cause) {
            Thread.currentThread().interrupt();
            if (parts.closed().get()) {
                throw closed(sent, cause);
            }
            CallFailure facts = CallFailure.builder(request.operation())
                    .attempts(attempts)
                    .retryable(true)
                    .build();
            return withEarlier(new TuyaInterruptedException(facts, "the thread was interrupted", sent, cause));
        }

        private TuyaException withEarlier(TuyaException last) {
            earlier.stream().filter(failure -> failure != last).forEach(last::addSuppressed);
            earlier.clear();
            return last;
        }
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.SendException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts until one succeeds or nothing more can be done, all before one deadline: a corrected clock once, and
 * retries as the policy allows. The steps of an attempt are defined by the subclasses: {@link TokenLoop} for calls
 * without an access token, {@link CallLoop} for all others.
 */
abstract class RetryLoop {

    private final Parts parts;

    /**
     * The parts that both loops share.
     *
     * @param exchange signs and sends one request
     * @param failures classifies failed attempts
     * @param admission holds requests back
     * @param clock the cloud's time
     * @param nanoTime the monotonic clock
     * @param sleeper waits before retries
     * @param closed whether the client is closed
     */
    record Parts(
            SignedExchange exchange,
            FailureClassifier failures,
            AdmissionControl admission,
            ServerClock clock,
            LongSupplier nanoTime,
            Sleeper sleeper,
            BooleanSupplier closed) {}

    RetryLoop(Parts parts) {
        this.parts = parts;
    }

    /** Runs one attempt: prepares and sends one request; returns the failure, or null on success. */
    abstract @Nullable Failure attempt(Run<?> run) throws InterruptedException;

    final AdmissionControl admission() {
        return parts.admission();
    }

    /** Runs a call; the request is created again after the clock has been corrected. */
    final <T> T run(
            Function<Instant, ApiRequest> requestAt,
            Supplier<Target> targets,
            Backoff backoff,
            Deadline deadline,
            ResultReader<T> reader) {
        return new Run<>(parts, requestAt, targets, backoff, deadline, reader).untilDone(this);
    }

    /**
     * The state of one call.
     *
     * @param <T> the return type of the call
     */
    static final class Run<T> {

        private final Parts parts;
        private final Function<Instant, ApiRequest> requestAt;
        private final Supplier<Target> targets;
        private final Backoff backoff;
        private final Deadline deadline;
        private final ResultReader<T> reader;
        private final List<TuyaException> earlier = new ArrayList<>();
        private ApiRequest request;
        private Target target;
        private @Nullable AccessToken token;
        private Duration clockOffset;
        private @Nullable Envelope success;
        private int attempts;
        private int retries;
        private boolean tokenRenewed;
        private boolean clockSet;

        private Run(
                Parts parts,
                Function<Instant, ApiRequest> requestAt,
                Supplier<Target> targets,
                Backoff backoff,
                Deadline deadline,
                ResultReader<T> reader) {
            this.parts = parts;
            this.requestAt = requestAt;
            this.targets = targets;
            this.target = targets.get();
            this.backoff = backoff;
            this.deadline = deadline;
            this.reader = reader;
            this.clockOffset = parts.clock().offset();
            this.request = requestAt.apply(parts.clock().now());
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

        /** Signs and sends the request, the last step of an attempt; returns the failure, or null. */
        @Nullable
        Failure send(@Nullable AccessToken withToken) {
            checkAlive(null);
            followClock();
            token = withToken;
            attempts++;
            long start = parts.nanoTime().getAsLong();
            try {
                Answer answer = parts.exchange().send(request, target, token, attempts, deadline);
                if (answer.isSuccessful() && answer.envelope() != null) {
                    success = answer.envelope().after(attempts);
                    return null;
                }
                Failure failure = parts.failures().ofAnswer(request, attempts, answer, token);
                parts.admission().learn(request, target, failure);
                return failure;
            } catch (SendException e) {
                checkAlive(e);
                Duration elapsed = Duration.ofNanos(parts.nanoTime().getAsLong() - start);
                return parts.failures().ofNoAnswer(request, attempts, e, elapsed);
            }
        }

        /** Throws if the client is closed or the thread is interrupted. */
        void checkAlive() {
            checkAlive(null);
        }

        private T untilDone(RetryLoop loop) {
            while (true) {
                @Nullable Failure failure;
                try {
                    checkAlive(null);
                    target = targets.get();
                    failure = loop.attempt(this);
                    if (failure == null) {
                        return read(Objects.requireNonNull(success));
                    }
                } catch (InterruptedException e) {
                    throw interrupted(Sent.NO, e);
                } catch (TuyaException e) {
                    throw withEarlier(e);
                }
                if (!recover(failure)) {
                    throw withEarlier(failure.exception());
                }
                earlier.add(failure.exception());
            }
        }

        private T read(Envelope answer) {
            try {
                return Objects.requireNonNull(reader.read(answer));
            } catch (IllegalArgumentException e) {
                throw parts.failures().ofResult(request, answer, String.valueOf(e.getMessage()));
            }
        }

        private void followClock() {
            if (!parts.clock().offset().equals(clockOffset)) {
                clockOffset = parts.clock().offset();
                request = requestAt.apply(parts.clock().now());
            }
        }

        /** Recovers from a failure; returns false if that is impossible. */
        private boolean recover(Failure failure) {
            return switch (failure.recovery()) {
                case NONE -> false;
                case RENEW_TOKEN -> renewToken();
                case SYNC_CLOCK -> setClock(failure);
                case RETRY -> waitForRetry(failure);
                case RETRY_IF_IDEMPOTENT -> !request.method().writes() && waitForRetry(failure);
            };
        }

        /** The attempt has dropped the rejected token; the next one gets another. */
        private boolean renewToken() {
            boolean first = token != null && !tokenRenewed;
            tokenRenewed = true;
            return first;
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

        /** Throws if the client is closed or the thread is interrupted, because both end a call at once. */
        private void checkAlive(@Nullable SendException e) {
            if (parts.closed().getAsBoolean()) {
                throw closed();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e == null || !e.reached() ? Sent.NO : Sent.MAYBE, e == null ? null : e.getCause());
            }
        }

        private TuyaException interrupted(Sent sent, @Nullable Throwable cause) {
            Thread.currentThread().interrupt();
            if (parts.closed().getAsBoolean()) {
                throw closed();
            }
            CallFailure facts = CallFailure.builder(request.operation())
                    .attempts(attempts)
                    .retryable(true)
                    .build();
            return withEarlier(new TuyaInterruptedException(facts, "the thread was interrupted", sent, cause));
        }

        private static IllegalStateException closed() {
            return new IllegalStateException("This TuyaCloud is closed");
        }

        private TuyaException withEarlier(TuyaException last) {
            earlier.stream().filter(failure -> failure != last).forEach(last::addSuppressed);
            earlier.clear();
            return last;
        }
    }
}

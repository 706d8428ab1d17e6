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
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts until one works or nothing more can be done: a fresh token once, a right clock once, and retries as the
 * policy allows, all before one deadline.
 */
final class RetryLoop {

    private final SignedExchange exchange;
    private final FailureClassifier failures;
    private final AdmissionControl limits;
    private final Backoff backoff;
    private final ServerClock clock;
    private final Sleeper sleeper;
    private final LongSupplier nanoTime;
    private final BooleanSupplier closed;

    RetryLoop(
            SignedExchange exchange,
            FailureClassifier failures,
            AdmissionControl limits,
            Backoff backoff,
            ServerClock clock,
            Sleeper sleeper,
            LongSupplier nanoTime,
            BooleanSupplier closed) {
        this.exchange = exchange;
        this.failures = failures;
        this.limits = limits;
        this.backoff = backoff;
        this.clock = clock;
        this.sleeper = sleeper;
        this.nanoTime = nanoTime;
        this.closed = closed;
    }

    /** Where the loop takes target and token from, attempt by attempt. */
    interface Credentials {

        Target target();

        /** The access token for a target, fetched if need be; null for the token call itself. */
        @Nullable
        AccessToken token(ApiRequest request, Target target, Deadline deadline);

        /** Takes note that the cloud no longer takes a token. */
        void reject(Target target, AccessToken token);
    }

    /** Runs a call; the request is made again when the clock has been corrected. */
    <T> T run(
            Function<Instant, ApiRequest> requestAt,
            Credentials credentials,
            Deadline deadline,
            ResultReader<T> reader) {
        return new Run<>(requestAt, credentials, deadline, reader).untilDone();
    }

    /** One call's way through the loop. */
    private final class Run<T> {

        private final Function<Instant, ApiRequest> requestAt;
        private final Credentials credentials;
        private final Deadline deadline;
        private final ResultReader<T> reader;
        private final List<TuyaException> earlier = new ArrayList<>();
        private ApiRequest request;
        private Duration clockOffset;
        private int attempts;
        private int retries;
        private boolean tokenRenewed;
        private boolean clockSet;

        Run(
                Function<Instant, ApiRequest> requestAt,
                Credentials credentials,
                Deadline deadline,
                ResultReader<T> reader) {
            this.requestAt = requestAt;
            this.credentials = credentials;
            this.deadline = deadline;
            this.reader = reader;
            this.clockOffset = clock.offset();
            this.request = requestAt.apply(clock.now());
        }

        T untilDone() {
            while (true) {
                Target target = credentials.target();
                checkAlive(null);
                AccessToken token = tokenFor(target);
                followClock();
                Failure failed;
                long start = nanoTime.getAsLong();
                try {
                    limits.admit(request, target, deadline);
                    checkAlive(null);
                    attempts++;
                    start = nanoTime.getAsLong();
                    Answer answer = exchange.send(request, target, token, attempts, deadline);
                    if (answer.isSuccessful() && answer.envelope() != null) {
                        return read(answer.envelope().after(attempts));
                    }
                    failed = failures.ofAnswer(request, attempts, answer, token);
                    limits.coolDown().learn(request, target, failed);
                } catch (SendException e) {
                    checkAlive(e);
                    failed = failures.ofNoAnswer(request, attempts, e, Duration.ofNanos(nanoTime.getAsLong() - start));
                } catch (InterruptedException e) {
                    throw interrupted(Sent.NO, e);
                } catch (TuyaException e) {
                    throw withEarlier(e);
                }
                if (!remedy(failed, target, token)) {
                    throw withEarlier(failed.exception());
                }
                earlier.add(failed.exception());
            }
        }

        private T read(Envelope answer) {
            try {
                return Objects.requireNonNull(reader.read(answer));
            } catch (IllegalArgumentException e) {
                throw withEarlier(failures.ofResult(request, answer, String.valueOf(e.getMessage())));
            }
        }

        private void followClock() {
            if (!clock.offset().equals(clockOffset)) {
                clockOffset = clock.offset();
                request = requestAt.apply(clock.now());
            }
        }

        private @Nullable AccessToken tokenFor(Target target) {
            try {
                return credentials.token(request, target, deadline);
            } catch (TuyaTransportException e) {
                throw withEarlier(request.method().writes() && e.sent() != Sent.NO ? surelyNotSent(e) : e);
            } catch (TuyaException e) {
                throw withEarlier(e);
            }
        }

        /** The token call may have reached the cloud; the command that waits for the token did not. */
        private TuyaException surelyNotSent(TuyaTransportException tokenFailure) {
            CallFailure failure = CallFailure.builder(request.operation())
                    .httpStatus(tokenFailure.httpStatus())
                    .attempts(tokenFailure.attempts())
                    .retryable(tokenFailure.retryable())
                    .build();
            String reason = "not sent: no access token, " + tokenFailure.getMessage();
            return tokenFailure instanceof TuyaInterruptedException
                    ? new TuyaInterruptedException(failure, reason, Sent.NO, tokenFailure)
                    : new TuyaTransportException(failure, reason, Sent.NO, tokenFailure);
        }

        /** Does what can be done about a failure; false when that is nothing. */
        private boolean remedy(Failure failed, Target target, @Nullable AccessToken token) {
            return switch (failed.recovery()) {
                case NONE -> false;
                case RENEW_TOKEN -> renewToken(target, token);
                case SYNC_CLOCK -> setClock(failed);
                case RETRY -> waitForRetry(failed);
                case RETRY_IF_IDEMPOTENT -> !request.method().writes() && waitForRetry(failed);
            };
        }

        private boolean renewToken(Target target, @Nullable AccessToken token) {
            if (token == null) {
                return false;
            }
            credentials.reject(target, token);
            boolean first = !tokenRenewed;
            tokenRenewed = true;
            return first;
        }

        private boolean setClock(Failure failed) {
            if (clockSet || failed.serverTime() == null) {
                return false;
            }
            clockSet = true;
            clock.learn(failed.serverTime());
            return true;
        }

        private boolean waitForRetry(Failure failed) {
            if (retries >= backoff.maxRetries()) {
                return false;
            }
            retries++;
            Duration wait = failed.retryAfter() != null ? failed.retryAfter() : backoff.before(retries);
            if (!deadline.allows(wait)) {
                return false;
            }
            try {
                sleeper.sleep(wait);
                return true;
            } catch (InterruptedException e) {
                Sent sent = failed.exception() instanceof TuyaTransportException t ? t.sent() : Sent.NO;
                earlier.add(failed.exception());
                throw interrupted(sent, e);
            }
        }

        /** Says so when the client is closed or the thread interrupted: both end the call at once. */
        private void checkAlive(@Nullable SendException e) {
            if (closed.getAsBoolean()) {
                throw closed();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e == null || !e.reached() ? Sent.NO : Sent.MAYBE, e == null ? null : e.getCause());
            }
        }

        private TuyaException interrupted(Sent sent, @Nullable Throwable cause) {
            Thread.currentThread().interrupt();
            if (closed.getAsBoolean()) {
                throw closed();
            }
            CallFailure failure = CallFailure.builder(request.operation())
                    .attempts(attempts)
                    .retryable(true)
                    .build();
            return withEarlier(new TuyaInterruptedException(failure, "the thread was interrupted", sent, cause));
        }

        private static IllegalStateException closed() {
            return new IllegalStateException("This TuyaCloud is closed");
        }

        private TuyaException withEarlier(TuyaException last) {
            earlier.forEach(last::addSuppressed);
            return last;
        }
    }
}

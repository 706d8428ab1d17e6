package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.SendException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Determines the exception and the recovery for a failed attempt. */
public final class FailureClassifier {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final RetryAfter retryAfter;
    private final Redactor redactor;

    public FailureClassifier(RetryAfter retryAfter, Redactor redactor) {
        this.redactor = redactor;
        this.retryAfter = retryAfter;
    }

    /** Classifies an unsuccessful response. */
    Failure ofResponse(ApiRequest request, int attempts, ExchangeResult response, @Nullable AccessToken token) {
        Envelope envelope = response.envelope();
        return envelope == null || envelope.success()
                ? unusable(request, attempts, response)
                : refused(request, attempts, response, envelope, token);
    }

    /** Classifies an attempt without a response. */
    Failure ofNoResponse(ApiRequest request, int attempts, SendException e, Duration elapsed) {
        IOException cause = e.getCause();
        Sent sent = e.reached() ? Sent.MAYBE : Sent.NO;
        boolean isPermanent = NoResponse.isPermanent(cause);
        boolean inDoubt = sent == Sent.MAYBE && request.method().writes();
        CallFailure failure = CallFailure.builder(request.operation())
                .attempts(attempts)
                .retryable(!isPermanent)
                .hint(inDoubt ? mayHaveBeenCarriedOut(request) : NoResponse.hint(cause))
                .build();
        TuyaTransportException exception = new TuyaTransportException(
                failure,
                "no response: " + NoResponse.reason(cause, e.reached(), elapsed),
                sent,
                NoResponse.mayQuoteResponse(cause) ? null : cause);
        Recovery recovery = e.reached() ? Recovery.RETRY_IF_IDEMPOTENT : Recovery.RETRY;
        return new Failure(exception, isPermanent ? Recovery.NONE : recovery, Reach.CALL, null, null);
    }

    /** Returns the exception for a write that was running when the client was closed. */
    TuyaTransportException ofClose(ApiRequest request, int attempts, Sent sent, @Nullable Throwable cause) {
        CallFailure failure = CallFailure.builder(request.operation())
                .attempts(attempts)
                .hint(sent == Sent.MAYBE ? mayHaveBeenCarriedOut(request) : null)
                .build();
        return new TuyaTransportException(failure, "the client was closed during the call", sent, cause);
    }

    /** Returns the exception for a write whose refusal was followed by another response. */
    TuyaTransportException ofSurplus(ApiRequest request, int attempts, int status) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(status)
                .attempts(attempts)
                .hint(mayHaveBeenCarriedOut(request))
                .build();
        return new TuyaTransportException(
                failure,
                "the response cannot be used: another one followed it, so it may belong to an earlier request",
                Sent.MAYBE,
                null);
    }

    /** Returns the exception for a successful response whose result has an unexpected form. */
    TuyaTransportException ofResult(ApiRequest request, Envelope response, String reason) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(response.httpStatus())
                .tid(response.tid())
                .attempts(response.attempts())
                .hint(request.method().writes() ? mayHaveBeenCarriedOut(request) : otherForm(request))
                .build();
        return new TuyaTransportException(failure, "the response cannot be used: " + reason, Sent.MAYBE, null);
    }

    private Failure refused(
            ApiRequest request, int attempts, ExchangeResult response, Envelope envelope, @Nullable AccessToken token) {
        ErrorCatalog.Entry entry = ErrorCatalog.find(envelope.code(), envelope.message());
        // The server may have carried out the request and sent a different response.
        boolean foreign = request.method().writes() && !response.fromServer();
        Recovery usual = recovery(entry, response.status());
        boolean dropsToken = foreign && usual == Recovery.RENEW_TOKEN;
        Recovery recovery = dropsToken ? Recovery.DROP_TOKEN : foreign ? Recovery.NONE : usual;
        boolean refused = recovery == Recovery.RETRY || entry.known() && !entry.inDoubt();
        Sent sent = refused && !foreign ? Sent.NO : Sent.MAYBE;
        boolean warn = sent == Sent.MAYBE && request.method().writes();
        Duration wait = retryAfter.read(response.retryAfter());
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(response.status())
                .attempts(attempts)
                .code(redactor.redact(envelope.code(), token))
                .message(redactor.redact(envelope.message(), token))
                .tid(envelope.tid())
                .retryable(recovery == Recovery.RETRY || recovery == Recovery.RETRY_IF_IDEMPOTENT)
                .hint(join(
                        dropsToken ? "The next call gets a new access token." : entry.hint(request),
                        warn ? mayHaveBeenCarriedOut(request) : null))
                .build();
        if (foreign) {
            return new Failure(
                    new TuyaApiException(failure, sent), recovery, entry.reach(), wait, response.serverTime());
        }
        TuyaApiException exception =
                switch (entry.kind()) {
                    case AUTH -> new TuyaAuthException(failure);
                    case QUOTA -> new TuyaQuotaException(failure, wait);
                    case API ->
                        response.status() == TOO_MANY_REQUESTS
                                ? new TuyaQuotaException(failure, wait)
                                : new TuyaApiException(failure, sent);
                };
        return new Failure(exception, recovery, entry.reach(), wait, response.serverTime());
    }

    /**
     * Returns the recovery for the code, or for the HTTP status if the code is unknown. 429 means that the request had
     * no effect, whatever the code.
     */
    private static Recovery recovery(ErrorCatalog.Entry entry, int status) {
        Recovery byCode = entry.known() ? entry.recovery() : byStatus(status);
        boolean waitingCannotHelp = byCode == Recovery.RENEW_TOKEN || byCode == Recovery.SYNC_CLOCK;
        return status == TOO_MANY_REQUESTS && !waitingCannotHelp ? Recovery.RETRY : byCode;
    }

    private Failure unusable(ApiRequest request, int attempts, ExchangeResult response) {
        int status = response.status();
        boolean foreign = request.method().writes() && !response.fromServer();
        Recovery recovery = status < 300 ? Recovery.RETRY_IF_IDEMPOTENT : foreign ? Recovery.NONE : byStatus(status);
        Sent sent = status == TOO_MANY_REQUESTS && !foreign ? Sent.NO : Sent.MAYBE;
        boolean redirect = status >= 300 && status < 400;
        String hint = redirect
                ? "The response is a redirect, and credentials are never sent after one: check region and endpoint."
                : "A gateway, a proxy or a login page may have answered instead of the cloud.";
        String problem = response.problem() == null ? "success with an error status" : response.problem();
        boolean warn = sent == Sent.MAYBE && request.method().writes();
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(status)
                .attempts(attempts)
                .retryable(recovery != Recovery.NONE)
                .hint(join(warn ? mayHaveBeenCarriedOut(request) : null, hint))
                .build();
        String reason = redirect ? "the response is a redirect" : "the response cannot be used: " + problem;
        return new Failure(
                new TuyaTransportException(failure, reason, sent, null),
                recovery,
                Reach.CALL,
                retryAfter.read(response.retryAfter()),
                null);
    }

    private static Recovery byStatus(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Recovery.RETRY;
        }
        return status >= 500 || status == REQUEST_TIMEOUT ? Recovery.RETRY_IF_IDEMPOTENT : Recovery.NONE;
    }

    private static String mayHaveBeenCarriedOut(ApiRequest request) {
        return switch (request.purpose()) {
            case COMMAND, PROPERTIES ->
                "The command may have been carried out: read the device's status before sending it again.";
            case READ, WRITE -> "The request may have been carried out: check its effect before sending it again.";
        };
    }

    private static String otherForm(ApiRequest request) {
        return request.isAboutToken()
                ? "Check region and endpoint, and whether a proxy changes responses."
                : "cloudRequest returns the response in whatever form the cloud sends it.";
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first + " " + second;
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.http.SendException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Judges what one attempt brought: which exception it is, and what can be done about it. */
final class FailureClassifier {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private static final String MAYBE_CARRIED_OUT =
            "It may have been carried out: read the device's status before sending it again.";

    private final ErrorCatalog catalog = new ErrorCatalog();
    private final RetryAfter retryAfter;
    private final Redactor redactor;

    FailureClassifier(RetryAfter retryAfter, Redactor redactor) {
        this.redactor = redactor;
        this.retryAfter = retryAfter;
    }

    /** Judges an answer that is not a success. */
    Failure judge(ApiRequest request, int attempts, Answer answer, @Nullable AccessToken token) {
        CallFailure.Builder failure = CallFailure.builder(request.operation())
                .httpStatus(answer.status())
                .attempts(attempts);
        Envelope envelope = answer.envelope();
        return envelope == null || envelope.success()
                ? unusable(failure, answer)
                : refused(failure, answer, envelope, token);
    }

    /** Judges an attempt that brought no answer. */
    Failure judge(ApiRequest request, int attempts, SendException e) {
        IOException cause = e.getCause();
        boolean certificate = isAboutCertificate(cause);
        Sent sent = e.reached() ? Sent.MAYBE : Sent.NO;
        CallFailure failure = CallFailure.builder(request.operation())
                .attempts(attempts)
                .retryable(!certificate)
                .hint(hint(cause, certificate, sent, request))
                .build();
        Recovery remedy = e.reached() ? Recovery.RETRY_IF_IDEMPOTENT : Recovery.RETRY;
        return new Failure(
                new TuyaTransportException(
                        failure, "no answer: " + reason(cause), sent, quotesTheAnswer(cause) ? null : cause),
                certificate ? Recovery.NONE : remedy,
                null,
                null);
    }

    /** Returns the exception for an answer that says success, but whose result is not what the call promises. */
    TuyaTransportException unusable(ApiRequest request, Envelope answer, String reason) {
        CallFailure failure = CallFailure.builder(request.operation())
                .httpStatus(answer.httpStatus())
                .tid(answer.tid())
                .attempts(answer.attempts())
                .hint(request.method().writes() ? MAYBE_CARRIED_OUT : null)
                .build();
        return new TuyaTransportException(failure, "the answer cannot be used: " + reason, Sent.MAYBE, null);
    }

    ErrorCatalog.Entry meaning(int code, @Nullable String message) {
        return catalog.find(code, message);
    }

    private Failure refused(
            CallFailure.Builder failure, Answer answer, Envelope envelope, @Nullable AccessToken token) {
        ErrorCatalog.Entry entry = catalog.find(envelope.code(), envelope.message());
        Recovery remedy =
                entry.remedy() == Recovery.NONE && entry.hint() == null ? byStatus(answer.status()) : entry.remedy();
        if (answer.status() == TOO_MANY_REQUESTS && remedy != Recovery.RENEW_TOKEN && remedy != Recovery.SYNC_CLOCK) {
            remedy = Recovery.RETRY;
        }
        Duration wait = retryAfter.read(answer.retryAfter());
        CallFailure told = failure.code(envelope.code())
                .message(redactor.redact(envelope.message(), token))
                .tid(envelope.tid())
                .retryable(remedy == Recovery.RETRY || remedy == Recovery.RETRY_IF_IDEMPOTENT)
                .hint(entry.hint())
                .build();
        TuyaApiException exception =
                switch (entry.kind()) {
                    case AUTH -> new TuyaAuthException(told);
                    case QUOTA -> new TuyaQuotaException(told, wait);
                    case API ->
                        answer.status() == TOO_MANY_REQUESTS
                                ? new TuyaQuotaException(told, wait)
                                : new TuyaApiException(told);
                };
        return new Failure(exception, remedy, wait, answer.serverTime());
    }

    private Failure unusable(CallFailure.Builder failure, Answer answer) {
        int status = answer.status();
        Recovery remedy = status < 300 ? Recovery.RETRY_IF_IDEMPOTENT : byStatus(status);
        boolean redirect = status >= 300 && status < 400;
        String hint = redirect
                ? "The answer points elsewhere, and credentials are never sent after a redirect: check region and endpoint."
                : "Something between this program and the cloud may have answered: a gateway, a proxy, a login page.";
        String reason = redirect
                ? "the answer is a redirect"
                : "the answer cannot be used: "
                        + (answer.problem() == null ? "success with an error status" : answer.problem());
        return new Failure(
                new TuyaTransportException(
                        failure.retryable(remedy != Recovery.NONE).hint(hint).build(),
                        reason,
                        status == TOO_MANY_REQUESTS ? Sent.NO : Sent.MAYBE,
                        null),
                remedy,
                retryAfter.read(answer.retryAfter()),
                null);
    }

    private static boolean isAboutCertificate(@Nullable Throwable cause) {
        return cause instanceof SSLPeerUnverifiedException
                || cause instanceof CertificateException
                || cause instanceof SSLHandshakeException && isAboutCertificate(cause.getCause());
    }

    /** OkHttp quotes lines that it cannot read, and there is no telling what stands in them. */
    private static boolean quotesTheAnswer(IOException cause) {
        return cause instanceof ProtocolException && !"unexpected end of stream".equals(cause.getMessage());
    }

    private static Recovery byStatus(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Recovery.RETRY;
        }
        return status >= 500 || status == REQUEST_TIMEOUT ? Recovery.RETRY_IF_IDEMPOTENT : Recovery.NONE;
    }

    private static String reason(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "the host name is not known";
        }
        if (cause instanceof InterruptedIOException) {
            return "it took too long";
        }
        String type = cause.getClass().getSimpleName().replace("Exception", "");
        boolean quiet = cause.getMessage() == null || quotesTheAnswer(cause);
        String words = quiet ? "" : " (" + cause.getMessage() + ")";
        return (cause instanceof SSLException ? "TLS failed: " : "") + type.toLowerCase(Locale.ROOT) + words;
    }

    private static String hint(IOException cause, boolean certificate, Sent sent, ApiRequest request) {
        if (certificate) {
            return "The server's certificate is not trusted: is the clock right, or does a proxy look into TLS?";
        }
        if (sent == Sent.MAYBE && request.method().writes()) {
            return MAYBE_CARRIED_OUT;
        }
        return cause instanceof UnknownHostException
                ? "Check the network and its DNS."
                : "Check the network, and that the cloud can be reached from it.";
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.http.HttpRequest;
import io.github.tuyacloud.http.HttpResponse;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.http.SendException;
import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs and sends one request, reads the response, and logs one line at DEBUG. */
public final class SignedExchange {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** Matches no key or token, because a content type is quoted in messages. */
    private static final Pattern CONTENT_TYPE = Pattern.compile("[a-z]{4,11}/[A-Za-z0-9.+-]{1,30}");

    private final RequestSigner signer;
    private final OkHttpTransport transport;
    private final ServerClock clock;
    private final LongSupplier nanoTime;
    private final @Nullable String lang;

    public SignedExchange(
            RequestSigner signer,
            OkHttpTransport transport,
            ServerClock clock,
            LongSupplier nanoTime,
            @Nullable String lang) {
        this.signer = signer;
        this.transport = transport;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lang = lang;
    }

    ExchangeResult send(ApiRequest request, Target target, @Nullable AccessToken token, int attempt, Deadline deadline)
            throws SendException {
        long start = nanoTime.getAsLong();
        try {
            HttpResponse received = transport.send(signed(request, target, token), deadline.remaining());
            ExchangeResult response = withSafeTid(read(received), token);
            log(request, attempt, start, response, token);
            return response;
        } catch (SendException e) {
            LogSafe.debug(
                    LOG,
                    "{} attempt={} ms={} failed={} reached={}",
                    request,
                    attempt,
                    since(start).toMillis(),
                    e.getCause().getClass().getSimpleName(),
                    e.reached());
            throw e;
        }
    }

    private HttpRequest signed(ApiRequest request, Target target, @Nullable AccessToken token) {
        String t = Long.toString(clock.now().toEpochMilli());
        String tokenValue = token == null ? null : token.value();
        String signature = signer.sign(new RequestSigner.Input(
                request.method().name(), request.urlToSign(), request.bodyBytes(), tokenValue, t));
        HttpRequest signed = new HttpRequest(
                        request.method(),
                        target.baseUrl(),
                        request.path(),
                        request.encodedQuery(),
                        request.bodyBytes(),
                        request.tag())
                .header("client_id", signer.apiKey())
                .header("sign", signature)
                .header("sign_method", "HMAC-SHA256")
                .header("t", t)
                // A GET has no body, but without this header the cloud has returned empty device lists.
                .header("Content-Type", "application/json");
        if (tokenValue != null) {
            signed.header("access_token", tokenValue);
        }
        if (lang != null) {
            signed.header("lang", lang);
        }
        return signed;
    }

    private static ExchangeResult read(HttpResponse response) {
        Envelope envelope = null;
        String problem = null;
        InputStream body = response.body();
        if (body == null) {
            problem = "longer than 16 MiB";
        } else {
            try {
                envelope = Envelope.of(Json.read(body), response.status());
                if (envelope == null) {
                    problem = "JSON without a \"success\" field";
                }
            } catch (MalformedJsonException e) {
                problem = e.getMessage() + " (" + contentType(response) + ")";
            } catch (IOException e) {
                throw new IllegalStateException("Reading from memory cannot fail", e);
            }
        }
        if (envelope == null) {
            response.distrust();
        }
        return new ExchangeResult(
                response.status(),
                response.retryAfter(),
                envelope,
                response.roundTrip(),
                problem,
                response.isFromServer(),
                response);
    }

    private static String contentType(HttpResponse response) {
        if (response.contentType() == null) {
            return "no content type";
        }
        String bare = response.contentType().replaceAll("[^A-Za-z0-9/+.-].*", "");
        return CONTENT_TYPE.matcher(bare).matches() ? bare : "an unusual content type";
    }

    /** Redacts the trace id in one place, because it appears in exceptions, log lines and {@code toString}. */
    private ExchangeResult withSafeTid(ExchangeResult response, @Nullable AccessToken token) {
        Envelope envelope = response.envelope();
        return envelope == null ? response : response.withTid(signer.redactor().redactId(envelope.tid(), token));
    }

    private void log(
            ApiRequest request, int attempt, long start, ExchangeResult response, @Nullable AccessToken token) {
        if (LOG.isDebugEnabled()) {
            Envelope envelope = response.envelope();
            LogSafe.debug(
                    LOG,
                    "{} attempt={} ms={} http={} code={} tid={}",
                    request,
                    attempt,
                    since(start).toMillis(),
                    response.status(),
                    envelope == null
                            ? "unreadable"
                            : envelope.success() ? "ok" : signer.redactor().redactId(envelope.code(), token),
                    envelope == null ? null : envelope.tid());
        }
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }
}

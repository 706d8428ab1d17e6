package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.engine.RegionResolver.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt: signs the request afresh, sends it, and says in one line of the DEBUG log what came back. */
final class SignedExchange {

    private static final Logger LOG = LoggerFactory.getLogger(SignedExchange.class);

    private final RequestSigner signer;
    private final OkHttpTransport transport;
    private final ServerClock clock;
    private final LongSupplier nanoTime;
    private final @Nullable String lang;

    SignedExchange(
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

    Answer send(ApiRequest request, Target target, @Nullable AccessToken token, int attempt, Deadline deadline)
            throws SendException {
        long start = nanoTime.getAsLong();
        try {
            Answer answer = withSafeTid(
                    transport.send(target.baseUrl(), request, headers(request, token), deadline.remaining()), token);
            log(request, attempt, start, answer);
            return answer;
        } catch (SendException e) {
            LOG.debug(
                    "{} attempt={} ms={} failed={} reached={}",
                    request,
                    attempt,
                    since(start).toMillis(),
                    e.getCause().getClass().getSimpleName(),
                    e.reached());
            throw e;
        }
    }

    private Map<String, String> headers(ApiRequest request, @Nullable AccessToken token) {
        String t = Long.toString(clock.now().toEpochMilli());
        String tokenValue = token == null ? null : token.value();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("client_id", signer.apiKey());
        headers.put(
                "sign",
                signer.sign(new RequestSigner.Input(
                        request.method().name(),
                        request.urlToSign(),
                        request.bodyBytes(),
                        tokenValue,
                        t,
                        "",
                        Map.of())));
        headers.put("sign_method", "HMAC-SHA256");
        headers.put("t", t);
        if (tokenValue != null) {
            headers.put("access_token", tokenValue);
        }
        // Without it the cloud once answered device lists with nothing, on GETs too.
        headers.put("Content-Type", "application/json");
        if (lang != null) {
            headers.put("lang", lang);
        }
        return headers;
    }

    /** The trace id goes into exceptions, log lines and {@code toString}, so nothing behind this point sees it raw. */
    private Answer withSafeTid(Answer answer, @Nullable AccessToken token) {
        Envelope envelope = answer.envelope();
        return envelope == null ? answer : answer.showing(signer.redactor().redactId(envelope.tid(), token));
    }

    private void log(ApiRequest request, int attempt, long start, Answer answer) {
        if (LOG.isDebugEnabled()) {
            Envelope envelope = answer.envelope();
            LOG.debug(
                    "{} attempt={} ms={} http={} code={} tid={}",
                    request,
                    attempt,
                    since(start).toMillis(),
                    answer.status(),
                    envelope == null ? "unreadable" : envelope.success() ? "ok" : envelope.code(),
                    envelope == null ? null : envelope.tid());
        }
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.engine.RegionResolver.Target;
import io.github.tuyacloud.http.OkHttpTransport;
import io.github.tuyacloud.support.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Replaces the network below a retry loop with prepared responses, in order, and with a clock that advances only on
 * request. An attempt after the last response fails with an error, which ends a broken loop.
 */
final class ScriptedExchange {

    static final RegionResolver REGIONS = new RegionResolver(Region.EU, null);
    static final Target TARGET = REGIONS.target();

    final List<Request> requests = new ArrayList<>();
    final ManualTime time = new ManualTime();
    final ServerClock clock = new ServerClock(time);
    final AtomicBoolean closed = new AtomicBoolean();
    private final Queue<Step> script = new ArrayDeque<>();

    /** Replaces one request on the wire. */
    interface Step {
        Response response(Request request) throws IOException;
    }

    ScriptedExchange then(Step step) {
        script.add(step);
        return this;
    }

    /** Adds a response with HTTP 200 and a body. */
    ScriptedExchange response(String body) {
        return response(200, body);
    }

    ScriptedExchange response(int status, String body) {
        return then(request -> response(request, status, body));
    }

    /** Adds a refusal. */
    ScriptedExchange refuse(int code) {
        return response("{\"success\":false,\"code\":" + code + ",\"msg\":\"no\",\"tid\":\"t1\",\"t\":1709294400000}");
    }

    /** Returns the response to a token call. */
    static String token(String value, long life) {
        return "{\"success\":true,\"result\":{\"access_token\":\"" + value + "\",\"expire_time\":" + life + "}}";
    }

    static Response response(Request request, int status, String body) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("scripted")
                .body(ResponseBody.create(body, null))
                .build();
    }

    /** Returns the number of responses left. */
    int left() {
        return script.size();
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    Deadline deadline(Duration span) {
        return Deadline.in(span, time::nanoTime, closed);
    }

    /** Returns a loop for calls without a token. */
    TokenLoop tokenLoop() {
        return new TokenLoop(parts(time::sleep));
    }

    /** Returns a loop for calls with the tokens of a manager, and one call in flight at a time. */
    CallLoop callLoop(TokenManager tokens) {
        return callLoop(tokens, time::sleep);
    }

    CallLoop callLoop(TokenManager tokens, Sleeper sleeper) {
        return new CallLoop(parts(sleeper), tokens, new InFlightLimit(1));
    }

    /** Runs a call with a time limit. */
    <T> T run(RetryLoop loop, ApiRequest request, Duration limit, ResultReader<T> reader) {
        return loop.run(new RetryLoop.Run<>(loop.parts(), request, null, REGIONS, backoff(), deadline(limit), reader));
    }

    /** Returns a policy of two retries, after one second and after two. */
    Backoff backoff() {
        DoubleSupplier noJitter = () -> 0;
        return new Backoff(new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(9)), noJitter);
    }

    TokenFetch tokenFetch() {
        return new TokenFetch(tokenLoop(), backoff(), clock);
    }

    RetryLoop.Parts parts(Sleeper sleeper) {
        RequestSigner signer = new RequestSigner("key0", "secret0", true);
        return new RetryLoop.Parts(
                REGIONS,
                new SignedExchange(signer, transport(), clock, time::nanoTime, null),
                new FailureClassifier(new RetryAfter(clock), signer.redactor()),
                new AdmissionControl(
                        new QuotaBreaker(time::nanoTime),
                        new RateLimiter(Double.POSITIVE_INFINITY, time::nanoTime, sleeper),
                        new UsageMeter(clock, UsageMeter.UNLIMITED)),
                clock,
                time::nanoTime,
                sleeper,
                closed,
                new ThreadLocal<>());
    }

    private OkHttpTransport transport() {
        return new OkHttpTransport(new OkHttpClient.Builder()
                .addInterceptor(chain -> next(chain.request()))
                .build());
    }

    private Response next(Request request) throws IOException {
        requests.add(request);
        Step step = script.poll();
        if (step == null) {
            throw new AssertionError("request " + requests.size() + " was not expected");
        }
        return step.response(request);
    }
}

package io.github.tuyacloud.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures signing, against the bare hash and HMAC over the same bytes; the result is the median of many short samples,
 * few of which are affected by other load.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 2, time = 1)
public class SignerBenchmark {

    private static final int BATCH = 20;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String KEY = "fakeapikey0123456789";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "3f4eda2bdec17232f67c0b188af3eec1";
    private static final String TIME = "1692564875472";

    private final RequestSigner signer = new RequestSigner(KEY, SECRET, true);
    private final RequestSigner.Input get = input("GET", "/v1.0/iot-03/devices/bf1234567890abcdefghij/status", "");
    private final RequestSigner.Input post = input(
            "POST",
            "/v1.0/iot-03/devices/bf1234567890abcdefghij/commands",
            "{\"commands\":[{\"code\":\"switch_led\",\"value\":true},{\"code\":\"bright_value\",\"value\":500}]}");
    private final byte[] getMessage = message(get);
    private final byte[] postMessage = message(post);
    private final Mac mac = newMac();

    /** Signs a read with the library. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void signGet(Blackhole sink) {
        for (int i = 0; i < BATCH; i++) {
            sink.consume(signer.sign(get));
        }
    }

    /** Computes the minimum for the signature of a read. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void bareGet(Blackhole sink) throws CloneNotSupportedException {
        for (int i = 0; i < BATCH; i++) {
            sink.consume(((Mac) mac.clone()).doFinal(getMessage));
        }
    }

    /** Signs a command with the library. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void signPost(Blackhole sink) {
        for (int i = 0; i < BATCH; i++) {
            sink.consume(signer.sign(post));
        }
    }

    /** Computes the minimum for the signature of a command, which covers the hash of the body. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void barePost(Blackhole sink) throws GeneralSecurityException, CloneNotSupportedException {
        for (int i = 0; i < BATCH; i++) {
            sink.consume(MessageDigest.getInstance("SHA-256").digest(post.body()));
            sink.consume(((Mac) mac.clone()).doFinal(postMessage));
        }
    }

    private static RequestSigner.Input input(String method, String url, String body) {
        return new RequestSigner.Input(method, url, body.getBytes(StandardCharsets.UTF_8), TOKEN, TIME);
    }

    private byte[] message(RequestSigner.Input input) {
        return signer.message(input).getBytes(StandardCharsets.UTF_8);
    }

    private static Mac newMac() {
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

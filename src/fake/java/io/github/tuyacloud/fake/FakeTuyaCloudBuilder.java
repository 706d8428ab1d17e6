package io.github.tuyacloud.fake;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link FakeTuyaCloud} that is to be different from the usual one. */
public final class FakeTuyaCloudBuilder {
    String apiKey = "fakeapikey0123456789";
    String apiSecret = "0123456789abcdef0123456789abcdef";
    Set<Quirk> quirks = Set.of();
    Clock clock = Clock.systemUTC();
    boolean demoWorld = true;
    Duration tokenLifetime = Duration.ofHours(2);
    boolean mintNewTokenEachTime;
    boolean oldSignAlgorithm;
    Duration latency = Duration.ZERO;
    int requestLogLimit = 10_000;

    @Nullable
    SSLSocketFactory tls;

    FakeTuyaCloudBuilder() {}

    /** The only client id that is let in. */
    public FakeTuyaCloudBuilder apiKey(String clientId) {
        this.apiKey = Objects.requireNonNull(clientId, "clientId");
        return this;
    }

    /** The secret that signatures are checked with. */
    public FakeTuyaCloudBuilder apiSecret(String secret) {
        this.apiSecret = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** The server's clock: for {@code t}, the life of tokens, logs, and how far the caller's clock may be off. */
    public FakeTuyaCloudBuilder clock(Clock serverClock) {
        this.clock = Objects.requireNonNull(serverClock, "serverClock");
        return this;
    }

    /**
     * Sets in which ways it answers less, or otherwise, than the documentation promises; in none unless set.
     *
     * @param realities the quirks; {@code Quirk.values()} for all of them
     * @return this builder
     */
    public FakeTuyaCloudBuilder quirks(Quirk... realities) {
        this.quirks = Set.of(realities);
        return this;
    }

    /** Starts without users and devices. */
    public FakeTuyaCloudBuilder empty() {
        this.demoWorld = false;
        return this;
    }

    /** How long a token lives; two hours unless set. */
    public FakeTuyaCloudBuilder tokenLifetime(Duration lifetime) {
        this.tokenLifetime = Objects.requireNonNull(lifetime, "lifetime");
        return this;
    }

    /**
     * Whether each call for a token makes a new one, which ends the one before. The real cloud hands out the living
     * token again, with the seconds that it has left, and so does this one unless told otherwise.
     */
    public FakeTuyaCloudBuilder mintNewTokenEachTime(boolean mintNew) {
        this.mintNewTokenEachTime = mintNew;
        return this;
    }

    /** Whether the project is one of those made before July 2021: takes the old signatures, and no others. */
    public FakeTuyaCloudBuilder oldSignAlgorithm(boolean old) {
        this.oldSignAlgorithm = old;
        return this;
    }

    /** How long each answer takes. */
    public FakeTuyaCloudBuilder latency(Duration eachAnswer) {
        this.latency = Objects.requireNonNull(eachAnswer, "eachAnswer");
        return this;
    }

    /** How many requests are remembered; 10,000 unless set. They are counted for ever. */
    public FakeTuyaCloudBuilder requestLogLimit(int requests) {
        this.requestLogLimit = requests;
        return this;
    }

    /** Speaks HTTPS, with the certificate of this factory. */
    public FakeTuyaCloudBuilder tls(SSLSocketFactory socketFactory) {
        this.tls = Objects.requireNonNull(socketFactory, "socketFactory");
        return this;
    }

    /** Starts it on a free port of the loopback interface. */
    public FakeTuyaCloud start() {
        return new FakeTuyaCloud(this);
    }
}

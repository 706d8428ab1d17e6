package io.github.tuyacloud.fake;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FakeTuyaCloud} with custom settings. */
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

    /**
     * Sets the only client id that is accepted.
     *
     * @param clientId the API key
     * @return this builder
     */
    public FakeTuyaCloudBuilder apiKey(String clientId) {
        this.apiKey = Objects.requireNonNull(clientId, "clientId");
        return this;
    }

    /**
     * Sets the secret with which signatures are checked.
     *
     * @param secret the API secret; it must have 32 characters if door locks are used
     * @return this builder
     */
    public FakeTuyaCloudBuilder apiSecret(String secret) {
        this.apiSecret = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /**
     * Sets the server's clock. It determines {@code t}, the expiry of tokens, logs, delays of devices, the retention of
     * messages, and the check of the caller's clock.
     *
     * @param serverClock the clock; the system clock by default
     * @return this builder
     */
    public FakeTuyaCloudBuilder clock(Clock serverClock) {
        this.clock = Objects.requireNonNull(serverClock, "serverClock");
        return this;
    }

    /**
     * Adds quirks: ways in which responses deviate from the documentation. By default, there is no quirk.
     *
     * @param deviations the quirks; {@code Quirk.values()} for all of them
     * @return this builder
     */
    public FakeTuyaCloudBuilder quirks(Quirk... deviations) {
        this.quirks = Set.of(deviations);
        return this;
    }

    /**
     * Sets that the fake cloud starts without users and devices, instead of with the demo world.
     *
     * @return this builder
     */
    public FakeTuyaCloudBuilder empty() {
        this.demoWorld = false;
        return this;
    }

    /**
     * Sets how long a token is valid; two hours by default.
     *
     * @param lifetime the time until it expires
     * @return this builder
     */
    public FakeTuyaCloudBuilder tokenLifetime(Duration lifetime) {
        this.tokenLifetime = Objects.requireNonNull(lifetime, "lifetime");
        return this;
    }

    /**
     * Sets whether each token call creates a new token, which invalidates the previous one. By default, a token call
     * returns the token that is still valid, with its remaining seconds, as the real cloud usually does.
     *
     * @param mintNew whether each call creates a token
     * @return this builder
     */
    public FakeTuyaCloudBuilder mintNewTokenEachTime(boolean mintNew) {
        this.mintNewTokenEachTime = mintNew;
        return this;
    }

    /**
     * Sets whether the project accepts only old signatures, like projects created before July 2021.
     *
     * @param old whether only old signatures are accepted
     * @return this builder
     */
    public FakeTuyaCloudBuilder oldSignAlgorithm(boolean old) {
        this.oldSignAlgorithm = old;
        return this;
    }

    /**
     * Sets how long each response takes.
     *
     * @param eachResponse the delay; none by default
     * @return this builder
     */
    public FakeTuyaCloudBuilder latency(Duration eachResponse) {
        this.latency = Objects.requireNonNull(eachResponse, "eachResponse");
        return this;
    }

    /**
     * Sets how many requests are recorded; 10,000 by default. All are counted.
     *
     * @param requests the maximum number
     * @return this builder
     */
    public FakeTuyaCloudBuilder requestLogLimit(int requests) {
        this.requestLogLimit = requests;
        return this;
    }

    /**
     * Sets that the fake cloud serves HTTPS instead of HTTP.
     *
     * @param socketFactory the factory that has the certificate
     * @return this builder
     */
    public FakeTuyaCloudBuilder tls(SSLSocketFactory socketFactory) {
        this.tls = Objects.requireNonNull(socketFactory, "socketFactory");
        return this;
    }

    /**
     * Starts the fake cloud on a free port of the loopback interface.
     *
     * @return the running fake cloud
     */
    public FakeTuyaCloud start() {
        return new FakeTuyaCloud(this);
    }
}

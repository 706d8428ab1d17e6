package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.BackgroundCall;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.FakeCloudTest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that no token store can hold or break a call: one that hangs, throws an error, or calls the client. */
@Timeout(60)
class HostileTokenStoreTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    private final AtomicInteger storeCalls = new AtomicInteger();
    private final AtomicReference<Throwable> seenByStore = new AtomicReference<>();
    private final CountDownLatch inStore = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** A method of a token store. */
    private enum Method {
        LOAD,
        SAVE,
        CLEAR
    }

    /** A store without tokens, one method of which runs some code. */
    private final class Hostile implements TokenStore {

        private final Method method;
        private final Supplier<Optional<AccessToken>> code;

        Hostile(Method method, Supplier<Optional<AccessToken>> code) {
            this.method = method;
            this.code = code;
        }

        @Override
        public Optional<AccessToken> load(String key) {
            return runIf(Method.LOAD);
        }

        @Override
        public void save(String key, AccessToken token) {
            runIf(Method.SAVE);
        }

        @Override
        public void clear(String key) {
            runIf(Method.CLEAR);
        }

        private Optional<AccessToken> runIf(Method called) {
            if (called == method) {
                storeCalls.incrementAndGet();
                return code.get();
            }
            boolean toBeCleared = method == Method.CLEAR && called == Method.LOAD && fake.requestCount() > 0;
            return toBeCleared
                    ? Optional.of(new AccessToken(tokenInUse(), time.instant().plusSeconds(60)))
                    : Optional.empty();
        }
    }

    @AfterEach
    void releaseStore() {
        release.countDown();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void call_storeHangs_endsWithinTheCallTimeoutWithoutIt(Method method) {
        use(client().callTimeout(Duration.ofSeconds(2)).tokenStore(new Hostile(method, this::hang)));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
            fake.expireTokens();
            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
            fake.expireTokens();
            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("The token store did not return from "
                            + method.name().toLowerCase()
                            + " within 500 ms and is not used until it does; continuing without it");
        }
        assertThat(storeCalls).hasValue(1);
        assertThat(fake.tokenRequests()).isEqualTo(3);
    }

    @Test
    void call_storeHungBefore_usesItAgain() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        use(client().callTimeout(Duration.ofSeconds(2)).tokenStore(new Hostile(Method.LOAD, () -> {
            if (storeCalls.get() == 1) {
                hang();
                returned.countDown();
            }
            return Optional.empty();
        })));
        cloud.getStatus(PLUG);

        release.countDown();
        assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
        Await.until(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("tuya-cloud-token-store")),
                "the end of the store's thread");
        fake.expireTokens();
        cloud.getStatus(PLUG);

        assertThat(storeCalls).hasValueGreaterThan(1);
    }

    /** An exception whose cause cannot be read. */
    private static final class BrokenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new StackOverflowError();
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void call_storeThrowsABrokenException_continuesWithoutIt(Method method) {
        use(client().tokenStore(new Hostile(method, () -> {
            throw new BrokenException();
        })));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
        fake.expireTokens();
        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void call_storeThrowsAnError_warnsEachTimeAndContinues(Method method) {
        use(client().tokenStore(new Hostile(method, () -> {
            throw new OutOfMemoryError("not really");
        })));

        try (CapturedLog log = new CapturedLog()) {
            cloud.getStatus(PLUG);
            fake.expireTokens();
            cloud.getStatus(PLUG);
            fake.expireTokens();
            cloud.getStatus(PLUG);

            assertThat(log.warnings()).hasSize(storeCalls.get()).allSatisfy(line -> assertThat(line)
                    .contains("The token store failed (java.lang.OutOfMemoryError)"));
        }
        assertThat(storeCalls).hasValueGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void call_storeCallsTheClient_isRefusedImmediatelyAndNamesBoth(Method method) {
        use(client().tokenStore(new Hostile(method, () -> {
            try {
                cloud.withCallTimeout(Duration.ofMinutes(1)).getStatus(PLUG);
            } catch (Throwable e) {
                seenByStore.set(e);
                throw e;
            }
            return Optional.empty();
        })));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
            fake.expireTokens();
            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();

            String expected = "The token store " + Hostile.class.getName() + " called the client that is running it"
                    + " (GET /v1.0/iot-03/devices/{id}/status). That call could wait for itself, so it is refused:"
                    + " use another client there, or call before or after";
            assertThat(seenByStore.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(expected);
            assertThat(log.warnings()).singleElement().asString().contains(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void call_storeReadsDevicesOfTheClient_isRefusedImmediately(Method method) {
        use(client().maxConcurrency(1).tokenStore(new Hostile(method, () -> {
            try {
                cloud.getDevices();
            } catch (Throwable e) {
                seenByStore.set(e);
            }
            return Optional.empty();
        })));

        cloud.getDevices();
        fake.expireTokens();
        cloud.getDevices();

        assertThat(seenByStore.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("called the client that is running it");
    }

    @Test
    void interrupt_whileTheStoreHangs_endsTheCallImmediately() throws Exception {
        use(client().tokenStore(new Hostile(Method.LOAD, this::hang)));
        BackgroundCall<?> caller = caller();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(TuyaInterruptedException.class);
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void close_whileTheStoreHangs_endsTheCallImmediately() throws Exception {
        use(client().tokenStore(new Hostile(Method.LOAD, this::hang)));
        BackgroundCall<?> caller = caller();

        cloud.close();

        assertThat(caller.failure()).isInstanceOf(IllegalStateException.class).hasMessage("This TuyaCloud is closed");
    }

    @Test
    void call_storeReturnsNull_countsAsAFailure() {
        use(client().tokenStore(new Hostile(Method.LOAD, () -> null)));

        assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();
    }

    /** Hangs and ignores interrupts until the test releases it. */
    private Optional<AccessToken> hang() {
        inStore.countDown();
        while (true) {
            try {
                release.await();
                return Optional.empty();
            } catch (InterruptedException e) {
                // Ignored on purpose.
            }
        }
    }

    private String tokenInUse() {
        return requests().get(requests().size() - 1).header("access_token");
    }

    /** Starts a call, and returns once it is waiting for the store. */
    private BackgroundCall<?> caller() throws InterruptedException {
        BackgroundCall<?> caller = BackgroundCall.start(() -> cloud.getStatus(PLUG));
        assertThat(inStore.await(10, TimeUnit.SECONDS)).isTrue();
        return caller;
    }
}

package io.github.tuyacloud.socket;

import static io.github.tuyacloud.socket.SubscriptionFixture.SOON;
import static io.github.tuyacloud.socket.SubscriptionFixture.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeMessage;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageEnvironment;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionState;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that messages keep flowing when handlers, listeners or executors throw or close their own subscription. */
@Timeout(60)
class DisturbanceTest {

    private final SubscriptionFixture fixture = new SubscriptionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void executor_rejectingWork_causesRedelivery() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        try (MessageSubscription subscription = connected(fixture.subscription().executor(task -> {
            if (full.getAndSet(false)) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            assertThat(fixture.next().header().redeliveryCount()).isZero();
            fixture.awaitAcknowledged(1);
            assertThat(subscription.counters().failed()).isZero();
            assertThat(fixture.fake.messages().delivered()).isEqualTo(1);
        }
    }

    /** A clock that fails once, on the thread that opens connections. */
    private static final class FailingClock extends Clock {

        private final AtomicBoolean failed = new AtomicBoolean();

        @Override
        public Instant instant() {
            if (!failed.getAndSet(true)) {
                throw new OutOfMemoryError("not really");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void connecting_throwingAnError_isRetried() throws Exception {
        try (SubscriptionFixture own =
                        new SubscriptionFixture(new SubscriptionFixture.Settings().clock(new FailingClock()));
                MessageSubscription subscription = connected(own.subscription())) {
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CONNECTED);
            assertThat(own.waits).hasSize(1);
        }
    }

    /** An executor that runs its task and then throws. */
    @Test
    void executor_throwingAfterRunning_causesNoRedelivery() throws Exception {
        try (MessageSubscription subscription = connected(fixture.subscription().executor(task -> {
            task.run();
            throw new IllegalStateException("after all");
        }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "count", 1);
            fixture.fake.messages().push(DemoWorld.PLUG, "count", 2);

            fixture.awaitAcknowledged(2);
            assertThat(fixture.handled).extracting(SubscriptionFixture::value).containsExactly(1L, 2L);
            assertThat(subscription.counters().failed()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void executor_throwingAnyThrowable_causesRedelivery(Throwable failure) throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        try (MessageSubscription subscription = connected(fixture.subscription().executor(task -> {
            if (full.getAndSet(false)) {
                throwAny(failure);
            }
            task.run();
        }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);

            fixture.next();
            fixture.awaitAcknowledged(1);
            assertThat(subscription.counters().failed()).isZero();
            assertThat(subscription.counters().reconnects()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void listener_throwingAnyThrowable_blocksNothing(Throwable failure) throws Exception {
        AtomicInteger handled = new AtomicInteger();
        MessageErrorListener listener = new MessageErrorListener() {
            @Override
            public FailureVerdict unreadable(UnreadableMessage message) {
                throw DisturbanceTest.<RuntimeException>throwAny(failure);
            }

            @Override
            public FailureVerdict handlerFailed(LiveMessage message, Throwable thrown) {
                throw DisturbanceTest.<RuntimeException>throwAny(failure);
            }
        };
        try (MessageSubscription subscription =
                connected(fixture.subscription().errorListener(listener).handler(message -> {
                    if (handled.incrementAndGet() == 1) {
                        throwAny(failure);
                    }
                }))) {
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", true);
            fixture.fake.messages().push(FakeMessage.of(4, "no json"));
            fixture.fake.messages().push(DemoWorld.PLUG, "switch_1", false);

            fixture.awaitAcknowledged(3);
            assertThat(handled).hasValue(3);
            assertThat(subscription.counters().failed()).isEqualTo(1 + 3);
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("broken"),
                new AssertionError("not so"),
                new OutOfMemoryError("unable to create native thread"),
                new IOException("sneaky"));
    }

    /** Throws any throwable, checked or not. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T throwAny(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void handler_leavingTheInterruptFlagSet_doesNotAffectTheNext() throws Exception {
        Queue<Boolean> flags = new ConcurrentLinkedQueue<>();
        try (MessageSubscription subscription = connected(fixture.subscription().handler(message -> {
            flags.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        }))) {
            // Holds regardless of how many messages the handler's thread takes at a time.
            for (int i = 0; i < 50; i++) {
                fixture.fake.messages().push(DemoWorld.PLUG, "count", i);
            }

            fixture.awaitAcknowledged(50);
            assertThat(flags).hasSize(50).containsOnly(false);
            assertThat(subscription.counters().failed()).isZero();
        }
    }

    @Test
    void close_byHandlersOfTwoSubscriptions_doesNotDeadlock() throws Exception {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        MessageHandler closing = message -> {
            bothInside.await(10, TimeUnit.SECONDS);
            fixture.sockets.close();
        };
        MessageSubscription one = connected(fixture.subscription().handler(closing));
        MessageSubscription other = connected(
                fixture.subscription().environment(MessageEnvironment.TEST).handler(closing));
        fixture.fake.messages().push(FakeMessage.of(4, "{\"devId\":\"a\",\"status\":[]}"));
        fixture.fake
                .messages()
                .push(FakeMessage.of(4, "{\"devId\":\"b\",\"status\":[]}").inTest());

        fixture.awaitAcknowledged(2);
        assertThat(one.await(SOON)).isTrue();
        assertThat(other.await(SOON)).isTrue();
    }
}

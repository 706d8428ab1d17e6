package io.github.tuyacloud.logs;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeLogEntry;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.support.FakeCloudTest;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks the log as a stream: lazy, complete, at most two pages at a time, and closed without leaks. */
class StreamDeviceLogTest extends FakeCloudTest {

    private static final String ID = DemoWorld.GATEWAY;
    private static final DeviceLogQuery ALL = DeviceLogQuery.builder().build();

    @BeforeEach
    void addEvents() {
        fake.addLog(
                ID,
                IntStream.range(0, 1050)
                        .mapToObj(i -> FakeLogEntry.report(ManualTime.START.minusMillis(i), "switch_1", i))
                        .toList());
    }

    @Test
    void streamDeviceLog_notConsumed_sendsNothing() {
        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            assertThat(stream.map(LogEntry::code)).isNotNull();
        }

        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void streamDeviceLog_consumedCompletely_returnsAllInOrder() {
        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            assertThat(stream.map(LogEntry::value))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1050).mapToObj(Integer::toString).toList());
        }

        assertThat(requests()).hasSize(11);
    }

    @Test
    void streamDeviceLog_limited_readsAtMostOnePageAhead() {
        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            assertThat(stream.limit(150)).hasSize(150);
        }

        assertThat(requests()).hasSizeBetween(2, 3);
    }

    @Test
    void streamDeviceLog_findFirst_readsAtMostOnePageAhead() {
        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            assertThat(stream.findFirst().orElseThrow().value()).isEqualTo("0");
        }

        assertThat(requests()).hasSizeBetween(1, 2);
    }

    @Test
    void streamDeviceLog_firstPageConsumed_prefetchesTheSecond() throws InterruptedException {
        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            Iterator<LogEntry> entries = stream.iterator();
            entries.next();

            // token, first page, second page
            assertThat(fake.awaitRequestCount(3, Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void streamDeviceLog_size_isTheTarget() {
        try (Stream<LogEntry> stream =
                cloud.streamDeviceLog(ID, DeviceLogQuery.builder().size(250).build())) {
            assertThat(stream).hasSize(250);
        }

        assertThat(requests())
                .extracting(request -> request.query().get("size"))
                .containsExactly("100", "100", "50");
    }

    @Test
    void streamDeviceLog_maxFetches_limitsThePages() {
        try (Stream<LogEntry> stream =
                cloud.streamDeviceLog(ID, DeviceLogQuery.builder().maxFetches(2).build())) {
            assertThat(stream).hasSize(200);
        }
    }

    @Test
    void streamDeviceLog_startRowKey_continuesThere() {
        String key = cloud.getDeviceLog(ID, DeviceLogQuery.builder().size(1000).build())
                .nextRowKey();

        try (Stream<LogEntry> stream = cloud.streamDeviceLog(
                ID, DeviceLogQuery.builder().startRowKey(key).build())) {
            assertThat(stream.map(LogEntry::value).toList())
                    .hasSize(50)
                    .startsWith("1000")
                    .endsWith("1049");
        }
    }

    @Test
    void streamDeviceLog_closedDuringAFetch_endsTheFetch() throws InterruptedException {
        fake.on("GET", "/v1.0/devices/{id}/logs").fail(Fault.stall()).skip(1);
        Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL);
        Iterator<LogEntry> entries = stream.iterator();
        entries.next();
        assertThat(fake.awaitRequestCount(3, Duration.ofSeconds(20))).isTrue();

        stream.close();

        assertThat(cloud.getDevices()).hasSize(5);
    }

    @Test
    void streamDeviceLog_continuedAfterAnInterrupt_losesNothing() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        // Like a page that has just arrived, it does not notice the cancellation.
        use(sleeper(client(), wait -> {
            waiting.countDown();
            awaitWhateverHappens(gate);
        }));
        fake.on("GET", "/v1.0/devices/{id}/logs")
                .fail(Fault.code(1110, "busy"))
                .skip(1)
                .times(1);
        List<String> values = new ArrayList<>();

        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            Iterator<LogEntry> entries = stream.iterator();
            IntStream.range(0, 100).forEach(i -> values.add(entries.next().value()));
            waiting.await();
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(entries::hasNext)
                    .withMessageContaining("the thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
            gate.countDown();
            entries.forEachRemaining(entry -> values.add(entry.value()));
        }

        assertThat(values)
                .isEqualTo(IntStream.range(0, 1050).mapToObj(Integer::toString).toList());
        assertThat(requests()).hasSize(12);
    }

    @Test
    void streamDeviceLog_refusedOnALaterPage_throwsThere() {
        fake.on("GET", "/v1.0/devices/{id}/logs")
                .fail(Fault.code(2010, "device not exist"))
                .skip(1);

        try (Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL)) {
            Iterator<LogEntry> entries = stream.iterator();
            List<String> first = IntStream.range(0, 100)
                    .mapToObj(i -> entries.next().value())
                    .toList();

            assertThat(first).startsWith("0").endsWith("99");
            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(entries::next)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(2010));
        }
    }

    @Test
    void streamDeviceLog_clientClosed_throwsIllegalState() {
        Stream<LogEntry> stream = cloud.streamDeviceLog(ID, ALL);
        cloud.close();

        assertThatIllegalStateException().isThrownBy(stream::count).withMessageContaining("closed");
    }

    @Test
    void streamDeviceLog_startAfterEnd_isRefusedBeforeItIsRead() {
        DeviceLogQuery backwards = DeviceLogQuery.builder().start(-1).end(-2).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.streamDeviceLog(ID, backwards))
                .withMessageContaining("swap start and end");
    }

    private static void awaitWhateverHappens(CountDownLatch gate) {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException e) {
                // keeps waiting
            }
        }
    }
}

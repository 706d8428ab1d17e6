package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.robustness.CloudCall.Kind;
import io.github.tuyacloud.robustness.FaultTable.Outcome;
import io.github.tuyacloud.robustness.FaultTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks every fault against every method, as a single and as a permanent fault: each cell ends with the expected
 * result or exception, in time, and a write that may have been carried out is never retried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTableTest {

    /** Faults that do not apply to the token call, which carries no token. */
    private static final Set<String> ABOUT_TOKENS =
            Set.of("code 1010", "code 1010 as text", "code 1011", "code 1012", "code 1400", "plain refusal 1010");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final FakeTuyaCloud elsewhere = FakeTuyaCloud.start();
    private final Map<String, Row> rows = FaultTable.rows();
    private final Map<FaultCell, Future<?>> cells = new LinkedHashMap<>();
    private final AtomicInteger passed = new AtomicInteger();
    private long startNanos;

    /** Checks the cells concurrently, first those that wait for a timeout, because they need little CPU time. */
    @BeforeAll
    void checkAllCells() throws InterruptedException {
        startNanos = System.nanoTime();
        ExpectedResults results = ExpectedResults.collect();
        List<FaultCell> waiting = new ArrayList<>();
        List<FaultCell> busy = new ArrayList<>();
        for (Row row : rows.values()) {
            boolean waits = Faults.needsShortCalls(row.fault()) || Faults.needsShortReads(row.fault());
            cellsOf(row, results).forEach((waits ? waiting : busy)::add);
        }
        check(waiting, 64);
        check(busy, 4);
    }

    @AfterAll
    void printSize() {
        elsewhere.close();
        FaultBench.closeUnchanged();
        System.out.printf(
                "fault table: %d faults x %d methods x once/forever, %d of the cells for the token call: %d cells, %d"
                        + " as expected, in %d s%n",
                rows.size(),
                CloudCall.all().size(),
                cells.keySet().stream().filter(FaultCell::onToken).count(),
                cells.size(),
                passed.get(),
                Duration.ofNanos(System.nanoTime() - startNanos).toSeconds());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void call_withFault_endsAsInTheTable(FaultCell cell) throws InterruptedException {
        try {
            Future<?> checked = cells.get(cell);
            assertThat(checked).isNotNull();
            checked.get();
            passed.incrementAndGet();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError error) {
                throw error;
            }
            throw new CompletionException(cell.toString(), e.getCause());
        }
    }

    @Test
    void table_namedFaults_areAllCovered() {
        assertThat(rows).hasSizeGreaterThan(60);
        rows.keySet().stream().filter(name -> !name.equals(Faults.REFUSED)).forEach(name -> assertThat(
                        Faults.named(name, "http://localhost:1"))
                .isNotNull());
    }

    Stream<FaultCell> cells() {
        return cells.keySet().stream();
    }

    private Stream<FaultCell> cellsOf(Row row, ExpectedResults results) {
        List<FaultCell> all = new ArrayList<>();
        for (CloudCall call : CloudCall.all()) {
            for (boolean forever : new boolean[] {false, true}) {
                all.add(cell(row, call, forever, results));
                if (call.name().equals("getStatus") || call.name().equals("sendCommand(Command...)")) {
                    all.add(tokenCell(row, call, forever, results));
                }
            }
        }
        return all.stream()
                .filter(cell -> !cell.onToken() || !cell.fault().equals(Faults.REFUSED))
                .filter(cell -> !Faults.isLarge(cell.fault()) || isWorthwhile(cell));
    }

    /**
     * Bodies that take a tenth of a second each are tested once: with reads as a single fault, with writes as a
     * permanent one.
     */
    private static boolean isWorthwhile(FaultCell cell) {
        boolean sample = cell.call().name().equals("getStatus");
        return sample || !cell.onToken() && cell.forever() == cell.call().kind().writes();
    }

    private FaultCell cell(Row row, CloudCall call, boolean forever, ExpectedResults results) {
        return new FaultCell(row.fault(), call, forever, false, row.expected(call, forever), results, elsewhere);
    }

    /** A token call is a read, even if a write needs the token. */
    private FaultCell tokenCell(Row row, CloudCall call, boolean forever, ExpectedResults results) {
        Outcome expected = ABOUT_TOKENS.contains(row.fault()) ? Outcome.of("auth 1") : row.expected(Kind.READ, forever);
        Outcome whole = new Outcome(expected.what(), expected.attempts(), false, expected.succeeds(), false);
        return new FaultCell(row.fault(), call, forever, true, whole, results, elsewhere);
    }

    private void check(List<FaultCell> some, int threads) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (FaultCell cell : some) {
            cells.put(cell, pool.submit(cell::check));
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .as("all calls end")
                .isTrue();
    }
}

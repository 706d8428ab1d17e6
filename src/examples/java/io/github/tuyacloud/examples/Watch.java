package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveDevices;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints all devices, then their changes as they happen, until it is closed or Ctrl-C is pressed. */
final class Watch implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final LiveDevices home;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final Thread onCtrlC;
    private boolean ready;

    /** Changes that arrived before the table was printed; null afterwards. */
    private @Nullable List<String> early = new ArrayList<>();

    Watch(TuyaCloud cloud, boolean json, PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.json = json;
        ChangeLines lines = new ChangeLines(json);
        home = cloud.live()
                .includeMap(true)
                .onChange(change -> print(lines.of(change)))
                .start();
        onCtrlC = new Thread(() -> {
            home.close();
            err.println("Ended; messages taken: " + home.counters().messages());
        });
        Runtime.getRuntime().addShutdownHook(onCtrlC);
    }

    /**
     * Waits for the devices, at most until the limit, and prints them as a table; as JSON, only changes are printed.
     * Without a response there is no table, because an empty one would mean that there are no devices.
     */
    void showDevices(@Nullable Duration limit) throws InterruptedException {
        ready = home.awaitReady(limit != null && limit.compareTo(READY) < 0 ? limit : READY);
        if (!ready) {
            err.println(
                    Terminal.wrapped("Not up to date yet: " + home.freshness().reason()));
        }
        synchronized (this) {
            if (!json && hasDevices()) {
                out.println(Tables.devices(
                        home.all().stream().map(LiveDevice::device).toList(), false));
            }
            List<String> waiting = early;
            early = null;
            if (waiting != null) {
                waiting.forEach(out::println);
            }
        }
    }

    /** Returns whether the devices have been read. */
    boolean hasDevices() {
        return ready || !home.all().isEmpty();
    }

    private synchronized void print(String line) {
        if (early != null) {
            early.add(line);
        } else {
            out.println(line);
        }
    }

    /** Waits until it is closed or the limit is reached; null for no limit. */
    void await(@Nullable Duration limit) throws InterruptedException {
        home.await(limit == null ? LONGEST : limit);
    }

    @Override
    public void close() {
        home.close();
        try {
            Runtime.getRuntime().removeShutdownHook(onCtrlC);
        } catch (IllegalStateException e) {
            // The JVM is already shutting down, which closes this.
        }
    }
}

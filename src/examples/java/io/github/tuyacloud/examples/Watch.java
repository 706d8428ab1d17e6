package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Device;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints changes of devices as they happen, until it is closed; Ctrl-C closes it, too. */
final class Watch implements AutoCloseable {

    private final MessageSubscription subscription;
    private final Thread onCtrlC;

    Watch(TuyaCloud cloud, SubscriptionOptions options, ChangeLines lines, PrintStream out, PrintStream err) {
        subscription = cloud.messages().subscribe(message -> lines.of(message).forEach(out::println), options);
        onCtrlC = new Thread(() -> {
            subscription.close();
            err.println("Ended; messages taken: " + subscription.counters().acknowledged());
        });
        Runtime.getRuntime().addShutdownHook(onCtrlC);
    }

    /** The names of all devices, for a handful of calls; none when the cloud does not tell them: messages have ids. */
    static Map<String, String> names(TuyaCloud cloud, PrintStream err) {
        Map<String, String> names = new HashMap<>();
        try {
            for (Device device : cloud.getDevicesVerbose().resultList(Device.class)) {
                if (device.name() != null) {
                    names.put(device.id(), device.name());
                }
            }
        } catch (TuyaException e) {
            err.println("Devices are shown by their ids: " + e.getMessage());
        }
        return names;
    }

    /** Waits until it has ended or the time is over; null for no limit. */
    void await(@Nullable Duration limit) throws InterruptedException {
        if (limit == null) {
            subscription.await();
        } else {
            subscription.await(limit);
        }
    }

    @Override
    public void close() {
        subscription.close();
        try {
            Runtime.getRuntime().removeShutdownHook(onCtrlC);
        } catch (IllegalStateException e) {
            // The program is being ended, and closes this in its own way.
        }
    }
}

package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Carries out accepted commands on devices as their {@link Temper}s define, and publishes their reports. */
final class DeviceActions {
    private final Clock clock;
    private final Agenda agenda;
    private final Quirks quirks;
    private final Consumer<DeviceReport> publisher;
    private final AtomicLong reports = new AtomicLong();

    DeviceActions(Clock clock, Agenda agenda, Quirks quirks, Consumer<DeviceReport> publisher) {
        this.clock = clock;
        this.agenda = agenda;
        this.quirks = quirks;
        this.publisher = publisher;
    }

    /** Passes accepted values to a device. */
    void command(FakeDevice device, Map<String, JsonNode> accepted) {
        Temper temper = device.temper();
        if (temper.actingDelay().isZero()) {
            act(device, temper, accepted);
        } else {
            agenda.at(clock.instant().plus(temper.actingDelay()), () -> act(device, temper, accepted));
        }
    }

    /** Reports a value that a device sends on its own. */
    void report(FakeDevice device, String code, Object value) {
        Instant now = clock.instant();
        device.report(code, value, now);
        publish(device, device.temper(), Map.of(code, Json.tree(value)), now);
    }

    private void act(FakeDevice device, Temper temper, Map<String, JsonNode> accepted) {
        Instant now = clock.instant();
        Map<String, JsonNode> held = new LinkedHashMap<>();
        accepted.forEach((code, value) -> {
            if (temper.acts()) {
                JsonNode taken = temper.held(code, value);
                device.carryOut(code, taken, now);
                held.put(code, taken);
            } else {
                held.put(code, Json.tree(device.status(code)));
            }
        });
        publish(device, temper, held, now);
    }

    private void publish(FakeDevice device, Temper temper, Map<String, JsonNode> values, Instant now) {
        DeviceReport report = new DeviceReport(
                reports.incrementAndGet(), device, values, quirks.has(Quirk.ZERO_TIMES) ? 0 : temper.deviceMillis(now));
        for (int i = 0; i < temper.messages(); i++) {
            if (temper.reportingDelay().isZero()) {
                publisher.accept(report);
            } else {
                agenda.at(now.plus(temper.reportingDelay()), () -> publisher.accept(report));
            }
        }
    }
}

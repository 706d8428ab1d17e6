package io.github.tuyacloud.examples;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.model.CheckUpReport;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.EventType;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.model.Usage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts results of the library to the tables of the demo. */
final class Tables {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Map<String, String> SOURCES =
            Map.of("1", "device", "2", "app", "3", "API", "4", "cloud", "-1", "unknown");

    private Tables() {}

    static Table devices(List<Device> devices, boolean showKeys) {
        Table table = showKeys
                ? new Table("NAME", "ID", "STATE", "CATEGORY", "PRODUCT", "LOCAL_KEY")
                : new Table("NAME", "ID", "STATE", "CATEGORY", "PRODUCT");
        for (Device device : devices) {
            List<@Nullable Object> cells = new ArrayList<>(
                    Arrays.asList(device.name(), device.id(), state(device), device.category(), device.productName()));
            if (showKeys) {
                cells.add(device.key());
            }
            table.row(cells.toArray());
        }
        return table;
    }

    /** Returns the devices with their local keys, without columns that would make the lines too long. */
    static Table keys(List<Device> devices) {
        Table table = new Table("NAME", "ID", "STATE", "LOCAL_KEY");
        devices.forEach(device -> table.row(device.name(), device.id(), state(device), device.key()));
        return table;
    }

    private static String state(Device device) {
        return device.online() ? "online" : "offline";
    }

    /** Returns raw values with their meaning, if the device's specification defines it. */
    static Table status(DeviceStatus status, DpMapping mapping) {
        Table table = new Table("CODE", "VALUE", "MEANING");
        for (DataPoint point : status.dataPoints()) {
            table.row(
                    point.code(),
                    point.value(),
                    mapping.dps().containsKey(String.valueOf(point.code()))
                            ? point.describe(mapping).text()
                            : null);
        }
        return table;
    }

    /** Returns log entries, numbered from {@code first}. */
    static Table log(List<LogEntry> entries, int first) {
        Table table = new Table("ENTRY", "TIME", "EVENT", "CODE", "VALUE", "FROM");
        int number = first;
        for (LogEntry entry : entries) {
            table.row(
                    number++,
                    entry.eventTime(),
                    event(entry),
                    entry.code(),
                    entry.value(),
                    SOURCES.getOrDefault(String.valueOf(entry.eventFrom()), entry.eventFrom()));
        }
        return table;
    }

    static Table usage(Usage usage) {
        Table table = new Table("REQUESTS", "CALL");
        usage.byEndpoint().forEach((endpoint, requests) -> table.row(requests, endpoint));
        return table.row(usage.total(), "total");
    }

    static Table checkUp(CheckUpReport report) {
        Table table = new Table("SUBJECT", "OUTCOME", "CODE", "DETAIL", "ADVICE");
        report.findings()
                .forEach(finding -> table.row(
                        finding.subject().title(),
                        finding.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        finding.code(),
                        finding.detail(),
                        finding.advice()));
        return table;
    }

    static Table responses(RegionReport report) {
        Table table = new Table("REGION", "ENDPOINT", "RESPONSE");
        report.responses()
                .forEach(response -> table.row(
                        response.region() == null ? null : response.region().code(),
                        response.endpoint(),
                        response.text()));
        return table;
    }

    static Table regions() {
        Table table = new Table("CODE", "ALIASES", "DATA CENTER", "HOST");
        for (Region region : Region.values()) {
            table.row(region.code(), String.join(", ", region.aliases()), region.description(), region.host());
        }
        return table;
    }

    /** Formats a time in the zone of this machine. */
    static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : TIME.format(moment);
    }

    private static String event(LogEntry entry) {
        return entry.eventType() == null || entry.eventType() == EventType.OTHER
                ? "event " + entry.eventId()
                : entry.eventType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

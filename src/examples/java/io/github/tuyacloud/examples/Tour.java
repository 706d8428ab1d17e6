package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.DeviceStatus;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * The demo without arguments: lists devices, reads one, switches it, reads its log, and prints the number of requests.
 */
final class Tour {

    private static final int LOG_PAGE = 5;

    private final TuyaCloud cloud;
    private final boolean readOnly;
    private final PrintStream out;

    Tour(TuyaCloud cloud, boolean readOnly, PrintStream out) {
        this.cloud = cloud;
        this.readOnly = readOnly;
        this.out = out;
    }

    void run() {
        title("1. All devices: cloud.getDevices()");
        List<Device> devices = cloud.getDevices();
        out.println(Tables.devices(devices, false));
        Optional<Device> chosen = choose(devices);
        if (chosen.isEmpty()) {
            out.println("  There are no devices. Link your app account in the console: Devices > Link App Account.");
            return;
        }
        String id = chosen.get().id();
        String name = "\"" + chosen.get().name() + "\"";
        title("2. The status of " + name + ": cloud.getStatus(id), cloud.getDps(id)");
        DeviceStatus status = cloud.getStatus(id);
        out.println(Tables.status(status, DemoCommand.meanings(cloud, id)));
        title("3. A command to " + name + ": cloud.sendCommand(id, command)");
        command(id, status);
        title("4. The log of " + name + ": cloud.getDeviceLog(id, query)");
        log(id);
        title("5. What this cost: cloud.usage()");
        out.println(Tables.usage(cloud.usage()));
    }

    /** Returns a device that is online and has values; if there is no such device, any device. */
    private static Optional<Device> choose(List<Device> devices) {
        return devices.stream()
                .filter(Device::online)
                .filter(device -> !device.status().isEmpty())
                .findFirst()
                .or(() -> devices.stream().filter(Device::online).findFirst())
                .or(() -> devices.stream().findFirst());
    }

    private void command(String id, DeviceStatus before) {
        if (readOnly) {
            out.println("  Skipped: these are real devices, and the tour only reads them.");
            return;
        }
        Optional<DataPoint> found = before.dataPoints().stream()
                .filter(point -> String.valueOf(point.code()).startsWith("switch"))
                .filter(point -> point.value() instanceof Boolean)
                .findFirst();
        if (found.isEmpty()) {
            out.println("  Skipped: this device has no switch.");
            return;
        }
        String code = String.valueOf(found.get().code());
        boolean wanted = !before.isTrue(code);
        out.println("  before: " + code + " = " + Terminal.line(before.get(code)));
        cloud.sendCommand(id, Command.of(code, wanted));
        out.println("  sent:   " + code + " = " + wanted);
        out.println(
                "  after:  " + code + " = " + Terminal.line(cloud.getStatus(id).get(code)));
    }

    private void log(String id) {
        DeviceLogQuery.Builder query = DeviceLogQuery.builder().start(-7).size(LOG_PAGE);
        DeviceLog first = cloud.getDeviceLog(id, query.build());
        if (first.logs().isEmpty()) {
            out.println("  There are no entries in the last seven days.");
            return;
        }
        out.println(Tables.log(first.logs(), 1));
        String rowKey = first.nextRowKey();
        if (rowKey == null) {
            out.println("  There is no second page.");
            return;
        }
        out.println("  End of page 1. Page 2 starts at row key " + Terminal.line(rowKey) + ":");
        DeviceLog second = cloud.getDeviceLog(id, query.startRowKey(rowKey).build());
        out.println(Tables.log(second.logs(), 1 + first.logs().size()));
        out.println("  (Pages are small to show paging; the library reads up to 100 entries each.)");
    }

    private void title(String text) {
        out.println();
        out.println(text);
    }
}

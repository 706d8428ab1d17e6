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

/** What the demo does without arguments: lists devices, reads one, switches it, reads its log, and says what that cost. */
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
        out.println(Tables.devices(devices));
        Optional<Device> chosen = choose(devices);
        if (chosen.isEmpty()) {
            out.println("  There is none. Link your app account in the console: Devices > Link App Account.");
            return;
        }
        String id = chosen.get().id();
        String name = "\"" + chosen.get().name() + "\"";
        title("2. The status of " + name + ": cloud.getStatus(id)");
        DeviceStatus status = cloud.getStatus(id);
        out.println(Tables.status(status));
        title("3. A command to " + name + ": cloud.sendCommand(id, Command.of(code, value))");
        command(id, status);
        title("4. The log of " + name + " in two pages: cloud.getDeviceLog(id, query)");
        log(id);
        title("5. What this cost: cloud.usage()");
        out.println(Tables.usage(cloud.usage()));
    }

    /** One that is online and has values to show, if there is such a device. */
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
            out.println("  Left out: these are real devices, and the demo only reads them.");
            return;
        }
        Optional<DataPoint> found = before.dataPoints().stream()
                .filter(point -> String.valueOf(point.code()).startsWith("switch"))
                .filter(point -> point.value() instanceof Boolean)
                .findFirst();
        if (found.isEmpty()) {
            out.println("  Left out: this device has no switch.");
            return;
        }
        String code = String.valueOf(found.get().code());
        boolean wanted = !Boolean.TRUE.equals(before.getBoolean(code));
        out.println("  before: " + code + " = " + before.get(code));
        boolean taken = cloud.sendCommand(id, Command.of(code, wanted));
        out.println(
                "  sent:   " + code + " = " + wanted + (taken ? ", and the cloud took it" : ", but it was not taken"));
        out.println("  after:  " + code + " = " + cloud.getStatus(id).get(code));
    }

    private void log(String id) {
        DeviceLogQuery.Builder query = DeviceLogQuery.builder().start(-7).size(LOG_PAGE);
        DeviceLog first = cloud.getDeviceLog(id, query.build());
        if (first.logs().isEmpty()) {
            out.println("  It has logged nothing in the last seven days.");
            return;
        }
        out.println(Tables.log(first.logs(), 1));
        String rowKey = first.nextRowKey();
        if (rowKey == null) {
            out.println("  That is all: there is no second page.");
            return;
        }
        out.println("  Page 1 ends here, and says that page 2 begins at row key " + rowKey + ":");
        DeviceLog second = cloud.getDeviceLog(id, query.startRowKey(rowKey).build());
        out.println(Tables.log(second.logs(), 1 + first.logs().size()));
        out.println("  (Pages are this small to show the seam. With size(250) the library joins three by itself.)");
    }

    private void title(String text) {
        out.println();
        out.println(text);
    }
}

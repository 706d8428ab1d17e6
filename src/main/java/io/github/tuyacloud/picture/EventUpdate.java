package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;

/** Applies an event about the online state or the name; other events change nothing. */
final class EventUpdate extends SnapshotUpdate {

    private final DeviceEvent event;

    EventUpdate(DevicePicture device, DeviceEvent event) {
        super(device);
        this.event = event;
    }

    @Override
    Snapshot applyTo(Snapshot before) {
        if (event.type() == DeviceEventType.ONLINE || event.type() == DeviceEventType.OFFLINE) {
            return online(before, event.type() == DeviceEventType.ONLINE);
        }
        String name = event.type() == DeviceEventType.NAME_UPDATE
                ? JsonValues.text(event.bizData().get("name"))
                : null;
        return name == null ? before : renamed(before, name);
    }

    private Snapshot online(Snapshot before, boolean online) {
        LateEvents lateEvents = device().lateEvents();
        Report report = context().reportOf(event, online, lateEvents.timesAreWrong());
        context().expectedMessages().arrived(device().id(), "online");
        switch (Ordering.ofReport(before.online(), report)) {
            case APPLY -> {
                if (before.isOnline() != online) {
                    changed(new LiveChange.OnlineUpdate(device(), online, report.time(), report.messageId()));
                }
                return new Snapshot(before.device(), Point.reported(report), before.name(), before.points());
            }
            case LATE -> {
                context().countLate();
                if (before.isOnline() != online) {
                    lateEvents.add(online);
                    context()
                            .requestRead(
                                    "a message about a device's online state arrived late", lateEvents.outdatedCount());
                }
                return before;
            }
            default -> {
                return before;
            }
        }
    }

    private Snapshot renamed(Snapshot before, String name) {
        Report report = context().reportOf(event, name, device().lateEvents().timesAreWrong());
        Ordering.Decision decision = Ordering.ofReport(before.name(), report);
        if (decision == Ordering.Decision.LATE && !name.equals(before.nameText())) {
            context().requestRead("a message about a device's name arrived late", 0);
        }
        if (decision != Ordering.Decision.APPLY) {
            return before;
        }
        if (!name.equals(before.nameText())) {
            changed(new LiveChange.Renamed(device(), before.nameText(), name, report.messageId()));
        }
        return new Snapshot(before.device(), before.online(), Point.reported(report), before.points());
    }
}

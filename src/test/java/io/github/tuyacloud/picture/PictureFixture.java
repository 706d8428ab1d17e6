package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.DeviceEventType;
import io.github.tuyacloud.messages.MessageHeader;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture of one device without a connection, and messages for it. */
final class PictureFixture {

    final ManualTime clock = new ManualTime();
    final ServerTime time = new ServerTime(clock, clock::nanoTime);
    final List<String> requestedReads = new ArrayList<>();
    final PictureContext context = new PictureContext(
            time,
            new Listeners(),
            new ReadDelivery(time, null, () -> {}),
            (device, timeout, commands) -> {
                throw new UnsupportedOperationException();
            },
            wanted -> requestedReads.add(wanted.reason() + " in " + wanted.delay()),
            () -> {});
    final DevicePicture device;
    private int messages;

    /** Creates the picture of a device just listed with one value. */
    PictureFixture(String code, Object value) {
        device = new DevicePicture(
                listed("Plug", true), status(code, value), clock.instant(), context, context.names("p1"));
    }

    static Device listed(String name, boolean online) {
        return Device.fromMap(Map.of("id", "d1", "name", name, "online", online, "product_id", "p1"));
    }

    static DeviceStatus status(String code, Object value) {
        return new DeviceStatus(List.of(new DataPoint(code, value)));
    }

    Instant now() {
        return clock.instant();
    }

    void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    List<LiveChange> report(String code, Object value, @Nullable Instant deviceTime) {
        return device.report(message(code, null, value, deviceTime, now())).changes();
    }

    StatusReport message(
            @Nullable String code,
            @Nullable Integer dpId,
            Object value,
            @Nullable Instant deviceTime,
            @Nullable Instant published) {
        return new StatusReport(
                header(published),
                "d1",
                "p1",
                null,
                List.of(new DataPointChange(code, dpId, value, deviceTime, Map.of())),
                Map.of());
    }

    List<LiveChange> event(DeviceEventType type, @Nullable Instant eventTime, Map<String, Object> bizData) {
        return device.event(new DeviceEvent(
                        header(now()), type, type.bizCodes().get(0), "d1", "p1", eventTime, bizData, Map.of()))
                .changes();
    }

    private MessageHeader header(@Nullable Instant published) {
        return new MessageHeader("m" + ++messages, 4, published, published, 0, "d1", Map.of(), Map.of());
    }

    @Nullable
    Object value(String code) {
        return device.status().get(code);
    }
}

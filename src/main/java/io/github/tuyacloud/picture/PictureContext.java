package io.github.tuyacloud.picture;

import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.PropertyMessage;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state shared by all devices of a picture: time, listeners, mappings, doubts, and plausibility checks of the times
 * in messages; thread-safe.
 */
final class PictureContext {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MAX_DOUBLINGS = 6;

    private final ServerTime time;
    private final Listeners listeners;
    private final ReadDelivery readDelivery;
    private final CommandSender sender;
    private final Consumer<ReadRequest> onReadRequest;
    private final Map<String, DpMapping> mappings = new ConcurrentHashMap<>();
    private final Map<String, PointNames> names = new ConcurrentHashMap<>();
    private final Doubts doubts;
    private final ExpectedMessages expectedMessages;
    private final LongAdder lateReports = new LongAdder();

    /** A request to read all devices. */
    record ReadRequest(String reason, Duration delay) {}

    /** Sends commands. */
    @FunctionalInterface
    interface CommandSender {
        CommandOutcome send(DevicePicture device, Duration timeout, List<Command> commands);
    }

    PictureContext(
            ServerTime time,
            Listeners listeners,
            ReadDelivery readDelivery,
            CommandSender sender,
            Consumer<ReadRequest> onReadRequest,
            Runnable wakeSynchronizer) {
        this.time = time;
        this.listeners = listeners;
        this.readDelivery = readDelivery;
        this.sender = sender;
        this.onReadRequest = onReadRequest;
        this.doubts = new Doubts(time, wakeSynchronizer);
        this.expectedMessages = new ExpectedMessages(time, wakeSynchronizer);
    }

    ServerTime time() {
        return time;
    }

    Listeners listeners() {
        return listeners;
    }

    ReadDelivery readDelivery() {
        return readDelivery;
    }

    CommandSender sender() {
        return sender;
    }

    Doubts doubts() {
        return doubts;
    }

    ExpectedMessages expectedMessages() {
        return expectedMessages;
    }

    Map<String, DpMapping> mappings() {
        return mappings;
    }

    /** Adds the mapping of a product. */
    void addMapping(String productId, DpMapping mapping) {
        mappings.put(productId, mapping);
        names(productId).learn(mapping);
    }

    /** Returns the names of a product's data points; a device without a product id gets an instance of its own. */
    PointNames names(@Nullable String productId) {
        return productId == null ? new PointNames() : names.computeIfAbsent(productId, product -> new PointNames());
    }

    /**
     * Requests a read of all devices because of a message. The delay doubles with each earlier read that was
     * unnecessary.
     */
    void requestRead(String reason, int needlessBefore) {
        onReadRequest.accept(new ReadRequest(reason, SOON.multipliedBy(1L << Math.min(MAX_DOUBLINGS, needlessBefore))));
    }

    void countLate() {
        lateReports.increment();
    }

    long lateReports() {
        return lateReports.sum();
    }

    /** Returns the report of one value in a message, with plausible times only. */
    Report reportOf(DataPointMessage message, int index, Instant now, boolean clockIsWrong) {
        Instant stated = message.dataPoints().get(index).time();
        return new Report(
                message.dataPoints().get(index).value(),
                clockIsWrong ? null : Report.trusted(stated, rawTime(message, index, stated), now),
                asOf(message, now),
                message instanceof PropertyMessage ? Report.MessageSet.NEWER : Report.MessageSet.OLDER,
                message.header().redeliveryCount() > 0,
                message.header().messageId());
    }

    /**
     * Returns the report in an event, with plausible times only. Some events of the older message set have their time
     * inside their data.
     */
    Report reportOf(DeviceEvent event, Object value, boolean clockIsWrong) {
        Instant now = time.now();
        Object raw = event.payload().get("ts");
        Instant stated = event.time();
        if (stated == null || stated.toEpochMilli() <= 0) {
            raw = event.bizData().get("time");
            stated = JsonValues.instant(JsonValues.wholeNumber(raw));
        }
        return new Report(
                value,
                clockIsWrong ? null : Report.trusted(stated, raw, now),
                asOf(event, now),
                event.bizCode().startsWith("device") ? Report.MessageSet.NEWER : Report.MessageSet.OLDER,
                event.header().redeliveryCount() > 0,
                event.header().messageId());
    }

    private static Instant asOf(LiveMessage message, Instant now) {
        Instant published = message.header().publishTime();
        return published == null || published.isAfter(now.plus(Report.MAX_AHEAD)) ? now : published;
    }

    /** Returns the number from which a time was read; needed only to recognize times in seconds. */
    private static @Nullable Object rawTime(DataPointMessage message, int index, @Nullable Instant stated) {
        if (stated == null || stated.getNano() != 0) {
            return null;
        }
        if (message instanceof StatusReport) {
            return itemOf(message.payload().get("status"), index, "t");
        }
        Map<String, @Nullable Object> data = JsonValues.object(message.payload().get("bizData"));
        return data == null ? null : itemOf(data.get("properties"), index, "time");
    }

    private static @Nullable Object itemOf(@Nullable Object list, int index, String name) {
        Map<String, @Nullable Object> item =
                list instanceof List<?> items && index < items.size() ? JsonValues.object(items.get(index)) : null;
        return item == null ? null : item.get(name);
    }
}

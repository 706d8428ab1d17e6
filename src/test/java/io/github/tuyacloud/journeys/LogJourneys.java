package io.github.tuyacloud.journeys;

import static io.github.tuyacloud.fake.DemoWorld.LAMP;
import static io.github.tuyacloud.fake.DemoWorld.PLUG;
import static io.github.tuyacloud.fake.DemoWorld.SENSOR;

import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.EventType;
import io.github.tuyacloud.model.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Journeys through logs and live messages. */
final class LogJourneys {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private LogJourneys() {}

    static List<Journey> all() {
        return List.of(
                new Journey("log", (world, facts) -> log(facts, world.cloud.getDeviceLog(PLUG))),
                new Journey("empty log", (world, facts) -> log(facts, world.cloud.getDeviceLog(LAMP))),
                new Journey(
                        "paged log",
                        (world, facts) -> log(
                                facts,
                                world.cloud.getDeviceLog(
                                        SENSOR,
                                        DeviceLogQuery.builder()
                                                .start(-7)
                                                .size(250)
                                                .build()))),
                new Journey(
                        "parallel log",
                        (world, facts) -> log(
                                facts,
                                world.cloud.getDeviceLog(
                                        SENSOR,
                                        DeviceLogQuery.builder()
                                                .start(-2)
                                                .parallel(4)
                                                .build()))),
                new Journey("log as a stream", LogJourneys::stream),
                new Journey(
                        "log of some events",
                        (world, facts) -> log(
                                facts,
                                world.cloud.getDeviceLog(
                                        PLUG,
                                        DeviceLogQuery.builder()
                                                .start(-7)
                                                .eventTypes(EventType.ONLINE, EventType.OFFLINE)
                                                .build()))),
                new Journey(
                        "log of some codes",
                        (world, facts) -> log(
                                facts,
                                world.cloud.getDeviceLog(
                                        SENSOR,
                                        DeviceLogQuery.builder()
                                                .param("codes", "va_humidity")
                                                .size(5)
                                                .build()))),
                new Journey("reports", LogJourneys::reports),
                new Journey("events", LogJourneys::events));
    }

    private static void log(Facts facts, DeviceLog log) {
        entries(facts, log.logs());
        facts.put("more", log.hasNext());
    }

    private static void entries(Facts facts, List<LogEntry> entries) {
        facts.put("entries", entries.size());
        for (int i = 0; i < entries.size(); i++) {
            facts.entry(String.format("%03d", i), entries.get(i));
        }
    }

    private static void stream(JourneyWorld world, Facts facts) {
        DeviceLogQuery query = DeviceLogQuery.builder().start(-7).build();
        try (Stream<LogEntry> log = world.cloud.streamDeviceLog(SENSOR, query)) {
            entries(facts, log.limit(300).toList());
        }
    }

    @SuppressWarnings("try")
    private static void reports(JourneyWorld world, Facts facts) throws InterruptedException {
        List<LiveMessage> messages = new CopyOnWriteArrayList<>();
        try (MessageSubscription subscription = subscribe(world, messages)) {
            world.cloud.sendCommand(LAMP, Command.of("bright_value_v2", 700));
            world.fake.report(SENSOR, "va_humidity", 55);
            facts.put("acknowledged", world.fake.messages().awaitAcknowledged(2, TIMEOUT));
        }
        for (LiveMessage message : messages) {
            ((DataPointMessage) message).dataPoints().forEach(change -> {
                facts.put(message.deviceId() + "." + change.code(), change.value() + " dp " + change.dpId());
                facts.put(message.deviceId() + "." + change.code() + ".time", change.time());
            });
        }
    }

    @SuppressWarnings("try")
    private static void events(JourneyWorld world, Facts facts) throws InterruptedException {
        List<LiveMessage> messages = new CopyOnWriteArrayList<>();
        try (MessageSubscription subscription = subscribe(world, messages)) {
            world.fake.messages().pushEvent(PLUG, "offline", Map.of("time", JourneyWorld.NOW.getEpochSecond()));
            world.fake.messages().pushEvent(LAMP, "nameUpdate", Map.of("name", "Reading lamp"));
            facts.put("acknowledged", world.fake.messages().awaitAcknowledged(2, TIMEOUT));
        }
        for (LiveMessage message : messages) {
            DeviceEvent event = (DeviceEvent) message;
            facts.put(event.deviceId() + "." + event.bizCode(), event.type() + " " + event.bizData());
            facts.put(event.deviceId() + ".time", event.time());
        }
    }

    private static MessageSubscription subscribe(JourneyWorld world, List<LiveMessage> messages)
            throws InterruptedException {
        MessageSubscription subscription = world.cloud
                .messages()
                .subscribe(
                        messages::add,
                        SubscriptionOptions.builder()
                                .endpoint(world.fake.messages().endpoint())
                                .build());
        if (!world.fake.messages().awaitConnections(1, TIMEOUT)) {
            throw new IllegalStateException("the subscription did not connect: " + subscription.state());
        }
        return subscription;
    }
}

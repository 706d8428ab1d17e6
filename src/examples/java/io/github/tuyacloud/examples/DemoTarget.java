package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.messages.MessageSubscriptionBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cloud that the demo talks to: the real one of a {@code tinytuya.json}, or a fake one when there is no such file. */
final class DemoTarget implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final @Nullable FakeTuyaCloud fake;
    private final TuyaCloud cloud;
    private final String description;

    private DemoTarget(@Nullable FakeTuyaCloud fake, TuyaCloud cloud, String description) {
        this.fake = fake;
        this.cloud = cloud;
        this.description = description;
    }

    static DemoTarget open(Path configFile) {
        return open(configFile, TuyaCloud.builder());
    }

    /** The same, with each answer noted. */
    static DemoTarget open(Path configFile, Progress progress) {
        return open(configFile, TuyaCloud.builder().httpClient(progress.client()));
    }

    private static DemoTarget open(Path configFile, TuyaCloudBuilder builder) {
        if (Files.exists(configFile)) {
            return new DemoTarget(
                    null,
                    builder.configFile(configFile).build(),
                    "The Tuya cloud, with the key of " + configFile + ".");
        }
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        TuyaCloud cloud = builder.endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .build();
        return new DemoTarget(
                fake,
                cloud,
                "A fake Tuya cloud on " + fake.endpoint() + ", because there is no " + configFile + " here.");
    }

    TuyaCloud cloud() {
        return cloud;
    }

    /** Begins a subscription to its live messages. */
    MessageSubscriptionBuilder messages() {
        return fake == null
                ? cloud.messages()
                : cloud.messages().endpoint(fake.messages().endpoint());
    }

    /** Whether real devices are at stake. */
    boolean isReal() {
        return fake == null;
    }

    /** Waits for one who listens, lets a fake cloud's devices do a few things, and waits until that one has noted them. */
    void act() throws InterruptedException {
        if (fake == null) {
            throw new IllegalStateException("real devices do what they like");
        }
        boolean heard = fake.messages().awaitConnections(1, PATIENCE);
        fake.report(DemoWorld.PLUG, "switch_1", true)
                .report(DemoWorld.PLUG, "cur_power", 605)
                .report(DemoWorld.SENSOR, "va_temperature", 221);
        fake.messages().pushEvent(DemoWorld.OFFLINE_PLUG, "online", Map.of());
        if (!heard || !fake.messages().awaitAcknowledged(4, PATIENCE)) {
            throw new IllegalStateException("the fake cloud's messages did not arrive");
        }
    }

    /** One line for people. */
    String description() {
        return description;
    }

    @Override
    public void close() {
        cloud.close();
        if (fake != null) {
            fake.close();
        }
    }
}

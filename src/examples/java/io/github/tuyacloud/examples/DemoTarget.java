package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.CheckUpReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cloud that the demo calls: the real one if there is an endpoint, or a key in the environment or in {@code
 * tinytuya.json}; otherwise a fake one.
 */
final class DemoTarget implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final @Nullable FakeTuyaCloud fake;
    private final TuyaCloud cloud;
    private final String description;

    private DemoTarget(@Nullable FakeTuyaCloud fake, TuyaCloud cloud, String description) {
        this.fake = fake;
        this.cloud = cloud;
        this.description = description;
    }

    static DemoTarget open(DemoConfig config, DemoOptions options) {
        return open(config, options, TuyaCloud.builder());
    }

    /** Like {@link #open(DemoConfig, DemoOptions)}, but counts the responses. */
    static DemoTarget open(DemoConfig config, DemoOptions options, Progress progress) {
        return open(config, options, TuyaCloud.builder().httpClient(progress.client()));
    }

    private static DemoTarget open(DemoConfig config, DemoOptions options, TuyaCloudBuilder builder) {
        options.apply(builder);
        Path configFile = config.file();
        if (config.isInEnvironment()) {
            return new DemoTarget(null, builder.build(), "The Tuya cloud, with the key of the environment.");
        }
        if (Files.exists(configFile)) {
            return new DemoTarget(
                    null,
                    builder.configFile(configFile).build(),
                    "The Tuya cloud, with the key of " + configFile + ".");
        }
        if (options.endpoint() != null) {
            return new DemoTarget(null, builder.build(), "The cloud at " + options.endpoint() + ".");
        }
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        TuyaCloud cloud = builder.endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret())
                .build();
        return new DemoTarget(
                fake, cloud, "A fake Tuya cloud, because there is no " + configFile.getFileName() + " in this folder.");
    }

    TuyaCloud cloud() {
        return cloud;
    }

    /** Checks what the project can do. */
    CheckUpReport checkUp() {
        return fake == null ? cloud.checkUp() : cloud.checkUp(fake.messages().endpoint());
    }

    /** Returns whether its devices are real. */
    boolean isReal() {
        return fake == null;
    }

    /** Waits for a subscriber, has the fake devices report a few changes, and waits until they have been handled. */
    void act() throws InterruptedException {
        if (fake == null) {
            throw new IllegalStateException("only a fake cloud invents changes");
        }
        boolean heard = fake.messages().awaitConnections(1, TIMEOUT);
        fake.report(DemoWorld.PLUG, "switch_1", true)
                .report(DemoWorld.PLUG, "cur_power", 605)
                .report(DemoWorld.SENSOR, "va_temperature", 221);
        fake.messages().pushEvent(DemoWorld.OFFLINE_PLUG, "online", Map.of());
        if (!heard || !fake.messages().awaitAcknowledged(4, TIMEOUT)) {
            throw new IllegalStateException("the fake cloud's messages did not arrive");
        }
    }

    /** Returns a line that names the cloud. */
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

package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The cloud that the demo talks to: the real one of a {@code tinytuya.json}, or a fake one when there is no such file. */
final class DemoTarget implements AutoCloseable {

    private final @Nullable FakeTuyaCloud fake;
    private final TuyaCloud cloud;
    private final String description;

    private DemoTarget(@Nullable FakeTuyaCloud fake, TuyaCloud cloud, String description) {
        this.fake = fake;
        this.cloud = cloud;
        this.description = description;
    }

    static DemoTarget open(Path configFile) {
        if (Files.exists(configFile)) {
            return new DemoTarget(
                    null, new TuyaCloud(configFile), "The Tuya cloud, with the key of " + configFile + ".");
        }
        FakeTuyaCloud fake = FakeTuyaCloud.start();
        TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(fake.endpoint())
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

    /** Whether real devices are at stake. */
    boolean isReal() {
        return fake == null;
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

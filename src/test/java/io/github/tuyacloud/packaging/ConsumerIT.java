package io.github.tuyacloud.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that programs work on the class path and on the module path, and that their JVMs end. */
class ConsumerIT {
    /** The time for a JVM to end after main returned; a non-daemon thread would keep it alive for a minute. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private static final String MODULE_INFO = """
            module consumer {
                requires io.github.tuyacloud;

                exports consumer;
            }
            """;

    private static final String MODULE_INFO_WITH_THE_FAKE = """
            module consumer {
                requires io.github.tuyacloud;
                requires io.github.tuyacloud.fake;
            }
            """;

    /** Arguments: endpoint, key, secret, and whether to close the client. */
    private static final String EVERYTHING = """
            package consumer;

            import io.github.tuyacloud.TuyaCloud;
            import io.github.tuyacloud.model.Command;
            import io.github.tuyacloud.model.Device;
            import java.util.List;

            public final class Main {
                public record Named(String id, String name) {}

                private Main() {}

                public static void main(String[] args) {
                    TuyaCloud cloud = TuyaCloud.builder().endpoint(args[0]).apiKey(args[1]).apiSecret(args[2]).build();
                    List<Device> devices = cloud.getDevices();
                    Device lamp = devices.stream()
                            .filter(device -> cloud.getStatus(device.id()).getBoolean("switch_1") != null)
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no switch_1 among " + devices));
                    System.out.println("lamp: " + lamp.id() + " " + lamp.name());
                    System.out.println("sent: " + cloud.sendCommand(lamp.id(), Command.of("switch_1", true)));
                    System.out.println("on: " + cloud.getStatus(lamp.id()).getBoolean("switch_1"));
                    System.out.println("sent: " + cloud.sendCommand(lamp.id(), Command.of("switch_1", false)));
                    System.out.println("on: " + cloud.getStatus(lamp.id()).getBoolean("switch_1"));
                    System.out.println("log: " + (cloud.getDeviceLog(lamp.id()).logs().size() > 0));
                    Named named = cloud.cloudRequest("/v1.0/devices/" + lamp.id()).result(Named.class);
                    System.out.println("same: " + named.equals(new Named(lamp.id(), lamp.name())));
                    if (Boolean.parseBoolean(args[3])) {
                        cloud.close();
                    }
                    System.out.println("module: " + TuyaCloud.class.getModule().getName());
                    System.out.println("main returns at " + System.currentTimeMillis());
                }
            }
            """;

    private static final String ONE_CALL = """
            package consumer;

            import io.github.tuyacloud.TuyaCloud;

            public final class Main {
                public static void main(String[] args) {
                    TuyaCloud cloud = TuyaCloud.builder().endpoint(args[0]).apiKey(args[1]).apiSecret(args[2]).build();
                    System.out.println("devices: " + (cloud.getDevices().size() > 0));
                    System.out.println("main returns at " + System.currentTimeMillis());
                }
            }
            """;

    private static final String WITH_THE_FAKE = """
            package consumer;

            import io.github.tuyacloud.TuyaCloud;
            import io.github.tuyacloud.fake.FakeTuyaCloud;

            public final class Main {
                public static void main(String[] args) throws Exception {
                    try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                            TuyaCloud cloud = TuyaCloud.builder()
                                    .endpoint(fake.endpoint())
                                    .apiKey(fake.apiKey())
                                    .apiSecret(fake.apiSecret())
                                    .build()) {
                        System.out.println("devices: " + (cloud.getDevices().size() > 0));
                    }
                    System.out.println("main returns at " + System.currentTimeMillis());
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void program_usingEverything_printsTheResultsAndEnds(boolean asModule, boolean closing) throws Exception {
        Consumer consumer = new Consumer(folder, "consumer.Main").source("Main.java", EVERYTHING);
        Consumer.Run run;
        try (FakeTuyaCloud cloud = FakeTuyaCloud.start()) {
            String[] arguments = {cloud.endpoint(), cloud.apiKey(), cloud.apiSecret(), String.valueOf(closing)};
            run = asModule
                    ? consumer.source("module-info.java", MODULE_INFO)
                            .runOnModulePath("consumer", libraryAndDependencies(), arguments)
                    : consumer.runOnClassPath(libraryAndDependencies(), arguments);
        }

        assertThat(run.exitCode()).as("%s", run.lines()).isZero();
        assertThat(run.lines())
                .containsSubsequence(
                        "sent: true",
                        "on: true",
                        "sent: true",
                        "on: false",
                        "log: true",
                        "same: true",
                        "module: " + (asModule ? "io.github.tuyacloud" : "null"));
        assertThat(run.afterMain()).isLessThan(A_MOMENT);
    }

    @Test
    void program_makingOneCall_ends() throws Exception {
        Consumer.Run run;
        try (FakeTuyaCloud cloud = FakeTuyaCloud.start()) {
            run = new Consumer(folder, "consumer.Main")
                    .source("Main.java", ONE_CALL)
                    .runOnClassPath(libraryAndDependencies(), cloud.endpoint(), cloud.apiKey(), cloud.apiSecret());
        }

        assertThat(run.exitCode()).as("%s", run.lines()).isZero();
        assertThat(run.lines()).contains("devices: true");
        assertThat(run.afterMain()).isLessThan(A_MOMENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void program_withTheFakeJar_needsMockWebServerOnly(boolean asModule) throws Exception {
        List<String> jars = libraryAndDependencies();
        jars.add(Packed.fake().toString());
        Packed.testDependencies().stream()
                .filter(jar -> Path.of(jar).getFileName().toString().startsWith("mockwebserver3-"))
                .forEach(jars::add);

        Consumer consumer = new Consumer(folder, "consumer.Main").source("Main.java", WITH_THE_FAKE);
        Consumer.Run run = asModule
                ? consumer.source("module-info.java", MODULE_INFO_WITH_THE_FAKE).runOnModulePath("consumer", jars)
                : consumer.runOnClassPath(jars);

        assertThat(run.exitCode()).as("%s", run.lines()).isZero();
        assertThat(run.lines()).contains("devices: true");
        assertThat(run.afterMain()).isLessThan(A_MOMENT);
    }

    private static List<String> libraryAndDependencies() {
        List<String> jars = new ArrayList<>();
        jars.add(Packed.library().toString());
        jars.addAll(Packed.runtimeDependencies());
        return jars;
    }
}

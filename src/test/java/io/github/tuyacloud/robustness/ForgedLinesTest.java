package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that no id, name or message of the cloud forges a line of the library's log. */
@Timeout(60)
class ForgedLinesTest {

    private static final String HOSTILE = "x\r\nWARN tuyacloud forged\u001b[2J\u202e\u200b\u0085";

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
        fake.close();
    }

    private TuyaCloudBuilder client() {
        return Clients.of(fake);
    }

    private void assertNothingForged(String expected) {
        assertThat(log.warnings()).anyMatch(line -> line.contains(expected));
        assertThat(log.lines("forged")).isNotEmpty().noneMatch(line -> line.startsWith("WARN"));
        assertThat(String.join("", log.warnings())).doesNotContain("\u001b", "\u202e", "\u200b", "\u0085");
    }

    @Test
    void message_ofAHostileDevice_forgesNoLine() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        SubscriptionOptions options = SubscriptionOptions.builder()
                .endpoint(fake.messages().endpoint())
                .redeliveryDelay(Duration.ofMillis(100))
                .build();
        try (TuyaCloud cloud = client().build();
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                message -> {
                                    handled.countDown();
                                    throw new IllegalStateException("no");
                                },
                                options)) {
            assertThat(subscription.awaitConnected(Duration.ofSeconds(10))).isTrue();
            fake.messages().push(HOSTILE, "switch_1", true);
            assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertNothingForged("The handler threw java.lang.IllegalStateException for StatusReport[");
    }

    @Test
    void refusal_withAHostileMessage_forgesNoLine() {
        fake.on("GET", "/v1.0/devices/factory-infos").fail(Fault.code(28841101, HOSTILE));
        try (TuyaCloud cloud = client().build()) {
            cloud.getDevices();
        }

        assertNothingForged("The device list has gaps");
    }

    @Test
    void tokenStore_thatThrowsAHostileMessage_isNotQuoted() {
        TokenStore store = new MemoryTokenStore() {
            @Override
            public Optional<AccessToken> load(String key) {
                throw new IllegalStateException(HOSTILE);
            }
        };
        try (TuyaCloud cloud = client().tokenStore(store).build()) {
            cloud.getStatus(DemoWorld.PLUG);
        }

        assertThat(log.lines("forged")).isEqualTo(List.of());
    }

    @Test
    void exception_aboutAHostilePath_isOneLine() {
        Path file = Path.of("missing\r\nWARN forged\u001b[2J.json");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> DevicesFile.read(file))
                .withMessageContaining("WARN forged")
                .satisfies(e -> assertThat(e.operation() + e.getMessage()).doesNotContainPattern("\\p{Cc}"));
    }
}

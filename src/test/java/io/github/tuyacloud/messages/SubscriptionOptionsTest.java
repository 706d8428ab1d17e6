package io.github.tuyacloud.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the options of a subscription: defaults and limits. */
class SubscriptionOptionsTest {

    private final SubscriptionOptions.Builder builder = SubscriptionOptions.builder();

    @Test
    void builder_withoutOptions_hasTheDefaults() {
        SubscriptionOptions options = builder.build();

        assertThat(options.environment()).isEqualTo(MessageEnvironment.PRODUCTION);
        assertThat(options.subscriptionType()).isEqualTo(SubscriptionType.FAILOVER);
        assertThat(options.subscriptionSuffix()).isEqualTo("sub");
        assertThat(options.receiverQueueSize()).isEqualTo(200);
        assertThat(options.handlerThreads()).isEqualTo(1);
        assertThat(options.redeliveryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.executor()).isNull();
        assertThat(options.endpoint()).isNull();
    }

    @Test
    void toBuilder_withoutChanges_buildsEqualOptions() {
        SubscriptionOptions options = builder.environment(MessageEnvironment.TEST)
                .subscriptionType(SubscriptionType.SHARED)
                .subscriptionSuffix("reports")
                .receiverQueueSize(7)
                .handlerThreads(3)
                .redeliveryDelay(Duration.ofSeconds(2))
                .closeTimeout(Duration.ZERO)
                .executor(Runnable::run)
                .endpoint("ws://localhost:1")
                .build();

        assertThat(options.toBuilder().build()).isEqualTo(options);
        assertThat(options.toBuilder().receiverQueueSize(8).build().receiverQueueSize())
                .isEqualTo(8);
    }

    @Test
    void build_valuesOutOfRange_throws() {
        assertRefused(SubscriptionOptions.builder().receiverQueueSize(0), "receiverQueueSize");
        assertRefused(SubscriptionOptions.builder().receiverQueueSize(1001), "receiverQueueSize");
        assertRefused(SubscriptionOptions.builder().handlerThreads(0), "handlerThreads");
        assertRefused(SubscriptionOptions.builder().handlerThreads(257), "handlerThreads");
        assertRefused(SubscriptionOptions.builder().redeliveryDelay(Duration.ofMillis(99)), "redeliveryDelay");
        assertRefused(SubscriptionOptions.builder().redeliveryDelay(Duration.ofSeconds(61)), "redeliveryDelay");
        assertRefused(SubscriptionOptions.builder().closeTimeout(Duration.ofSeconds(-1)), "closeTimeout");
        assertRefused(SubscriptionOptions.builder().closeTimeout(Duration.ofMinutes(61)), "closeTimeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "..", "a b", "ä"})
    void build_suffixThatIsNotAName_throws(String suffix) {
        assertRefused(builder.subscriptionSuffix(suffix), "subscriptionSuffix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://mqe.tuyaeu.com:8285",
                "ws://127.0.0.1.example.com",
                "https://mqe.tuyaeu.com:8285",
                "wss://user@mqe.tuyaeu.com",
                "wss://mqe.tuyaeu.com/path",
                "wss://mqe.tuyaeu.com?query",
                "mqe.tuyaeu.com",
                "wss://mqe.tuyaeu.com:99999",
                "wss://mqe.tuyaeu.com:65536",
                "wss://mqe.tuyaeu.com:0",
                "ws://localhost:99999",
                "wss://",
                "not a url"
            })
    void build_endpointInvalid_throws(String endpoint) {
        assertRefused(builder.endpoint(endpoint), "endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {" WSS://MQE.tuyaeu.com:8285/ ", "wss://mqe.tuyaeu.com:8285"})
    void build_endpointValid_isNormalized(String endpoint) {
        assertThat(builder.endpoint(endpoint).build().endpoint()).isEqualTo("wss://mqe.tuyaeu.com:8285");
    }

    @Test
    void build_plainEndpointOnALoopbackHost_isAccepted() {
        assertThat(builder.endpoint("ws://localhost:1").build().endpoint()).isEqualTo("ws://localhost:1");
        assertThat(builder.endpoint("ws://[::1]:1").build().endpoint()).isEqualTo("ws://[::1]:1");
    }

    private static void assertRefused(SubscriptionOptions.Builder options, String name) {
        assertThatThrownBy(options::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}

package io.github.tuyacloud.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.support.Clients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks live messages through the public API, from the fake cloud. */
@Timeout(60)
class MessagesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void messages_ofBothKinds_arriveAndTheClientEndsTheSubscription() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            MessageSubscription subscription;
            TuyaCloud cloud = Clients.of(fake).build();
            try (cloud) {
                subscription = cloud.messages().subscribe(message -> {
                    if (message instanceof DataPointMessage report) {
                        report.dataPoints()
                                .forEach(point ->
                                        seen.add(report.deviceId() + " " + point.code() + " = " + point.value()));
                    } else if (message instanceof DeviceEvent event) {
                        seen.add(event.deviceId() + " " + event.type());
                    }
                });
                assertThat(subscription.awaitConnected(SOON)).isTrue();
                fake.messages().push(DemoWorld.PLUG, "switch_1", true).pushEvent(DemoWorld.LAMP, "offline", Map.of());

                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(DemoWorld.PLUG + " switch_1 = true");
                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(DemoWorld.LAMP + " OFFLINE");
            }
            assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
            assertThat(subscription.state().ended()).isTrue();
            assertThat(fake.messages().acknowledged()).isEqualTo(2);
            assertThat(fake.requestCount("GET", "/v1.0/token")).isZero();
            assertThatThrownBy(() -> cloud.messages().subscribe(message -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void of_wordsOfBothMessageSets_returnsTheEventType() {
        for (DeviceEventType type : DeviceEventType.values()) {
            assertThat(type.bizCodes()).allMatch(bizCode -> DeviceEventType.of(bizCode) == type);
        }
        assertThat(DeviceEventType.of("")).isEqualTo(DeviceEventType.OTHER);
    }
}

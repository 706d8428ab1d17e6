package com.example.porch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeCommand;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.messages.MessageSubscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PorchLightTest {
    private static final String STATUS = "/v1.0/iot-03/devices/{id}/status";
    private static final String COMMANDS = "/v1.0/iot-03/devices/{id}/commands";

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final TuyaCloud cloud = TuyaCloud.builder()
            .endpoint(fake.endpoint())
            .apiKey(fake.apiKey())
            .apiSecret(fake.apiSecret())
            .build();
    private final PorchLight light = new PorchLight(cloud, "porch");

    @BeforeEach
    void addThePlug() {
        fake.addDevice(
                FakeDevice.builder("porch", DemoWorld.plug()).name("Porch").build());
    }

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @Test
    void welcome_lightOff_switchesItOnForTenMinutes() {
        assertTrue(light.welcome());

        assertEquals(true, fake.device("porch").status("switch_1"));
        assertEquals(
                List.of("switch_1", "countdown_1"),
                fake.commands("porch").stream().map(FakeCommand::code).toList());
    }

    @Test
    void welcome_lightOn_sendsNothing() {
        fake.device("porch").setStatus("switch_1", true);

        assertTrue(light.welcome());

        assertEquals(0, fake.requestCount("POST", COMMANDS));
    }

    @Test
    void welcome_plugOffline_returnsFalse() {
        fake.device("porch").setOnline(false);

        assertFalse(light.welcome());
    }

    @Test
    void welcome_expiredTokenAndBadGateway_succeeds() {
        fake.on("GET", STATUS).fail(Fault.code(1010, "token is expired")).times(1);
        fake.on("GET", STATUS).fail(Fault.http(502)).times(1);

        assertTrue(light.welcome());

        assertEquals(3, fake.requestCount("GET", STATUS));
        assertEquals(2, fake.tokenRequests());
    }

    @Test
    void welcome_lostResponse_sendsTheCommandOnce() {
        fake.on("POST", COMMANDS).fail(Fault.loseResponse());

        TuyaTransportException failure = assertThrows(TuyaTransportException.class, light::welcome);

        assertEquals(TuyaTransportException.Sent.MAYBE, failure.sent());
        assertEquals(1, fake.requestCount("POST", COMMANDS));
    }

    @Test
    void message_ofTheSensor_switchesTheLightOn() throws InterruptedException {
        try (MessageSubscription subscription = cloud.messages().subscribe(light::onMessage)) {
            assertTrue(subscription.awaitConnected(Duration.ofSeconds(10)));
            fake.messages().push("door", "pir", "pir");
            assertTrue(fake.messages().awaitAcknowledged(1, Duration.ofSeconds(10)));
        }

        assertEquals(true, fake.device("porch").status("switch_1"));
    }
}

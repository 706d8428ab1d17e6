package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tuyacloud.support.ManualTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The base class of tests of the fake cloud itself: a fake cloud with a fixed clock, and a caller that is logged
 * in.
 */
abstract class CalledFake {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static final String STATUS = "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/status";
    static final String COMMANDS = "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands";
    static final String SWITCH_ON = "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}";

    final ManualTime clock = new ManualTime(NOW);
    FakeTuyaCloud fake;
    TestCaller caller;

    @BeforeEach
    void startFakeAndLogIn() {
        fake = FakeTuyaCloud.builder().clock(clock).start();
        caller = new TestCaller(fake, clock).login();
    }

    @AfterEach
    void closeFake() {
        fake.close();
    }

    /** Switches the plug on. */
    final JsonNode command() {
        return caller.send("POST", COMMANDS, SWITCH_ON);
    }
}

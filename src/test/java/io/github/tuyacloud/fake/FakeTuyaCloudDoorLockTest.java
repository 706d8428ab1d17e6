package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks the door locks of the fake cloud: tickets, and opening a door with one. */
@DisplayName("FakeTuyaCloud, door locks")
class FakeTuyaCloudDoorLockTest extends CalledFake {
    private static final String DOOR = "/v1.0/devices/door/door-lock";

    @BeforeEach
    void addLocks() {
        fake.addDevice(FakeDevice.builder("door", DemoWorld.lock()).build())
                .addDevice(FakeDevice.builder("back-door", DemoWorld.lock()).build());
    }

    @Test
    void ticket_decryptedWithTheSecret_hasAKey() throws Exception {
        JsonNode ticket = ticket(DOOR).path("result");

        assertThat(ticket.path("expire_time").longValue()).isEqualTo(300);
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(fake.apiSecret().getBytes(StandardCharsets.UTF_8), "AES"));
        byte[] key =
                cipher.doFinal(HexFormat.of().parseHex(ticket.path("ticket_key").textValue()));
        assertThat(key).asString(StandardCharsets.UTF_8).hasSize(16);
    }

    @Test
    void ticket_valid_opensItsDoorOnce() {
        String id = ticket(DOOR).path("result").path("ticket_id").textValue();

        assertThat(open("/v1.0/devices/back-door/door-lock", id)).isEqualTo(1109);
        assertThat(open(DOOR, id)).isZero();
        assertThat(open(DOOR, id)).isEqualTo(1109);
    }

    @Test
    void ticket_afterFiveMinutes_isRefused() {
        String id = ticket(DOOR).path("result").path("ticket_id").textValue();
        clock.advance(Duration.ofSeconds(301));

        assertThat(open(DOOR, id)).isEqualTo(1109);
    }

    @Test
    void door_withoutTicketOrOffline_staysClosed() {
        assertThat(caller.send("POST", DOOR + "/password-free/open-door", "{}")
                        .path("code")
                        .intValue())
                .isEqualTo(1102);
        assertThat(open(DOOR, "made-up")).isEqualTo(1109);

        String id = ticket(DOOR).path("result").path("ticket_id").textValue();
        fake.device("door").setOnline(false);
        assertThat(open(DOOR, id)).isEqualTo(2001);
    }

    @Test
    void ticket_otherCategory_isRefused() {
        assertThat(ticket("/v1.0/devices/" + DemoWorld.PLUG + "/door-lock")
                        .path("code")
                        .intValue())
                .isEqualTo(2003);
        assertThat(ticket("/v1.0/devices/unknown/door-lock").path("code").intValue())
                .isEqualTo(1106);
    }

    private JsonNode ticket(String door) {
        return caller.send("POST", door + "/password-ticket", "{}");
    }

    /** Returns the code of the response, 0 if the door is open. */
    private int open(String door, String ticketId) {
        return caller.send("POST", door + "/password-free/open-door", "{\"ticket_id\":\"" + ticketId + "\"}")
                .path("code")
                .intValue();
    }
}

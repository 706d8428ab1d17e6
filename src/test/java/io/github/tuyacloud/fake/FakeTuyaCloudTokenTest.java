package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tuyacloud.support.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks tokens of the fake cloud: shared, with remaining time, expired, revoked. */
@DisplayName("FakeTuyaCloud, tokens")
class FakeTuyaCloudTokenTest {
    private static final String TOKEN = "/v1.0/token?grant_type=1";
    private static final String STATUS = "/v1.0/devices/" + DemoWorld.PLUG + "/status";

    private final ManualTime clock = new ManualTime(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void get_again_returnsTheSameTokenWithItsRemainingSeconds() {
        try (FakeTuyaCloud fake = builder().start()) {
            TestCaller caller = new TestCaller(fake, clock);
            JsonNode first = caller.get(TOKEN).path("result");
            clock.advance(Duration.ofMinutes(10));
            JsonNode second = caller.get(TOKEN).path("result");

            assertThat(first.path("expire_time").intValue()).isEqualTo(7200);
            assertThat(second.path("expire_time").intValue()).isEqualTo(6600);
            assertThat(second.path("access_token")).isEqualTo(first.path("access_token"));
            assertThat(second.path("access_token").textValue()).matches("[0-9a-f]{32}");
            assertThat(second.path("uid").textValue()).isNotEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void get_afterExpiry_returnsANewToken() {
        try (FakeTuyaCloud fake = builder().tokenLifetime(Duration.ofMinutes(1)).start()) {
            TestCaller caller = new TestCaller(fake, clock).login();
            String old = caller.token();
            clock.advance(Duration.ofMinutes(1));

            assertThat(caller.get(STATUS).path("code").intValue()).isEqualTo(1010);
            assertThat(caller.login().token()).isNotEqualTo(old);
            assertThat(caller.get(STATUS).path("success").booleanValue()).isTrue();
        }
    }

    @Test
    void get_mintNewTokenEachTime_invalidatesThePreviousOne() {
        try (FakeTuyaCloud fake = builder().mintNewTokenEachTime(true).start()) {
            TestCaller first = new TestCaller(fake, clock).login();
            TestCaller second = new TestCaller(fake, clock).login();

            assertThat(first.get(STATUS).path("code").intValue()).isEqualTo(1010);
            assertThat(second.get(STATUS).path("success").booleanValue()).isTrue();
        }
    }

    @Test
    void refresh_once_returnsANewPairAndInvalidatesTheOld() {
        try (FakeTuyaCloud fake = builder().start()) {
            TestCaller caller = new TestCaller(fake, clock).login();
            String refreshToken =
                    caller.get(TOKEN).path("result").path("refresh_token").textValue();
            JsonNode refreshed = caller.get("/v1.0/token/" + refreshToken).path("result");

            assertThat(refreshed.path("access_token").textValue()).isNotEqualTo(caller.token());
            assertThat(caller.get(STATUS).path("code").intValue()).isEqualTo(1010);
            assertThat(caller.get("/v1.0/token/" + refreshToken).path("code").intValue())
                    .isEqualTo(1011);
        }
    }

    @Test
    void get_otherGrantType_isRefused() {
        try (FakeTuyaCloud fake = builder().start()) {
            TestCaller caller = new TestCaller(fake, clock);

            assertThat(caller.get("/v1.0/token?grant_type=2").path("code").intValue())
                    .isEqualTo(1003);
            assertThat(caller.get("/v1.0/token").path("code").intValue()).isEqualTo(1102);
        }
    }

    @Test
    void expireTokens_nextUse_isRefusedAndNextGetIsNew() {
        try (FakeTuyaCloud fake = builder().start()) {
            TestCaller caller = new TestCaller(fake, clock).login();
            String old = caller.token();
            fake.expireTokens();

            JsonNode refused = caller.get(STATUS);
            assertThat(refused.path("code").intValue()).isEqualTo(1010);
            assertThat(refused.path("msg").textValue()).isEqualTo("token is expired");
            assertThat(caller.login().token()).isNotEqualTo(old);
        }
    }

    @Test
    void killTokensAfter_calls_eachTokenExpires() {
        try (FakeTuyaCloud fake = builder().start().killTokensAfter(2)) {
            TestCaller caller = new TestCaller(fake, clock);
            for (int i = 0; i < 3; i++) {
                caller.login();
                assertThat(caller.get(STATUS).path("success").booleanValue()).isTrue();
                assertThat(caller.get(STATUS).path("success").booleanValue()).isTrue();
                assertThat(caller.get(STATUS).path("code").intValue()).isEqualTo(1010);
            }
        }
    }

    private FakeTuyaCloudBuilder builder() {
        return FakeTuyaCloud.builder().clock(clock);
    }
}

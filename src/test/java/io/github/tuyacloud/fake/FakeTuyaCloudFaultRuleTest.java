package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that fault rules apply to the right requests, as often as they should. */
@DisplayName("FakeTuyaCloud, fault rules")
@Timeout(30)
class FakeTuyaCloudFaultRuleTest extends CalledFake {
    private static final String STATUS_TEMPLATE = "/v1.0/iot-03/devices/{id}/status";

    @Test
    void rule_skipAndTimes_countOnlyMatchingRequests() {
        FaultRule rule = fake.on("GET", STATUS_TEMPLATE)
                .skip(1)
                .fail(Fault.code(1110, "busy"))
                .times(2);

        assertThat(command().path("code").asInt(0)).isZero();
        assertThat(codes(5)).containsExactly(0, 1110, 1110, 0, 0);
        assertThat(rule.applied()).isEqualTo(2);
    }

    @Test
    void rule_probability_isTheSameInEveryRun() {
        fake.on("GET", STATUS_TEMPLATE).withProbability(0.5, 7).fail(Fault.code(1110, "busy"));
        List<Integer> first = codes(40);
        fake.clearFaults().on("GET", STATUS_TEMPLATE).withProbability(0.5, 7).fail(Fault.code(1110, "busy"));

        assertThat(codes(40)).isEqualTo(first).contains(0, 1110);
    }

    @Test
    void rule_exceptToken_excludesTokenCalls() {
        fake.onAny().exceptToken().fail(Fault.code(1110, "busy"));

        assertThat(caller.get("/v1.0/token?grant_type=1").path("success").booleanValue())
                .isTrue();
        assertThat(codes(1)).containsExactly(1110);
    }

    @Test
    void rule_onToken_appliesOnlyToTokenCalls() {
        fake.onToken().fail(Fault.code(1001, "secret invalid"));

        assertThat(caller.get("/v1.0/token?grant_type=1").path("code").intValue())
                .isEqualTo(1001);
        assertThat(codes(1)).containsExactly(0);
    }

    @Test
    void rule_removed_noLongerApplies() {
        FaultRule first = fake.onAny().fail(Fault.code(1, "first"));
        fake.onAny().fail(Fault.code(2, "second"));

        assertThat(codes(1)).containsExactly(1);
        first.remove();
        assertThat(codes(1)).containsExactly(2);
        fake.clearFaults();
        assertThat(codes(1)).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1.0/no-such",
        "GET, /v1.0/devices/{id}/status/more",
        "PATCH, /v1.0/devices/{id}",
        "get, /v1.0/devices/{id}",
        "POST, /v1.0/devices/{id}/logs"
    })
    void rule_endpointUnknown_isRefusedWithTheKnownOnes(String method, String path) {
        assertThatThrownBy(() -> fake.on(method, path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no endpoint " + method + " " + path)
                .hasMessageContaining("GET /v1.0/devices/{id}\n")
                .hasMessageContaining("POST /v1.0/iot-03/devices/{id}/commands\n")
                .hasMessageContaining("addEndpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1.0/iot-03/devices/{id}/status", "/v1.0/iot-03/devices/{whatever}/status", STATUS})
    void rule_otherVariableNameOrAnId_isAccepted(String path) {
        fake.on("GET", path).fail(Fault.code(1110, "busy"));

        assertThat(codes(1)).containsExactly(1110);
    }

    @Test
    void rule_oneDevice_doesNotAffectOthers() {
        fake.on("GET", "/v1.0/iot-03/devices/" + DemoWorld.LAMP + "/status").fail(Fault.code(1110, "busy"));

        assertThat(codes(1)).containsExactly(0);
    }

    @Test
    void addEndpoint_newPath_respondsAndAcceptsRules() {
        fake.addEndpoint("GET", "/v1.0/statistics/{id}", Map.of("total", 3));

        assertThat(caller.get("/v1.0/statistics/x").path("result").path("total").intValue())
                .isEqualTo(3);
        fake.on("GET", "/v1.0/statistics/{id}")
                .fail(Fault.code(28841104, "quota"))
                .times(1);
        assertThat(caller.get("/v1.0/statistics/x").path("code").intValue()).isEqualTo(28841104);
        assertThat(fake.requestCount("GET", "/v1.0/statistics/{id}")).isEqualTo(2);
    }

    @Test
    void addEndpoint_knownPath_isRefused() {
        assertThatThrownBy(() -> fake.addEndpoint("GET", "/v1.0/devices/{device}", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already has GET /v1.0/devices/{device}");
    }

    @Test
    void request_wrongSignature_isNotHiddenByAFault() {
        FaultRule rule = fake.onAny().fail(Fault.result("all is well"));

        JsonNode response = caller.request("GET", STATUS).header("sign", "0").send();

        assertThat(response.path("code").intValue()).isEqualTo(1004);
        assertThat(rule.applied()).isZero();
    }

    private List<Integer> codes(int requests) {
        return Stream.generate(() -> caller.get(STATUS).path("code").asInt(0))
                .limit(requests)
                .toList();
    }
}

package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fault rules meet the requests that they are for, as often as they say. */
@DisplayName("FakeTuyaCloud, fault rules")
@Timeout(30)
class FakeTuyaCloudFaultRuleTest {
    private static final String STATUS = "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/status";
    private static final String STATUS_TEMPLATE = "/v1.0/iot-03/devices/{id}/status";
    private static final String COMMANDS = "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands";
    private static final String SWITCH_ON = "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}";

    private FakeTuyaCloud fake;
    private TestCaller caller;

    @BeforeEach
    void start() {
        fake = FakeTuyaCloud.start();
        caller = new TestCaller(fake).login();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void rule_skipAndTimes_countFittingRequestsOnly() {
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
    void rule_exceptToken_sparesTokenCalls() {
        fake.onAny().exceptToken().fail(Fault.code(1110, "busy"));

        assertThat(caller.get("/v1.0/token?grant_type=1").path("success").booleanValue())
                .isTrue();
        assertThat(codes(1)).containsExactly(1110);
    }

    @Test
    void rule_onToken_meetsOnlyTokenCalls() {
        fake.onToken().fail(Fault.code(1001, "secret invalid"));

        assertThat(caller.get("/v1.0/token?grant_type=1").path("code").intValue())
                .isEqualTo(1001);
        assertThat(codes(1)).containsExactly(0);
    }

    @Test
    void rule_removed_isOutOfForce() {
        FaultRule first = fake.onAny().fail(Fault.code(1, "first"));
        fake.onAny().fail(Fault.code(2, "second"));

        assertThat(codes(1)).containsExactly(1);
        first.remove();
        assertThat(codes(1)).containsExactly(2);
        fake.clearFaults();
        assertThat(codes(1)).containsExactly(0);
    }

    @Test
    void badSignature_isNotHiddenByAFault() {
        FaultRule rule = fake.onAny().fail(Fault.result("all is well"));

        JsonNode answer = caller.request("GET", STATUS).header("sign", "0").send();

        assertThat(answer.path("code").intValue()).isEqualTo(1004);
        assertThat(rule.applied()).isZero();
    }

    private JsonNode command() {
        return caller.send("POST", COMMANDS, SWITCH_ON);
    }

    private List<Integer> codes(int requests) {
        return Stream.generate(() -> caller.get(STATUS).path("code").asInt(0))
                .limit(requests)
                .toList();
    }
}

package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.CloudRequest;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks requests that callers write themselves: method, body, response. */
class CloudRequestTest extends FakeCloudTest {

    private static final String URL = "/v1.0/devices/" + DemoWorld.PLUG;

    @Test
    void cloudRequest_requestObject_sendsMethodPathQueryAndBody() {
        fake.onAny().exceptToken().fail(Fault.result(true));

        cloud.cloudRequest(CloudRequest.get("/v1.0/iot-03/devices/status").query("device_ids", "bf1,bf2"));
        cloud.cloudRequest(
                CloudRequest.post("v1.0/devices/bf1/commands").query("a", "b c").body(Map.of("commands", List.of())));
        cloud.cloudRequest(CloudRequest.delete("/v1.0/devices/bf1"));

        assertThat(sent())
                .containsExactly(
                        "GET /v1.0/iot-03/devices/status?device_ids=bf1,bf2",
                        "POST /v1.0/devices/bf1/commands?a=b c {\"commands\":[]}",
                        "DELETE /v1.0/devices/bf1");
    }

    @Test
    void cloudRequest_urlOnly_sendsAGetAndReturnsTheWholeResponse() {
        CloudResponse response = cloud.cloudRequest(URL + "/status");

        assertThat(sent()).containsExactly("GET " + URL + "/status");
        assertThat(response.asMap().keySet()).containsExactly("result", "success", "t", "tid");
        assertThat(response.t()).isEqualTo(1_709_294_400_000L);
        assertThat(response.tid()).hasSize(32);
        assertThat(response.resultList(DataPoint.class)).contains(new DataPoint("cur_voltage", 2302L));
        assertThat(response.json()).startsWith("{\"result\":[{\"code\":\"switch_1\",\"value\":false}");
    }

    @Test
    void cloudRequest_tidWithSecrets_isReturnedUnchangedButNotPrinted() {
        fake.onAny().exceptToken().times(1).fail(Fault.with("tid", fake.apiSecret()));
        CloudResponse secret = cloud.cloudRequest(URL);
        String token = requests().get(0).header("access_token");
        fake.onAny().exceptToken().times(1).fail(Fault.with("tid", token));
        CloudResponse last = cloud.cloudRequest(URL);
        fake.onAny().exceptToken().times(1).fail(Fault.with("tid", "two\nlines"));
        CloudResponse lines = cloud.cloudRequest(URL);
        fake.onAny().exceptToken().fail(Fault.with("tid", token));
        CloudResponse merged = cloud.getDevicesVerbose();

        assertThat(secret.json()).contains("\"tid\":\"" + fake.apiSecret() + "\"");
        assertThat(last.json()).contains("\"tid\":\"" + token + "\"");
        assertThat(lines.json()).contains("\"tid\":\"two\\nlines\"");
        for (CloudResponse response : List.of(secret, last, lines, merged)) {
            assertThat(response).hasToString("CloudResponse[t=1709294400000, tid=***]");
            assertThat(response.asMap().toString()).contains("tid=***");
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> response.result(Integer.class))
                    .satisfies(e -> assertThat(e.tid()).isEqualTo("***"));
        }
    }

    @Test
    void getStatus_unusableResponseTidWithSecrets_doesNotShowThem() {
        cloud.getStatus(DemoWorld.PLUG);
        String token = requests().get(0).header("access_token");
        fake.onAny()
                .exceptToken()
                .fail(Fault.with("result", null).and(Fault.with("tid", token + " " + fake.apiSecret())));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG))
                .withMessageContaining("tid *** ***")
                .satisfies(e -> assertThat(e.tid()).isEqualTo("*** ***"));
    }

    @Test
    void cloudRequest_resultAsOwnType_isBound() {
        CloudResponse response = cloud.cloudRequest(URL);

        assertThat(response.result(Device.class).name()).isEqualTo("Kitchen plug");
        assertThat(response.result(Map.class).get("name")).isEqualTo("Kitchen plug");
        assertThat(response.result(NameOnly.class)).isEqualTo(new NameOnly("Kitchen plug"));
        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> response.resultList(Device.class));
        assertThatExceptionOfType(TuyaTransportException.class).isThrownBy(() -> response.result(Integer.class));
    }

    /** A type defined by the caller. */
    public record NameOnly(String name) {}

    @Test
    void cloudRequest_noLeadingSlash_isAdded() {
        cloud.cloudRequest("v1.0/devices/" + DemoWorld.PLUG);

        assertThat(sent()).containsExactly("GET " + URL);
    }

    @Test
    void cloudRequest_bodyWithoutAction_isAPost() {
        cloud.cloudRequest(
                "/v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands",
                null,
                Map.of("commands", List.of(Map.of("code", "switch_1", "value", true))),
                null);

        assertThat(sent())
                .singleElement()
                .asString()
                .startsWith("POST /v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands {\"commands\":[{");
        assertThat(fake.commands(DemoWorld.PLUG)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, GET", "get, GET", "POST, POST", "Put, PUT", "DELETE, DELETE", "' delete ', DELETE"})
    void cloudRequest_actionInAnyCase_isTheMethod(String action, String method) {
        fake.onAny().exceptToken().fail(Fault.result(Map.of()));

        cloud.cloudRequest("/v1.0/anything", action, null, null);

        assertThat(sent()).containsExactly(method + " /v1.0/anything");
    }

    @Test
    void cloudRequest_put_renamesAndDeleteRemoves() {
        CloudResponse renamed = cloud.cloudRequest(URL, "PUT", Map.of("name", "Küche 灯"), null);
        CloudResponse removed = cloud.cloudRequest("/v1.0/devices/" + DemoWorld.LAMP, "DELETE", null, null);

        assertThat(renamed.result(Boolean.class)).isTrue();
        assertThat(removed.result(Boolean.class)).isTrue();
        assertThat(sent())
                .containsExactly("PUT " + URL + " {\"name\":\"Küche 灯\"}", "DELETE /v1.0/devices/" + DemoWorld.LAMP);
        assertThat(fake.device(DemoWorld.PLUG).name()).isEqualTo("Küche 灯");
        assertThat(fake.devices()).hasSize(4);
    }

    @Test
    void cloudRequest_postOfAnyType_isSentAsJson() {
        fake.onAny().exceptToken().fail(Fault.result(Map.of()));
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("b", 1);
        ordered.put("a", null);
        for (Object post : List.of(
                Map.of(), List.of(), "text", "{\"a\":1}", "", 5, 1.5, true, ordered, new NameOnly("x"), new int[] {1, 2
                })) {
            cloud.cloudRequest("/v1.0/x", null, post, null);
        }

        assertThat(requests()).extracting(request -> request.method()).containsOnly("POST");
        assertThat(requests())
                .extracting(request -> request.body())
                .containsExactly(
                        "{}",
                        "[]",
                        "\"text\"",
                        "\"{\\\"a\\\":1}\"",
                        "\"\"",
                        "5",
                        "1.5",
                        "true",
                        "{\"b\":1,\"a\":null}",
                        "{\"name\":\"x\"}",
                        "[1,2]");
    }

    @Test
    void cloudRequest_postNotSerializable_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/x", null, Map.of("self", new Object()), null))
                .withMessageContaining("cannot be written as JSON");
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "get"})
    void cloudRequest_bodyOnGet_isRefused(String action) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(URL, action, Map.of(), null))
                .withMessageContaining("use POST, PUT or DELETE");
        assertThat(fake.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "HEAD", "", "GETT"})
    void cloudRequest_unknownAction_isRefused(String action) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest(URL, action, null, null))
                .withMessageContaining("use GET, POST, PUT or DELETE");
        assertThat(fake.requestCount()).isZero();
    }

    @Test
    void cloudRequest_noResult_returnsTheResponse() {
        for (Fault fault : Arrays.asList(Fault.result(null), Fault.without("result"))) {
            fake.clearFaults();
            fake.onAny().exceptToken().fail(fault);

            CloudResponse response = cloud.cloudRequest(URL);

            assertThat(response.result(Device.class)).isNull();
            assertThat(response.resultList(Device.class)).isEmpty();
            assertThat(response.asMap()).containsEntry("success", true);
        }
    }

    @Test
    void cloudRequest_refused_throwsWithTheTemplateInsteadOfIds() {
        assertThatExceptionOfType(TuyaAuthException.class)
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/devices/bfSomebodyElses99/status"))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(1106);
                    assertThat(e.operation()).isEqualTo("GET /v1.0/devices/{id}/status");
                })
                .withMessageNotContaining("bfSomebodyElses99");
    }

    @Test
    void cloudRequest_nullUrl_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> cloud.cloudRequest((String) null));
    }
}

package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.engine.ErrorCatalog.Kind;
import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.http.HttpMethod;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the meaning of each error code. */
class ErrorCatalogTest {

    private static final ApiRequest READ = ApiRequest.get("/v1.0/devices/{id}", "bf1");
    private static final ApiRequest COMMAND =
            ApiRequest.of(HttpMethod.POST, "/v1.0/devices/{id}/commands", "bf1").body(List.of());
    private static final ApiRequest PROPERTIES =
            ApiRequest.of(HttpMethod.POST, "/v2.0/cloud/thing/{id}/shadow/properties/issue", "bf1");
    private static final ApiRequest RENAME = ApiRequest.of(HttpMethod.PUT, "/v1.0/devices/{id}", "bf1");

    @ParameterizedTest
    @CsvSource(textBlock = """
            500, API, RETRY_IF_IDEMPOTENT, CALL, Try again later
            501, API, RETRY_IF_IDEMPOTENT, CALL, could not handle the request
            1000, API, NONE, CALL, check the ids
            1001, AUTH, NONE, CALL, Check apiSecret
            1002, AUTH, RENEW_TOKEN, CALL, token did not arrive
            1003, AUTH, NONE, CALL, grant type
            1004, AUTH, NONE, CALL, Check apiKey and apiSecret
            1005, AUTH, NONE, CALL, Check apiKey
            1006, API, NONE, CALL, content type
            1007, API, NONE, CALL, not supported
            1008, AUTH, NONE, CALL, Subscribe the project to this API
            1010, AUTH, RENEW_TOKEN, CALL, another program that uses the same project
            1011, AUTH, RENEW_TOKEN, CALL, 'Home Assistant, Homebridge, openHAB'
            1012, AUTH, RENEW_TOKEN, CALL, a script with the same access id
            1013, AUTH, SYNC_CLOCK, CALL, Set this computer's clock
            1100, API, NONE, CALL, parameter is missing
            1101, API, NONE, CALL, out of range
            1102, API, NONE, CALL, parameter is missing
            1103, API, RETRY_IF_IDEMPOTENT, CALL, problem with delivering
            1104, API, NONE, CALL, wrong type
            1105, API, NONE, CALL, header is missing
            1106, AUTH, NONE, CALL, Link the app account
            1107, AUTH, NONE, CALL, authorization code
            1108, API, NONE, CALL, path or the HTTP method
            1108, API, NONE, CALL, check region and endpoint
            1109, API, NONE, CALL, parameter is invalid
            1110, QUOTA, RETRY, CALL, requestsPerSecond or maxConcurrency
            1111, API, RETRY_IF_IDEMPOTENT, CALL, busy
            1112, API, RETRY_IF_IDEMPOTENT, CALL, synchronizing
            1113, API, NONE, CALL, wait a little
            1113, API, NONE, CALL, needs the commercial version
            1114, AUTH, NONE, CALL, IP allowlist
            1199, QUOTA, RETRY, CALL, requestsPerSecond
            1400, AUTH, RENEW_TOKEN, CALL, the region is the project's data center
            2001, API, NONE, CALL, device is offline
            2001, API, NONE, CALL, needs a gateway
            2002, API, NONE, CALL, no devices
            2003, API, NONE, CALL, no such function
            2004, API, NONE, CALL, kind of lock
            2005, API, NONE, CALL, no such product
            2006, API, NONE, CALL, no such user
            2007, AUTH, NONE, CALL, does not answer your network
            2008, API, NONE, CALL, does not accept this code
            2009, API, NONE, CALL, no data points
            2010, API, NONE, CALL, no such device
            2012, API, NONE, CALL, application is not supported
            2020, API, NONE, CALL, third-party clouds
            2047, API, NONE, CALL, unfreeze it
            2050, API, NONE, CALL, learn the key
            2051, API, RETRY_IF_IDEMPOTENT, CALL, hub is online
            2054, API, NONE, CALL, behind the gateway
            2101, API, NONE, CALL, choose another name
            2201, API, NONE, CALL, overlaps another
            2209, API, NONE, CALL, has passed
            2212, API, NONE, CALL, no device
            2312, API, NONE, CALL, lock is offline
            2328, API, RETRY_IF_IDEMPOTENT, CALL, get a new ticket
            2401, AUTH, NONE, CALL, password of the app account
            2402, AUTH, NONE, CALL, country code
            2403, AUTH, NONE, CALL, area
            2405, AUTH, NONE, CALL, ticket
            2406, AUTH, NONE, CALL, country code
            2406, AUTH, NONE, CALL, the plan has not expired
            2407, AUTH, NONE, CALL, verification code
            2421, AUTH, NONE, CALL, verification code
            2501, API, NONE, CALL, no such home
            2502, API, NONE, CALL, no such room
            2503, API, NONE, CALL, no such scene
            2504, API, NONE, CALL, another country
            2508, API, NONE, CALL, administrator
            2514, API, NONE, CALL, not belong to this scene
            4001, AUTH, NONE, CALL, may not use this API
            30003, API, NONE, CALL, infrared device is offline
            30100, API, NONE, CALL, 'learn the key, or pair the remote control'
            115001, API, RETRY_IF_IDEMPOTENT, CALL, streaming server is busy
            40000901, API, NONE, CALL, no such device
            40000903, API, NONE, CALL, modelId does not exist
            60009001, AUTH, NONE, CALL, API permissions do not cover this call
            DEVICE_NOT_EXIST_V2, API, NONE, CALL, no such device
            SING_VALIDATE_FALED_4, AUTH, NONE, CALL, Check apiKey and apiSecret
            40001900, AUTH, NONE, CALL, may not use this space
            60001001, QUOTA, NONE, CALL, controllable devices
            28841001, QUOTA, NONE, PLAN, Subscribe the project to a plan and authorize it
            28841002, QUOTA, NONE, PLAN, plan has expired
            28841002, QUOTA, NONE, PLAN, such as infrared
            28841003, QUOTA, NONE, PLAN, bill is overdue
            28841004, QUOTA, NONE, PROJECT, month's quota
            28841101, AUTH, NONE, CALL, Subscribe the project to this API
            28841102, QUOTA, NONE, ENDPOINT, subscription of this API has expired
            28841103, QUOTA, NONE, ENDPOINT, bill of this API
            28841104, QUOTA, NONE, ENDPOINT, quota of this API
            28841105, AUTH, NONE, CALL, Authorize the project
            28841106, AUTH, NONE, CALL, Subscribe the project to this API
            28841107, AUTH, NONE, CALL, Enable this data center
            28841107, AUTH, NONE, CALL, remove it there and add it again
            """)
    void find_knownCode_returnsWhatItMeansAndWhatToDo(
            String code, Kind kind, Recovery recovery, Reach reach, String hint) {
        ErrorCatalog.Entry entry = ErrorCatalog.find(code, "\u4e0d");

        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.recovery()).isEqualTo(recovery);
        assertThat(entry.reach()).isEqualTo(reach);
        assertThat(entry.hint(READ)).contains(hint);
    }

    /** All documented codes: each must come with advice. */
    static IntStream knownCodes() {
        return Stream.of(
                        IntStream.of(
                                500, 501, 1400, 1199, 40001900, 60001001, 60009001, 40000901, 40000903, 30003, 30100,
                                115001, 2328, 4001),
                        IntStream.rangeClosed(1000, 1008),
                        IntStream.rangeClosed(1010, 1013),
                        IntStream.rangeClosed(1100, 1114),
                        IntStream.rangeClosed(2001, 2010),
                        IntStream.rangeClosed(2012, 2033),
                        IntStream.of(2037, 2041, 2042, 2043, 2044, 2045, 2046, 2047),
                        IntStream.rangeClosed(2050, 2056),
                        IntStream.rangeClosed(2060, 2064),
                        IntStream.of(2101),
                        IntStream.rangeClosed(2201, 2209),
                        IntStream.of(2211, 2212),
                        IntStream.of(2301, 2312, 2319, 2320),
                        IntStream.rangeClosed(2401, 2403),
                        IntStream.rangeClosed(2405, 2421),
                        IntStream.rangeClosed(2501, 2514),
                        IntStream.rangeClosed(28841001, 28841004),
                        IntStream.rangeClosed(28841101, 28841107))
                .flatMapToInt(codes -> codes);
    }

    @ParameterizedTest
    @MethodSource("knownCodes")
    void find_anyCodeOfTheCloud_hasAHint(int code) {
        assertThat(ErrorCatalog.find(Integer.toString(code), null).hint(READ)).matches("[A-Z].{15,}[.?]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "-1",
                "0",
                "1",
                "999",
                "1009",
                "2034",
                "2048",
                "2057",
                "2065",
                "2100",
                "2199",
                "2210",
                "2302",
                "2324",
                "2404",
                "2515",
                "2600",
                "9999",
                "30002",
                "28840999",
                "28841000",
                "28841005",
                "28841099",
                "28841100",
                "28841108",
                "28841999",
                "28842000",
                "39999999",
                "40000000",
                "40000902",
                "40009999",
                "40010000",
                "60000000",
                "60009999",
                "60010000",
                "1106.5",
                "01106",
                "device_not_exist_v2",
                "SOMETHING_NEW"
            })
    void find_unknownCode_hasNoMeaning(String code) {
        ErrorCatalog.Entry entry = ErrorCatalog.find(code, "no");

        assertThat(entry.known()).isFalse();
        assertThat(entry.kind()).isEqualTo(Kind.API);
        assertThat(entry.recovery()).isEqualTo(Recovery.NONE);
        assertThat(entry.reach()).isEqualTo(Reach.CALL);
        assertThat(entry.hint(READ)).isNull();
        assertThat(entry.hint(COMMAND)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "501", "1007", "1100", "1101", "1102", "1103", "1104", "1109", "2003", "2008"})
    void hint_requestAtFault_mentionsTheRequest(String code) {
        ErrorCatalog.Entry entry = ErrorCatalog.find(code, "\u8bf7\u6c42\u53c2\u6570\u975e\u6cd5");

        assertThat(entry.hint(COMMAND))
                .contains("getFunctions lists the codes and types", "Command.checked", "{\"commands\":[")
                .doesNotContain("documentation");
        assertThat(entry.hint(PROPERTIES)).contains("things().model(id)").doesNotContain("documentation");
        assertThat(entry.hint(READ)).endsWith("Compare the call with Tuya's documentation.");
        assertThat(entry.hint(RENAME)).endsWith("Compare the call with Tuya's documentation.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2003", "2008"})
    void hint_notTaken_namesTheOtherCalls(String code) {
        ErrorCatalog.Entry entry = ErrorCatalog.find(code, code);

        assertThat(entry.hint(COMMAND))
                .contains("sendCommand with the other uri (iot-03/devices/ or devices/)", "things().setProperties");
        assertThat(entry.hint(READ)).contains("things().properties(id)");
        assertThat(entry.hint(PROPERTIES)).doesNotContain("other uri").doesNotContain("things().properties(id)");
    }

    @Test
    void hint_permissionDenied_namesTheOtherUriToACommandOnly() {
        ErrorCatalog.Entry entry = ErrorCatalog.find("1106", "permission deny");

        assertThat(entry.hint(COMMAND)).contains("Link the app account").contains("with the other uri");
        for (ApiRequest request : List.of(READ, PROPERTIES, RENAME)) {
            assertThat(entry.hint(request)).contains("Link the app account").doesNotContain("uri");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1.0/users/eu1/homes, The uid must be that of the app account",
        "GET, /v1.0/users/eu1/devices, The uid must be that of the app account",
        "POST, /v1.0/iot-01/associated-users/actions/authorized-login, A login needs the user name",
        "POST, /v1.0/iot-03/users/login, A login needs the user name",
        "GET, /v1.0/iot-03/devices/bf1/status, cloudRequest("
    })
    void hint_permissionDenied_namesOtherWaysToGetAccess(String method, String path, String hint) {
        ErrorCatalog.Entry entry = ErrorCatalog.find("1106", "permission deny");

        assertThat(entry.hint(ApiRequest.ofUrl(path, method, null, null))).contains("Link the app account", hint);
        assertThat(entry.hint(READ)).doesNotContain(hint);
    }

    @Test
    void hint_noStandardDataPoints_namesTheThingModel() {
        assertThat(ErrorCatalog.find("2009", "not support this device").hint(COMMAND))
                .contains("things().properties(id)", "things().setProperties");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientId is invalid",
                "Client ID invalid",
                "CLIENT_ID",
                "your client-id: no",
                "clientId\u65e0\u6548"
            })
    void find_notSupportedWithClientId_isAWrongKey(String message) {
        ErrorCatalog.Entry entry = ErrorCatalog.find("2009", message);

        assertThat(entry.kind()).isEqualTo(Kind.AUTH);
        assertThat(entry.hint(READ)).contains("Check apiKey");
        assertThat(ErrorMeaning.hasNoDataPoints(refusal(2009, message))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "not support this device", "the client has no id"})
    void noDataPoints_notSupportedOtherwise_isTrue(String message) {
        assertThat(ErrorMeaning.hasNoDataPoints(refusal(2009, message))).isTrue();
        assertThat(ErrorCatalog.find("2009", message).kind()).isEqualTo(Kind.API);
    }

    @Test
    void noDataPoints_otherCode_isFalse() {
        assertThat(ErrorMeaning.hasNoDataPoints(refusal(2010, "not support this device")))
                .isFalse();
    }

    @Test
    void projectKnown_refusalOfAnotherCall_isTrue() {
        assertThat(ErrorMeaning.isProjectKnown(refusal(1004, "sign"))).isTrue();
    }

    @Test
    void projectKnown_dataCenterDisabled_isFalseForAnyCall() {
        assertThat(ErrorMeaning.isProjectKnown(refusal(28841107, "suspended"))).isFalse();
    }

    @Test
    void inDoubt_keyMissingInACodeLibrary_isTrueBecauseOtherKeysMayHaveBeenSent() {
        assertThat(ErrorCatalog.find("30100", null).inDoubt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1004, false",
        "28840999, false",
        "28841002, true",
        "28841107, false",
        "28841099, false",
        "28841100, false"
    })
    void projectKnown_refusalOfTheTokenCall_isTrueIfItIsAboutThePlan(int code, boolean known) {
        TuyaApiException refusal = new TuyaApiException(
                CallFailure.builder("GET /v1.0/token").code(code).message("no").build());

        assertThat(ErrorMeaning.isProjectKnown(refusal)).isEqualTo(known);
    }

    private static TuyaApiException refusal(int code, String message) {
        return new TuyaApiException(CallFailure.builder("GET /v1.0/devices/{id}")
                .code(code)
                .message(message)
                .build());
    }
}

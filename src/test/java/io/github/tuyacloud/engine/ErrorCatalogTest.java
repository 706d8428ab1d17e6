package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.engine.ErrorCatalog.Kind;
import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each code means. */
class ErrorCatalogTest {

    private final ErrorCatalog catalog = new ErrorCatalog();

    @ParameterizedTest
    @CsvSource(textBlock = """
            500, API, RETRY_IF_IDEMPOTENT, CALL, try again later
            1000, API, NONE, CALL, check the ids
            1001, AUTH, NONE, CALL, Check apiSecret
            1002, AUTH, RENEW_TOKEN, CALL, token did not arrive
            1003, AUTH, NONE, CALL, grant type
            1004, AUTH, NONE, CALL, Check apiKey and apiSecret
            1005, AUTH, NONE, CALL, Check apiKey
            1006, API, NONE, CALL, content type
            1007, API, NONE, CALL, not supported
            1008, AUTH, NONE, CALL, subscribed this API
            1010, AUTH, RENEW_TOKEN, CALL, a user login
            1011, AUTH, RENEW_TOKEN, CALL, is the region right
            1012, AUTH, RENEW_TOKEN, CALL, is the region right
            1013, AUTH, SYNC_CLOCK, CALL, Set this computer's clock
            1100, API, NONE, CALL, parameter is missing
            1101, API, NONE, CALL, out of range
            1102, API, NONE, CALL, parameter is missing
            1103, API, NONE, CALL, not delivered
            1104, API, NONE, CALL, wrong type
            1105, API, NONE, CALL, header is missing
            1106, AUTH, NONE, CALL, Link the app account
            1107, AUTH, NONE, CALL, authorization code
            1108, API, NONE, CALL, path or the HTTP method
            1109, API, NONE, CALL, parameter is wrong
            1110, QUOTA, RETRY, CALL, requestsPerSecond or maxConcurrency
            1111, API, RETRY_IF_IDEMPOTENT, CALL, busy
            1112, API, RETRY_IF_IDEMPOTENT, CALL, taking over
            1113, API, NONE, CALL, wait a little
            1114, AUTH, NONE, CALL, IP allowlist
            1199, QUOTA, RETRY, CALL, requestsPerSecond
            1400, AUTH, RENEW_TOKEN, CALL, is the region right
            2001, API, NONE, CALL, device is offline
            2002, API, NONE, CALL, no devices
            2003, API, NONE, CALL, no such function
            2004, API, NONE, CALL, kind of lock
            2005, API, NONE, CALL, no such product
            2006, API, NONE, CALL, no such user
            2007, AUTH, NONE, CALL, does not answer your network
            2008, API, NONE, CALL, does not take this code
            2009, API, NONE, CALL, no data points
            2010, API, NONE, CALL, no such device
            2012, API, NONE, CALL, application is not supported
            2020, API, NONE, CALL, third-party clouds
            2201, API, NONE, CALL, overlaps another
            2209, API, NONE, CALL, has passed
            2210, API, NONE, CALL, timer is refused
            2212, API, NONE, CALL, no device
            2302, API, NONE, CALL, lock refuses
            2312, API, NONE, CALL, lock is offline
            2324, API, NONE, CALL, lock refuses
            2401, AUTH, NONE, CALL, password of the app account
            2402, AUTH, NONE, CALL, country code
            2403, AUTH, NONE, CALL, area
            2405, AUTH, NONE, CALL, ticket
            2406, AUTH, NONE, CALL, another data center
            2407, AUTH, NONE, CALL, verification code
            2421, AUTH, NONE, CALL, verification code
            2501, API, NONE, CALL, no such home
            2502, API, NONE, CALL, no such room
            2503, API, NONE, CALL, no such scene
            2504, API, NONE, CALL, another country
            2508, API, NONE, CALL, administrator
            2514, API, NONE, CALL, not belong to this scene
            2515, API, NONE, CALL, home refuses
            40001900, AUTH, NONE, CALL, may not use this space
            60001001, QUOTA, NONE, CALL, controllable devices
            28841001, QUOTA, NONE, PLAN, Subscribe the project to a plan
            28841002, QUOTA, NONE, PLAN, plan has expired
            28841003, QUOTA, NONE, PLAN, bill is overdue
            28841004, QUOTA, NONE, PLAN, month's quota
            28841101, AUTH, NONE, CALL, Subscribe the project to this API
            28841102, QUOTA, NONE, ENDPOINT, subscription of this API has expired
            28841103, QUOTA, NONE, ENDPOINT, bill of this API
            28841104, QUOTA, NONE, ENDPOINT, quota of this API
            28841105, AUTH, NONE, CALL, Authorize the project
            28841106, AUTH, NONE, CALL, Subscribe the project to this API
            28841107, AUTH, NONE, CALL, Enable this data center
            28841000, QUOTA, NONE, CALL, project's plan
            28841099, QUOTA, NONE, CALL, project's plan
            28841100, AUTH, NONE, CALL, lacks a permission
            28841999, AUTH, NONE, CALL, lacks a permission
            40000000, AUTH, NONE, CALL, lacks a permission
            40009999, AUTH, NONE, CALL, lacks a permission
            60000000, QUOTA, NONE, CALL, quota of the plan
            60009999, QUOTA, NONE, CALL, quota of the plan
            """)
    void find_knownCode_saysWhatItIsAndWhatToDo(int code, Kind kind, Recovery remedy, Reach reach, String hint) {
        ErrorCatalog.Entry entry = catalog.find(code, "no");

        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.remedy()).isEqualTo(remedy);
        assertThat(entry.reach()).isEqualTo(reach);
        assertThat(entry.hint()).contains(hint);
    }

    /** All the codes that are known of, so that nobody who meets one is left without a word. */
    static IntStream knownCodes() {
        return Stream.of(
                        IntStream.of(500, 1400, 1199, 40001900, 60001001),
                        IntStream.rangeClosed(1000, 1008),
                        IntStream.rangeClosed(1010, 1013),
                        IntStream.rangeClosed(1100, 1114),
                        IntStream.rangeClosed(2001, 2010),
                        IntStream.rangeClosed(2012, 2027),
                        IntStream.rangeClosed(2201, 2212),
                        IntStream.rangeClosed(2301, 2324),
                        IntStream.rangeClosed(2401, 2421),
                        IntStream.rangeClosed(2501, 2514),
                        IntStream.rangeClosed(28841001, 28841004),
                        IntStream.rangeClosed(28841101, 28841107))
                .flatMapToInt(codes -> codes);
    }

    @ParameterizedTest
    @MethodSource("knownCodes")
    void find_anyCodeOfTheCloud_hasAHint(int code) {
        assertThat(catalog.find(code, null).hint()).matches("[A-Z].{15,}[.?]");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                -1, 0, 1, 999, 1009, 2100, 2199, 2600, 9999, 28840999, 28842000, 39999999, 40010000, 59999999, 60010000
            })
    void find_unknownCode_isAnApiErrorWithoutAHint(int code) {
        assertThat(catalog.find(code, "no"))
                .isEqualTo(new ErrorCatalog.Entry(Kind.API, Recovery.NONE, Reach.CALL, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId is invalid", "Client ID invalid", "CLIENT_ID", "your client-id: no"})
    void find_notSupportedThatNamesTheClientId_isAWrongKey(String message) {
        ErrorCatalog.Entry entry = catalog.find(2009, message);

        assertThat(entry.kind()).isEqualTo(Kind.AUTH);
        assertThat(entry.hint()).contains("Check apiKey");
        assertThat(ErrorMeaning.noDataPoints(refusal(2009, message))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "not support this device", "the client has no id"})
    void noDataPoints_notSupportedOtherwise_isTrue(String message) {
        assertThat(ErrorMeaning.noDataPoints(refusal(2009, message))).isTrue();
        assertThat(catalog.find(2009, message).kind()).isEqualTo(Kind.API);
    }

    @Test
    void noDataPoints_otherCode_isFalse() {
        assertThat(ErrorMeaning.noDataPoints(refusal(2010, "not support this device")))
                .isFalse();
    }

    @Test
    void projectKnown_refusalOfAnotherCall_isTrue() {
        assertThat(ErrorMeaning.projectKnown(refusal(1004, "sign"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1004, false", "28840999, false", "28841002, true", "28841099, true", "28841100, false"})
    void projectKnown_refusalOfTheTokenCall_isTrueWhenItSpeaksOfThePlan(int code, boolean known) {
        TuyaApiException refusal = new TuyaApiException(
                CallFailure.builder("GET /v1.0/token").code(code).message("no").build());

        assertThat(ErrorMeaning.projectKnown(refusal)).isEqualTo(known);
    }

    private static TuyaApiException refusal(int code, String message) {
        return new TuyaApiException(CallFailure.builder("GET /v1.0/devices/{id}")
                .code(code)
                .message(message)
                .build());
    }
}

package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks how requests are built, and what is refused. */
class ApiRequestTest {

    @Test
    void queryIds_valid_areJoinedByCommas() {
        ApiRequest request = ApiRequest.get("/v1.0/devices").queryIds("device_ids", List.of("bf1", "bf2"));

        assertThat(request.urlToSign()).isEqualTo("/v1.0/devices?device_ids=bf1,bf2");
        assertThat(request.path()).isEqualTo("/v1.0/devices");
        assertThat(request.encodedQuery()).isEqualTo("device_ids=bf1%2Cbf2");
        assertThat(request).hasToString("GET /v1.0/devices");
    }

    @Test
    void queryIds_oneInvalid_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices").queryIds("device_ids", Arrays.asList("bf1", "b,f")));
    }

    @Test
    void ofUrl_queryWithoutAPath_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.ofUrl("?a=b", null, null, null))
                .withMessageStartingWith("\"/\" is not a path of the API");
    }

    @Test
    void ofUrl_parameterWithoutAName_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.ofUrl("/v1.0/devices?=x", null, null, null))
                .withMessage("A query parameter needs a name");
    }

    @Test
    void ofUrl_parameterWithoutAnEqualsSign_isEmpty() {
        ApiRequest request = ApiRequest.ofUrl("v1.0/devices?a&b=", null, null, null);

        assertThat(request.urlToSign()).isEqualTo("/v1.0/devices?a=&b=");
    }

    @Test
    void get_invalidId_isQuotedShortWithoutControlCharacters() {
        String cut = "\u0007" + "x".repeat(79) + "/";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", cut))
                .withMessageStartingWith("The id \"\uFFFD" + "x".repeat(79) + "...\" is invalid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", "y".repeat(79) + "/"))
                .withMessageStartingWith("The id \"" + "y".repeat(79) + "/\" is invalid");
    }

    @Test
    void get_idOfAllValidCharacters_isSentUnchanged() {
        String id = "azAZ09._~!$'()*+=:@-";

        assertThat(ApiRequest.get("/v1.0/devices/{id}", id).path()).isEqualTo("/v1.0/devices/" + id);
    }

    @Test
    void get_idWithAnInvalidCharacter_isRefused() {
        for (String id : new String[] {"`", "{", "[", "/", ";", "%"}) {
            assertThatIllegalArgumentException().as(id).isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", id));
        }
    }

    @Test
    void ofUrl_tokenThatLooksLikeAWord_isFolded() {
        assertThat(ApiRequest.ofUrl("/v1.0/token/abcdef", null, null, null).operation())
                .isEqualTo("GET /v1.0/token/{id}");
    }

    static List<String> publicPaths() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ApiRequestTest.class.getResourceAsStream("/tuya-paths.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    /** Paths of the public API, collected from the vendor's SDKs and documentation, with {id} for each variable. */
    @ParameterizedTest
    @MethodSource("publicPaths")
    void ofUrl_pathOfThePublicApi_isFoldedToItsTemplate(String template) {
        for (String id : List.of("bf0a1b2c3d4e5f6a7b", "eu1588925778000AbCd", "1600008315", "4f6a")) {
            ApiRequest request = ApiRequest.ofUrl(template.replace("{id}", id), "PUT", null, null);

            assertThat(request.operation()).isEqualTo("PUT " + template);
            assertThat(request.endpoint()).isEqualTo("PUT " + template.replace("{id}", id));
        }
    }

    @Test
    void publicPaths_file_hasManyWithoutDuplicates() throws IOException {
        assertThat(publicPaths()).doesNotHaveDuplicates().hasSizeGreaterThan(250);
    }

    @Test
    void endpoint_ownCall_isTheTemplateForAllIds() {
        assertThat(ApiRequest.get("/v1.0/devices/{id}", "a1").query("x", 1).endpoint())
                .isEqualTo(ApiRequest.get("/v1.0/devices/{id}", "b2").endpoint())
                .isEqualTo("GET /v1.0/devices/{id}");
    }
}

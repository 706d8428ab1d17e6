package io.github.tuyacloud.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How requests are put together, and what cannot be one. */
class ApiRequestTest {

    @Test
    void queryIds_ids_areSentWithCommas() {
        ApiRequest request = ApiRequest.get("/v1.0/devices").queryIds("device_ids", List.of("bf1", "bf2"));

        assertThat(request.urlToSign()).isEqualTo("/v1.0/devices?device_ids=bf1,bf2");
        assertThat(request.target()).isEqualTo("/v1.0/devices?device_ids=bf1%2Cbf2");
        assertThat(request).hasToString("GET /v1.0/devices");
    }

    @Test
    void queryIds_oneThatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices").queryIds("device_ids", Arrays.asList("bf1", "b,f")));
    }

    @Test
    void ofUrl_queryWithoutAPath_isRefusedForItsPath() {
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
    void get_idThatIsNone_isQuotedCutAndWithoutControlCharacters() {
        String cut = "\u0007" + "x".repeat(79) + "/";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", cut))
                .withMessageStartingWith("The id \"\uFFFD" + "x".repeat(79) + "...\" cannot be one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", "y".repeat(79) + "/"))
                .withMessageStartingWith("The id \"" + "y".repeat(79) + "/\" cannot be one");
    }

    @Test
    void get_idOfAllCharactersThatOneMayHave_isSentAsItIs() {
        String id = "azAZ09._~!$'()*+=:@-";

        assertThat(ApiRequest.get("/v1.0/devices/{id}", id).target()).isEqualTo("/v1.0/devices/" + id);
    }

    @Test
    void get_characterNextToThose_isRefused() {
        for (String id : new String[] {"`", "{", "[", "/", ";", "%"}) {
            assertThatIllegalArgumentException().as(id).isThrownBy(() -> ApiRequest.get("/v1.0/devices/{id}", id));
        }
    }

    @Test
    void ofUrl_tokenThatLooksLikeAWord_isFoldedAway() {
        assertThat(ApiRequest.ofUrl("/v1.0/token/abcdef", null, null, null).operation())
                .isEqualTo("GET /v1.0/token/{id}");
    }
}

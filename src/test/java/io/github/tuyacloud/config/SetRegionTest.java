package io.github.tuyacloud.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.FakeCloudTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks region codes, and the effects of changing the region of a client. */
class SetRegionTest extends FakeCloudTest {

    @ParameterizedTest
    @CsvSource({
        "cn, CN, China Data Center, openapi.tuyacn.com",
        "us, US, Western America Data Center, openapi.tuyaus.com",
        "az, US, Western America Data Center, openapi.tuyaus.com",
        "us-e, US_EAST, Eastern America Data Center, openapi-ueaz.tuyaus.com",
        "ue, US_EAST, Eastern America Data Center, openapi-ueaz.tuyaus.com",
        "eu, EU, Central Europe Data Center, openapi.tuyaeu.com",
        "eu-w, EU_WEST, Western Europe Data Center, openapi-weaz.tuyaeu.com",
        "we, EU_WEST, Western Europe Data Center, openapi-weaz.tuyaeu.com",
        "in, IN, India Datacenter, openapi.tuyain.com",
        "sg, SG, Singapore Data Center, openapi-sg.iotbing.com",
        "' Eu-W ', EU_WEST, Western Europe Data Center, openapi-weaz.tuyaeu.com",
        "AZ, US, Western America Data Center, openapi.tuyaus.com"
    })
    void of_codeOrAliasInAnyCase_isThatRegion(String code, Region region, String description, String host) {
        assertThat(Region.of(code)).isEqualTo(region);
        assertThat(region.description()).isEqualTo(description);
        assertThat(region.host()).isEqualTo(host);
    }

    @Test
    void aliases_ofAllRegions_areTheDocumentedThree() {
        assertThat(Region.values()).hasSize(7);
        assertThat(Region.US.aliases()).containsExactly("az");
        assertThat(Region.US_EAST.aliases()).containsExactly("ue");
        assertThat(Region.EU_WEST.aliases()).containsExactly("we");
        assertThat(Region.CN.aliases()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "", "france", "ea", "eu_w"})
    void setRegion_unknown_listsTheKnownOnes(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.setRegion(code))
                .withMessageContaining("Unknown region \"" + code + "\"")
                .withMessageContaining("cn (China), us or az (Western America)");
    }

    @Test
    void setRegion_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> cloud.setRegion((String) null));
        assertThatNullPointerException().isThrownBy(() -> cloud.setRegion((Region) null));
    }

    @Test
    void setRegion_otherRegion_dropsTheToken() {
        cloud.getStatus(DemoWorld.PLUG);
        cloud.setRegion("eu");
        cloud.getStatus(DemoWorld.PLUG);

        assertThat(fake.tokenRequests()).isEqualTo(2);
    }

    @Test
    void setRegion_withEndpoint_changesOnlyTheIconHost() {
        cloud.setRegion(Region.EU);

        assertThat(cloud.getDevices().get(0).icon()).startsWith("https://images.tuyaeu.com/smart/icon/");
    }

    @Test
    void setRegion_otherRegion_endsTheCoolDown() {
        fake.onAny()
                .exceptToken()
                .fail(Fault.code(28841004, "quota is used up"))
                .times(1);
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));
        assertThatExceptionOfType(TuyaQuotaException.class).isThrownBy(() -> cloud.getStatus(DemoWorld.PLUG));

        cloud.setRegion("eu");

        assertThat(cloud.getStatus(DemoWorld.PLUG).dataPoints()).hasSize(5);
        assertThat(requests()).hasSize(2);
    }
}

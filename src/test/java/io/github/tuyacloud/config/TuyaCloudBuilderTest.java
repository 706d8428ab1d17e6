package io.github.tuyacloud.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the options of a client: invalid ones are refused with advice, and building sends nothing. */
class TuyaCloudBuilderTest {

    private static TuyaCloudBuilder withKey() {
        return TuyaCloud.builder().region("eu").apiKey("key0").apiSecret("secret0");
    }

    @Test
    void build_endpointOfAClosedPort_sendsNothing() {
        TuyaCloudBuilder builder = withKey().endpoint("http://127.0.0.1:1");

        assertThatCode(() -> builder.build().close()).doesNotThrowAnyException();
    }

    @Test
    void constructors_regionKeyAndSecret_sendNothing() {
        try (TuyaCloud three = new TuyaCloud("eu", "key0", "secret0");
                TuyaCloud four = new TuyaCloud("EU-W", "key0", "secret0", "bf01,bf02")) {
            assertThat(three.usage().total()).isZero();
            assertThat(four.usage().total()).isZero();
        }
    }

    @Test
    void constructors_unknownRegion_listTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TuyaCloud("xx", "key0", "secret0"))
                .withMessageContaining("Unknown region \"xx\": use one of cn (China), us or az (Western America)");
    }

    @Test
    void constructors_swappedArguments_quoteNoSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TuyaCloud("5ec4e7a91c0d4be28f6730a2bd1e94c8", "key0", "eu"))
                .withMessageStartingWith(
                        "Unknown region (32 characters): use one of cn (China), us or az (Western America)");
    }

    @Test
    void toString_clientBuilderAndConfig_showNoSecret() {
        assertThat(withKey().toString() + withKey().build()).doesNotContain("secret0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.com", "http://192.168.1.5:8080", "http://127.0.0.1.example.com", "http://[::2]"})
    void endpoint_plainHttpToAnotherMachine_mustBeHttps(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withKey().endpoint(endpoint).build())
                .withMessageContaining("must use https: plain http is allowed for loopback hosts only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1:9",
                "http://127.1.2.3",
                "http://[::1]:9",
                "https://openapi.tuyaeu.com",
                "https://proxy.example.com:8443/"
            })
    void endpoint_loopbackOrHttps_isAccepted(String endpoint) {
        assertThatCode(() -> withKey().endpoint(endpoint).build().close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openapi.tuyaeu.com",
                "ftp://openapi.tuyaeu.com",
                "https://openapi.tuyaeu.com/v1.0",
                "https://user:pass@openapi.tuyaeu.com",
                "https://openapi.tuyaeu.com?x=1",
                "https://openapi.tuyaeu.com#x",
                "https://openapi.tuyaeu.com:99999",
                "https://openapi.tuyaeu.com:0",
                "https://",
                "mailto:a@b",
                "https:openapi.tuyaeu.com",
                "not a url"
            })
    void endpoint_notABaseUrl_showsTheFormat(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withKey().endpoint(endpoint).build())
                .withMessageContaining("endpoint")
                .withMessageNotContaining("pass@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a b", "a\u0000b", "t\u00f6ken", "a\u007fb"})
    void initialToken_invalidInAHeader_isRefusedWithoutQuotingIt(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withKey().initialToken(token))
                .withMessage("initialToken contains characters that an HTTP header cannot carry: copy it again");
    }

    static Stream<Consumer<TuyaCloudBuilder>> badOptions() {
        return Stream.of(
                builder -> builder.apiKey(" ").build(),
                builder -> builder.apiSecret("").build(),
                builder -> builder.apiKey("a b").build(),
                builder -> builder.apiSecret("a\nb").build(),
                builder -> builder.initialToken(" "),
                builder -> builder.lang("e n"),
                builder -> builder.lang(""),
                builder -> builder.callTimeout(Duration.ZERO),
                builder -> builder.callTimeout(Duration.ofSeconds(-1)),
                builder -> builder.callTimeout(Duration.ofDays(1)),
                builder -> builder.maxConcurrency(0),
                builder -> builder.maxConcurrency(65),
                builder -> builder.requestsPerSecond(0),
                builder -> builder.requestsPerSecond(-1),
                builder -> builder.requestsPerSecond(Double.NaN),
                builder -> builder.monthlyBudget(-1),
                builder -> new RetryPolicy(-1, Duration.ZERO, Duration.ZERO),
                builder -> new RetryPolicy(11, Duration.ZERO, Duration.ZERO),
                builder -> new RetryPolicy(1, Duration.ofSeconds(-1), Duration.ZERO),
                builder -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void option_outOfRange_isRefused(Consumer<TuyaCloudBuilder> option) {
        assertThatIllegalArgumentException().isThrownBy(() -> option.accept(withKey()));
    }

    static Stream<Consumer<TuyaCloudBuilder>> nullOptions() {
        return Stream.of(
                builder -> builder.configFile(null),
                builder -> builder.region((String) null),
                builder -> builder.region((Region) null),
                builder -> builder.endpoint(null),
                builder -> builder.apiKey(null),
                builder -> builder.apiSecret(null),
                builder -> builder.apiDeviceId((String[]) null),
                builder -> builder.initialToken(null),
                builder -> builder.tokenStore(null),
                builder -> builder.lang(null),
                builder -> builder.callTimeout(null),
                builder -> builder.retryPolicy(null),
                builder -> builder.httpClient(null),
                builder -> builder.clock(null),
                builder -> new TuyaCloud((Path) null),
                builder -> new TuyaCloud(null, "k", "s"),
                builder -> new TuyaCloud("eu", null, "s"),
                builder -> new TuyaCloud("eu", "k", null),
                builder -> new TuyaCloud("eu", "k", "s", null));
    }

    @ParameterizedTest
    @MethodSource("nullOptions")
    void option_null_isRefused(Consumer<TuyaCloudBuilder> option) {
        assertThatNullPointerException().isThrownBy(() -> option.accept(withKey()));
    }

    @Test
    void retryPolicy_defaults_areTheDocumentedOnes() {
        assertThat(RetryPolicy.defaults())
                .isEqualTo(new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8)))
                .isEqualTo(RetryPolicy.of(2));
    }
}

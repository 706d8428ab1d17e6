package io.github.tuyacloud.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which names stand for secrets, and that their values are masked wherever maps, lists and texts are shown. */
class SecretNamesTest {

    /** Secret names, in several spellings. */
    private static final List<String> SECRET = List.of(
            "access token",
            "refresh token",
            "id token",
            "token",
            "client secret",
            "api secret",
            "secret",
            "secret key",
            "password",
            "wifi password",
            "ticket password",
            "passwd",
            "pwd",
            "wifi pwd",
            "passphrase",
            "pass phrase",
            "passcode",
            "local key",
            "key",
            "api key",
            "access key",
            "ticket key",
            "private key",
            "session key",
            "auth key",
            "p2p key",
            "aes key",
            "sign",
            "signature",
            "authorization",
            "proxy authorization",
            "cookie",
            "set cookie",
            "pin",
            "pin code",
            "device pin",
            "credential",
            "credentials",
            "psk");

    private static final List<String> HARMLESS = List.of(
            "row key",
            "next row key",
            "start row key",
            "product key",
            "token type",
            "sign method",
            "password id",
            "access mode",
            "keyboard",
            "monkey",
            "spin",
            "ping",
            "signal strength",
            "design",
            "switch 1",
            "temp wd",
            "author",
            "id",
            "uid",
            "name");

    static Stream<String> secretNames() {
        return SECRET.stream().flatMap(SecretNamesTest::spellings);
    }

    static Stream<String> harmlessNames() {
        return HARMLESS.stream()
                .flatMap(SecretNamesTest::spellings)
                .filter(name -> !name.equals("rowkey") && !name.equals("ROWKEY"));
    }

    private static Stream<String> spellings(String words) {
        StringBuilder camel = new StringBuilder();
        for (String word : words.split(" ")) {
            camel.append(camel.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        String pascal = Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
        return Stream.of(
                        words,
                        camel.toString(),
                        pascal,
                        words.replace(' ', '_'),
                        words.replace(' ', '-'),
                        words.replace(' ', '_').toUpperCase())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("secretNames")
    void isSecret_secretInAnySpelling_isTrue(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"accesstoken", "REFRESHTOKEN", "clientsecret", "localkey", "wifipwd", "pincode", "devicePINCode"
            })
    void isSecret_wordsWrittenTogether_isTrue(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("harmlessNames")
    void isSecret_harmlessInAnySpelling_isFalse(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("secretNames")
    void toString_memberWithASecretName_isMasked(String name) {
        JsonObject object = JsonObject.copyOf(Map.of(name, "v-1234"));

        assertThat(object).hasToString("{" + name + "=***}");
        assertThat(LogSafe.line("{}", new LinkedHashMap<>(Map.of(name, "v-1234"))))
                .isEqualTo("{" + name + "=***}");
    }

    @Test
    void toString_secretsBelowASecretName_areMasked() {
        JsonObject object = JsonObject.copyOf(Map.of("tokens", List.of("v-1", Map.of("first", "v-2", "active", true))));

        assertThat(object.toString()).startsWith("{tokens=[***, {").contains("first=***", "active=true");
    }

    @Test
    void toString_jsonInAText_isMasked() {
        JsonObject object = JsonObject.copyOf(Map.of("value", "{\"ssid\":\"home\",\"pwd\":\"v-1234\"}"));

        assertThat(object).hasToString("{value={\"ssid\":\"home\",\"pwd\":\"***\"}}");
    }

    @Test
    void line_mapInAList_isMasked() {
        assertThat(LogSafe.line("x {}", List.of(Map.of("clientSecret", 1234)))).isEqualTo("x [{clientSecret=***}]");
    }

    @Test
    void line_listThatContainsItself_ends() {
        List<Object> list = new ArrayList<>();
        list.add(Map.of("inner", list));

        assertThat(LogSafe.line("{}", list)).isEqualTo("[{inner=(itself)}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "accessToken=v-1, x=y | accessToken=***, x=y",
                "Authorization: Bearer v-1 x | Authorization: *** x",
                "authorization = basic v-1 | authorization = ***",
                "\"passPhrase\" : \"a b; c\", x | \"passPhrase\" : \"***\", x",
                "'pwd':'a b' | 'pwd':'***'",
                "{\\\"clientSecret\\\":\\\"v-1\\\"} | {\\\"clientSecret\\\":\\\"***\\\"}",
                "?client_secret=v-1 | ?client_secret=***",
                "pin: 1234 | pin: ***",
                "grant=x&client_secret=v-1&a=b | grant=x&client_secret=***&a=b",
                "url: https://h/p?accessToken=v-1 | url: https://h/p?accessToken=***",
                "{\"msg\":\"pwd=v-1\"} | {\"msg\":\"pwd=***\"}",
                "{\"a\":\"{\\\"pwd\\\":\\\"two words\\\"}\"} | {\"a\":\"{\\\"pwd\\\":\\\"***\\\"}\"}",
                "{\"pwd\":\"a\\\"b, c\"} | {\"pwd\":\"***\"}",
                "{\"tokens\":[\"v-1\",\"v-2\"]} | {\"tokens\":***}",
                "{\"secret\":{\"v\":\"v-1\"}} | {\"secret\":***}",
                "{\"code\":\"wifi_pwd\",\"value\":\"v-1\"} | {\"code\":\"wifi_pwd\",\"value\":\"***\"}",
                "{code=wifi_pwd, value=v-1} | {code=wifi_pwd, value=***}",
                "_password=v-1 | _password=***",
                "user[password]=v-1 | user[password]=***",
                "password[0]=v-1 | password[0]=***",
                "pwd=v,1;2'3 | pwd=***",
                "pwd=v-1,user=x | pwd=***,user=x",
                "pwd=\"v-1 and more | pwd=\"***",
                "{\"pwd\":\"\",\"a\":1} | {\"pwd\":\"***\",\"a\":1}",
                "<passwd>v-1</passwd> x | <passwd>***</passwd> x",
                "secret => v-1 | secret => ***",
                "apiKey%3Dv-1 | apiKey%3D***",
                "%22pwd%22%3A%22v-1%22 | %22pwd%22%3A***",
                "key: device_id | key: device_id",
                "x: y, row_key=123 | x: y, row_key=123"
            })
    void mask_text_masksNamedValues(String text, String masked) {
        assertThat(SecretNames.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=",
                "a:b ",
                "pwd=",
                "pwd=\"",
                "pwd=\\\"",
                "pwd=[",
                "pwd=a,",
                "pwd=\\",
                "pwd:  ",
                "%22pwd",
                "pwd\", \"value\"",
                "a.b-",
                "pwd ",
                "bearer pwd=bearer ",
                "'pwd=x"
            })
    @Timeout(20)
    void mask_longText_takesLinearTime(String part) {
        String text = part.repeat(50_000) + "=" + "\"".repeat(50_000);

        assertThat(SecretNames.maskSentence(text)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pwd,1234,***", "pwd,'',''", "switch_1,1234,1234"})
    void shown_value_dependsOnItsName(String name, String value, String shown) {
        assertThat(SecretNames.shown(name, value)).isEqualTo(shown);
    }

    @Test
    void shown_noSecret_isTheValue() {
        assertThat(SecretNames.shown("pwd", true)).isEqualTo(true);
        assertThat(SecretNames.shown("pwd", null)).isNull();
        assertThat(SecretNames.shown(null, "x")).isEqualTo("x");
    }
}

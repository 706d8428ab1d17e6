package io.github.tuyacloud.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks reading tinytuya.json: what is accepted, and that each error names the file and what to change. */
class ConfigFileTest {

    private static final String WHOLE = """
            {
              "apiKey": "key0",
              "apiSecret": "TOP-SECRET-VALUE",
              "apiRegion": "eu",
              "apiDeviceID": "bf01, bf02,bf01"
            }
            """;

    /** The example in messages; the jar does not contain the example file. */
    private static final String CONTENT = "{\"apiKey\": \"...\", \"apiSecret\": \"...\", \"apiRegion\": \"eu\"}";

    @TempDir
    Path folder;

    @Test
    void read_completeFile_returnsAllFourValues() throws IOException {
        TinytuyaConfig config = TinytuyaConfig.read(file(WHOLE));

        assertThat(config)
                .isEqualTo(new TinytuyaConfig("key0", "TOP-SECRET-VALUE", Region.EU, List.of("bf01", "bf02")));
        assertThat(config.toString()).doesNotContain("TOP-SECRET-VALUE").doesNotContain("key0");
    }

    @Test
    void read_byteOrderMark_isSkipped() throws IOException {
        assertThat(TinytuyaConfig.read(file("\uFEFF" + WHOLE)).apiKey()).isEqualTo("key0");
    }

    @Test
    void read_unknownKeysAndBlankValues_countAsAbsent() throws IOException {
        TinytuyaConfig config = TinytuyaConfig.read(
                file(
                        "{\"apiKey\":\" \",\"apiSecret\":\"\",\"apiRegion\":\" \",\"apiDeviceID\":\"\",\"other\":[1,{}],\"apikey\":\"x\"}"));

        assertThat(config).isEqualTo(new TinytuyaConfig(null, null, null, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "apikey, apiKey",
        "api_key, apiKey",
        "key, apiKey",
        "API-SECRET, apiSecret",
        "region, apiRegion",
        "Api Region, apiRegion",
        "deviceId, apiDeviceID"
    })
    void read_otherSpellingOfAKey_namesTheRightOne(String written, String right) throws IOException {
        Path file = file(WHOLE.replace("\"" + right + "\"", "\"" + written + "\""));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessage("Reading " + file + " failed: \"" + right + "\" is missing, but there is \"" + written
                        + "\": rename it");
        assertThat(TinytuyaConfig.read(file(WHOLE.replace("{", "{\"" + written + "\": 1,")))
                        .apiKey())
                .isEqualTo("key0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_apiRegion", "#apiRegion", "//region", ""})
    void read_disabledKey_isIgnored(String disabled) throws IOException {
        assertThat(TinytuyaConfig.read(file(WHOLE.replace("apiRegion", disabled)))
                        .region())
                .isNull();
    }

    @Test
    void read_whitespaceAroundValues_isStripped() throws IOException {
        assertThat(TinytuyaConfig.read(file("{\"apiKey\":\" key0\\n\",\"apiRegion\":\" EU-w \"}")))
                .isEqualTo(new TinytuyaConfig("key0", null, Region.EU_WEST, List.of()));
    }

    @Test
    void read_symbolicLink_isFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file(WHOLE));

        assertThat(TinytuyaConfig.read(link).region()).isEqualTo(Region.EU);
    }

    @Test
    void read_missingFile_namesPathAndRemedy() {
        Path missing = folder.resolve("nowhere.json");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(missing))
                .withMessageContaining("Reading " + missing + " failed: there is no such file")
                .withMessageContaining("looked for " + missing.toAbsolutePath())
                .withMessageContaining(
                        "Create it: " + CONTENT + ", with the access id and access secret from the project's")
                .withMessageContaining(
                        "set TUYA_API_KEY, TUYA_API_SECRET and TUYA_REGION, or pass region, apiKey and apiSecret")
                .withMessageNotContaining(".example");
    }

    @Test
    void read_brokenLink_countsAsMissing() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("nowhere.json"));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(link))
                .withMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"apiSecret\": \"TOP-SECRET-VALUE\",,} | not valid JSON at line 1, column",
                "{'apiSecret': 'TOP-SECRET-VALUE'} | not valid JSON at line 1, column 2",
                "{\"apiSecret\": \"TOP-SECRET-VALUE\" | not valid JSON at line",
                "{\"apiSecret\": \"TOP-SECRET-VALUE\"} x | not valid JSON",
                "apiSecret = TOP-SECRET-VALUE | not valid JSON at line 1, column",
                "'' | it is empty",
                "' ' | it is empty"
            })
    void read_malformedJson_namesPositionAndQuotesNothing(String content, String where) throws IOException {
        Path file = file(content);

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("Reading " + file)
                .withMessageContaining(where)
                .withMessageContaining("It should look like " + CONTENT)
                .withMessageNotContaining("TOP-SECRET")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "5", "null", "true"})
    void read_notAnObject_throws(String content) throws IOException {
        Path file = file(content);

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("it must hold one JSON object, such as " + CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiKey", "apiSecret", "apiRegion", "apiDeviceID"})
    void read_valueNotAString_namesTheKey(String name) throws IOException {
        for (String value : List.of("{}", "[]")) {
            Path file = file("{\"" + name + "\":" + value + "}");

            assertThatExceptionOfType(TuyaConfigException.class)
                    .isThrownBy(() -> TinytuyaConfig.read(file))
                    .withMessageContaining("\"" + name + "\" must be a string in quotes");
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"xx\"', xx", "5, 5", "true, true"})
    void read_unknownRegion_listsKnownRegions(String value, String shown) throws IOException {
        Path file = file("{\"apiRegion\":" + value + "}");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("\"apiRegion\" is wrong. Unknown region \"" + shown + "\"")
                .withMessageContaining(
                        "cn (China), us or az (Western America), us-e or ue (Eastern America), eu (Central Europe), "
                                + "eu-w or we (Western Europe), in (India), sg (Singapore)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5ec4e7a91c0d4be28f6730a2bd1e94c8", "0123456789abcdefghij", "p4ss-w0rd-of1", "s3cr=t", "a b"})
    void read_secretInPlaceOfRegion_isNotQuoted(String secret) throws IOException {
        Path file = file("{\"apiRegion\":\"" + secret + "\"}");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining(
                        "\"apiRegion\" is wrong. Unknown region (" + secret.length() + " characters): use")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", " SCAN "})
    void read_deviceIdScan_countsAsAbsent(String value) throws IOException {
        assertThat(TinytuyaConfig.read(file("{\"apiDeviceID\":\"" + value + "\"}"))
                        .apiDeviceIds())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void read_nestedTooDeeply_throws(String level) throws IOException {
        Path file = file(level.repeat(1000));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("JSON that is nested too deeply");
    }

    @Test
    void read_notUtf8_asksForUtf8() throws IOException {
        Path file = folder.resolve("latin1.json");
        Files.write(file, "{\"apiKey\":\"K\u00fcche\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("save it as UTF-8");
    }

    @Test
    void read_folder_throws() {
        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(folder))
                .withMessageContaining("it is not a regular file");
    }

    @Test
    void read_largerThanOneMebibyte_throws() throws IOException {
        Path file = file("{\"apiKey\":\"key0\"}" + " ".repeat(1024 * 1024));

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("larger than 1 MiB");
    }

    @Test
    void read_exactlyOneMebibyte_isRead() throws IOException {
        String start = "{\"apiKey\":\"key0\"}";

        assertThat(TinytuyaConfig.read(file(start + " ".repeat(1024 * 1024 - start.length())))
                        .apiKey())
                .isEqualTo("key0");
    }

    @Test
    void read_noPermission_throws() throws IOException {
        Path file = file(WHOLE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        assertThatExceptionOfType(TuyaConfigException.class)
                .isThrownBy(() -> TinytuyaConfig.read(file))
                .withMessageContaining("Check its permissions");
    }

    @Test
    void read_secretThatEveryUserCanRead_logsWhatToDo() throws IOException {
        assertThat(warningsOfReading("rw-r--r--", WHOLE))
                .singleElement()
                .asString()
                .contains("tinytuya.json contains a secret", "run chmod 600 on it");
    }

    @Test
    void read_secretThatOnlyTheOwnerCanRead_logsNothing() throws IOException {
        assertThat(warningsOfReading("rw-------", WHOLE)).isEmpty();
    }

    @Test
    void read_noSecretYet_logsNothing() throws IOException {
        assertThat(warningsOfReading("rw-r--r--", "{\"apiKey\": \"key0\", \"apiSecret\": \"\"}"))
                .isEmpty();
    }

    private List<String> warningsOfReading(String permissions, String content) throws IOException {
        Path file = Files.setPosixFilePermissions(file(content), PosixFilePermissions.fromString(permissions));
        try (CapturedLog log = new CapturedLog()) {
            TinytuyaConfig.read(file);
            return log.lines("WARN ");
        }
    }

    private Path file(String content) throws IOException {
        return PrivateFile.write(folder.resolve("tinytuya.json"), content);
    }
}

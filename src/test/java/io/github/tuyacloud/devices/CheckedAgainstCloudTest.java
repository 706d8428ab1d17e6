package io.github.tuyacloud.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDataPoint;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeProduct;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that {@link Command#checked} refuses exactly the commands that the cloud refuses with 2008. */
class CheckedAgainstCloudTest extends FakeCloudTest {

    private static final List<Object> VALUES = List.of(
            true,
            false,
            -1,
            0,
            1,
            5,
            7,
            8,
            10,
            11,
            1_000_000,
            1.5,
            "",
            "a",
            "dim",
            "abcdef",
            "{}",
            "[",
            "AAEC",
            Map.of("h", 1),
            Map.of());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checked_anyTypeAndValue_agreesWithTheCloud(boolean full) {
        FakeProduct product = FakeProduct.of(
                "allfake00011",
                "Everything",
                "qt",
                FakeDataPoint.bool("flag", 1),
                FakeDataPoint.integer("level", 2, "%", 0, 10, 0),
                FakeDataPoint.enumeration("choice", 3, "dim", "a"),
                FakeDataPoint.text("words", 4, 5),
                FakeDataPoint.json("object", 5, "{}", "{}"),
                FakeDataPoint.raw("bytes", 6),
                FakeDataPoint.integer("reading", 8, "W", 0, 10, 0).readOnly());
        fake.addDevice(FakeDevice.builder("bfeverything", product).build());
        DpMapping mapping = full
                ? cloud.things().fullMapping("bfeverything")
                : cloud.getMapping("allfake00011", "bfeverything").orElseThrow();

        List<String> disagreements = new ArrayList<>();
        for (String code : List.of("flag", "level", "choice", "words", "object", "bytes", "reading", "unknown")) {
            for (Object value : VALUES) {
                if (isRefusedHere(mapping, code, value) != isRefusedThere(code, value)) {
                    disagreements.add(code + " = " + value);
                }
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(fake.commands("bfeverything")).isNotEmpty();
    }

    @Test
    void checked_command_isSentAsItIs() {
        DpMapping mapping =
                cloud.getMapping(DemoWorld.plug().id(), DemoWorld.PLUG).orElseThrow();

        cloud.sendCommand(
                DemoWorld.PLUG, Command.checked(mapping, "switch_1", true), Command.scaled(mapping, "countdown_1", 90));

        assertThat(sent())
                .last()
                .isEqualTo("POST /v1.0/iot-03/devices/" + DemoWorld.PLUG + "/commands {\"commands\":["
                        + "{\"code\":\"switch_1\",\"value\":true},{\"code\":\"countdown_1\",\"value\":90}]}");
    }

    private static boolean isRefusedHere(DpMapping mapping, String code, Object value) {
        try {
            Command.checked(mapping, code, value);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private boolean isRefusedThere(String code, Object value) {
        try {
            return !cloud.sendCommand("bfeverything", Command.of(code, value));
        } catch (TuyaApiException e) {
            assertThat(e.code()).isEqualTo(2008);
            return true;
        }
    }
}

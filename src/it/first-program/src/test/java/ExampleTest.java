import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import org.junit.jupiter.api.Test;

class ExampleTest {
    @Test
    void sendCommand_plugOfTheFake_isSwitchedOn() {
        try (FakeTuyaCloud fake = FakeTuyaCloud.start();
                TuyaCloud cloud = TuyaCloud.builder()
                        .endpoint(fake.endpoint())
                        .apiKey(fake.apiKey())
                        .apiSecret(fake.apiSecret())
                        .build()) {
            cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true));

            assertEquals(true, fake.device(DemoWorld.PLUG).status("switch_1"));
        }
    }
}

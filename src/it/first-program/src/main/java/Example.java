import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;

public class Example {
    public static void main(String[] args) {
        try (TuyaCloud cloud = new TuyaCloud()) { // key and secret come from ./tinytuya.json
            cloud.getDevices().forEach(System.out::println);
            cloud.sendCommand("bf1a0c44e0b7d5c9e2plug", Command.of("switch_1", true)); // one of your ids
        }
    }
}

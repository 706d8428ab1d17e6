package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.support.Clients;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Checks that methods make the calls that the README lists for them. */
class ReadmeCallsTest {

    @Test
    void calls_inTheTable_areThoseThatTheMethodsMake() {
        Set<String> made = new TreeSet<>();
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            try (TuyaCloud cloud = builder(fake).build()) {
                cloud.getDevices(DeviceListOptions.builder().includeMap(true).build());
                cloud.getStatus(DemoWorld.PLUG);
                cloud.getFunctions(DemoWorld.PLUG);
                cloud.getProperties(DemoWorld.PLUG);
                cloud.getDps(DemoWorld.PLUG);
                cloud.getConnectStatus(DemoWorld.PLUG);
                cloud.sendCommand(DemoWorld.PLUG, Command.of("switch_1", true));
                cloud.getDeviceLog(DemoWorld.PLUG);
                made.addAll(cloud.usage().byEndpoint().keySet());
            }
            try (TuyaCloud cloud = builder(fake).apiDeviceId(DemoWorld.PLUG).build()) {
                cloud.getDevices();
                made.addAll(cloud.usage().byEndpoint().keySet());
            }
        }
        made.remove("GET /v1.0/token");

        Set<String> named = new TreeSet<>();
        Page.readme()
                .table("tinytuya", "here")
                .forEach(row -> named.addAll(Page.codeSpansIn(row.get(3)).stream()
                        .filter(span -> span.matches("(GET|POST) .*") && !span.contains("{uri}"))
                        .toList()));
        assertThat(named).isEqualTo(made);
    }

    private static TuyaCloudBuilder builder(FakeTuyaCloud fake) {
        return Clients.of(fake);
    }
}

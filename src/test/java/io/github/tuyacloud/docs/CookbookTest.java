package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDataPoint;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeProduct;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that each program of the cookbook works on the fake cloud. */
class CookbookTest {

    private static final String LOCK = "bf6a0e58d2b9c471f3lock";

    /** Matches {@code name} in {@code c.name(...)}. */
    private static final Pattern PYTHON_CALL = Pattern.compile("\\bc\\.([a-z_]+)\\(");

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void recipes_onThePage_areAllTestedHere() {
        List<String> tests = Arrays.stream(CookbookTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName().replaceFirst("_.*", ""))
                .toList();

        assertThat(Page.guide("cookbook").blocks("java")).isNotEmpty().allSatisfy(block -> assertThat(tests)
                .contains(uncapitalized(nameOf(block))));
    }

    @Test
    void saveDevices_runTwice_startsFromTheFile() throws Exception {
        PageProgram program = recipe("SaveDevices");

        assertThat(program.compileAndRun(fake)).hasSize(5).contains(DemoWorld.PLUG + "  Kitchen plug");
        List<Device> saved = DevicesFile.read(folder.resolve("devices.json"));
        assertThat(saved).extracting(Device::id).containsExactlyElementsOf(ids());
        assertThat(saved.get(0).key()).isEqualTo(fake.device(DemoWorld.PLUG).localKey());
        assertThat(saved.get(0).mapping()).isNotNull();

        fake.clearRequests();
        program.compileAndRun(fake);
        assertThat(fake.requestCount("GET", "/v1.0/devices/factory-infos")).isZero();
        assertThat(fake.requestCount("GET", "/v1.1/devices/{id}/specifications"))
                .isZero();
        assertThat(DevicesFile.read(folder.resolve("devices.json"))).isEqualTo(saved);
    }

    @Test
    void switchPlug_byName_switchesIt() throws Exception {
        recipe("SwitchPlug").compileAndRun(fake, "Kitchen plug", "on");

        assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
    }

    @Test
    void dimLamp_percent_sendsTheRawValue() throws Exception {
        recipe("DimLamp").compileAndRun(fake, DemoWorld.LAMP, "40");

        assertThat(fake.device(DemoWorld.LAMP).status())
                .containsEntry("switch_led", true)
                .extractingByKey("bright_value_v2")
                .hasToString("406");
    }

    @Test
    void dimLamp_lampWithSteps_usesTheNearestOne() throws Exception {
        String steps = "{\"min\":10,\"max\":1000,\"scale\":0,\"step\":100}";
        fake.addDevice(FakeDevice.builder(
                        "coarse",
                        FakeProduct.of(
                                "coarselamp",
                                "Coarse Lamp",
                                "dj",
                                FakeDataPoint.bool("switch_led", 20),
                                new FakeDataPoint("bright_value", 22, "Integer", steps, true, true, 10)))
                .build());

        recipe("DimLamp").compileAndRun(fake, "coarse", "40");

        assertThat(fake.device("coarse").status())
                .extractingByKey("bright_value")
                .hasToString("410");
    }

    @Test
    void energyLog_oneDevice_writesARowForEachReading() throws Exception {
        recipe("EnergyLog").compileAndRun(fake, DemoWorld.PLUG);

        List<String> rows = Files.readAllLines(folder.resolve("energy.csv"));
        assertThat(rows).hasSize(43).startsWith("time,watts");
        assertThat(rows.get(1)).matches("20[0-9-]+T[0-9:.]+Z,0\\.0");
        assertThat(rows.get(2)).endsWith("Z,60.5");
        assertThat(rows.subList(1, rows.size())).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void onlineSensors_oneOffline_describesTheOther() throws Exception {
        fake.addDevice(FakeDevice.builder("cellar", DemoWorld.sensor())
                .name("Cellar sensor")
                .online(false)
                .build());

        assertThat(recipe("OnlineSensors").compileAndRun(fake))
                .singleElement()
                .asString()
                .startsWith("Bedroom sensor [va_temperature (1): 21.5 °C, ");
        assertThat(fake.requestCount("GET", "/v1.0/iot-03/devices/status")).isEqualTo(1);
    }

    @Test
    void onlineSensors_withoutAProduct_areShownRaw() throws Exception {
        FakeProduct none = FakeProduct.of("", "", "pir", FakeDataPoint.bool("presence", 1));
        fake.addDevice(FakeDevice.builder("attic", none).name("Attic sensor").build());

        assertThat(recipe("OnlineSensors").compileAndRun(fake)).hasSize(2).contains("Attic sensor [presence: false]");
    }

    @Test
    void openDoor_withTicket_opensIt() throws Exception {
        fake.addDevice(FakeDevice.builder(LOCK, DemoWorld.lock()).build());

        assertThat(recipe("OpenDoor").compileAndRun(fake, LOCK))
                .containsExactly("The ticket is valid for 300 s.", "The door is open.");
        assertThat(fake.requestCount("POST", "/v1.0/devices/{id}/door-lock/password-free/open-door"))
                .isEqualTo(1);
    }

    @Test
    void accounts_severalFiles_areReadInSequence() throws Exception {
        assertThat(recipe("Accounts")
                        .config("alice.json", fake, DemoWorld.PLUG)
                        .config("bob.json", fake, DemoWorld.OFFLINE_PLUG)
                        .compileAndRun(fake, "alice.json", "bob.json"))
                .containsExactly(
                        "alice.json: Kitchen plug",
                        "alice.json: Desk lamp",
                        "alice.json: Gateway",
                        "alice.json: Bedroom sensor",
                        "bob.json: Garage plug");
    }

    @Test
    void behindProxy_everyRequest_usesTheProxy() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy()) {
            assertThat(recipe("BehindProxy")
                            .replacing("\"proxy.example.com\", 3128", "\"127.0.0.1\", " + proxy.port())
                            .compileAndRun(fake))
                    .hasSize(5);
            assertThat(proxy.requests()).isEqualTo(fake.requests().size()).isPositive();
        }
    }

    @Test
    void tuyaConfiguration_inSpring_createsABean() throws Exception {
        assertThat(SpringStandIn.runs(recipe("TuyaConfiguration"))
                        .compileAndRun(
                                fake,
                                "TuyaConfiguration",
                                "tuya.region=eu",
                                "tuya.key=" + fake.apiKey(),
                                "tuya.secret=" + fake.apiSecret()))
                .hasSize(5)
                .contains("Kitchen plug");
    }

    @Test
    void virtualThreads_onJava21_readEveryDevice() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21; this is an older one");

        assertThat(recipe("VirtualThreads").release(21).compileAndRun(fake))
                .containsExactlyInAnyOrder(
                        "Kitchen plug: online",
                        "Desk lamp: online",
                        "Gateway: online",
                        "Bedroom sensor: online",
                        "Garage plug: offline");
    }

    /** Runs the lines of the table as one program. */
    @Test
    void moving_everyLineOfJava_runs() throws Exception {
        String lines = Page.guide("from-tinytuya").table("in Python", "in Java").stream()
                .map(row -> String.join("", Page.codeSpansIn(row.get(1))))
                .collect(Collectors.joining("\n"));
        String file = "Files.writeString(Path.of(\"devices.json\"), \"[]\");\n";

        new PageProgram(new Page.Block("java", 0, file + lines), folder).compileAndRun(fake);

        assertThat(fake.device(DemoWorld.PLUG).status("switch_1")).isEqualTo(true);
    }

    @Test
    void moving_methodsOfTinytuya_areAllListed() {
        Page readme = Page.readme();
        Set<String> methods = new TreeSet<>();
        readme.table("tinytuya", "here").forEach(row -> Page.codeSpansIn(row.get(0))
                .forEach(span -> methods.add(span.replaceFirst("\\(.*", ""))));

        assertThat(Page.guide("from-tinytuya").table("in Python", "in Java"))
                .flatExtracting(row -> PYTHON_CALL
                        .matcher(row.get(0))
                        .results()
                        .map((MatchResult call) -> call.group(1))
                        .toList())
                .containsAll(methods)
                .isSubsetOf(methods);
    }

    private PageProgram recipe(String className) {
        Page.Block block = Page.guide("cookbook").blocks("java").stream()
                .filter(candidate -> nameOf(candidate).equals(className))
                .findFirst()
                .orElseThrow();
        return new PageProgram(block, folder);
    }

    private List<String> ids() {
        return fake.devices().stream().map(FakeDevice::id).toList();
    }

    private static String nameOf(Page.Block block) {
        return block.text().replaceFirst("(?s).*\\npublic class (\\w+).*", "$1");
    }

    private static String uncapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}

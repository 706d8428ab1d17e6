package io.github.tuyacloud.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The initial contents of a fake cloud: two users, five devices and a week of events, all invented. */
public final class DemoWorld {
    /** The user that owns the plug, the lamp, the gateway and the sensor. */
    public static final String ALICE = "eu1588925778000Alice";
    /** The user that owns a plug that is offline. */
    public static final String BOB = "eu1588925779000Bobby";
    /** Alice's home, with two rooms. */
    public static final long HOME = 44_154_302L;
    /** The room with the lamp and the sensor. */
    public static final long BEDROOM = 7_001L;
    /** A scene of Alice's home, which turns the lamp on and the plug off. */
    public static final String EVENING_SCENE = "T5vFakeEveningScene1";

    /** A plug that measures power. */
    public static final String PLUG = "bf1a0c44e0b7d5c9e2plug";
    /** A color lamp, with one data point that exists only in the thing model. */
    public static final String LAMP = "bf2b7d19f3a860e4c1lamp";
    /** A gateway without data points. */
    public static final String GATEWAY = "bf3c52e8a90d17f6b4gate";
    /** A temperature and humidity sensor, a sub-device of the gateway. */
    public static final String SENSOR = "bf4d96b3c7e2f08a15sens";
    /** Bob's plug, which is offline. */
    public static final String OFFLINE_PLUG = "bf5e31d7a4c8b92f60plug";

    /** Alice's infrared air conditioner, present under {@link Quirk#INFRARED_DEVICES}. */
    public static final String AIR_CONDITIONER = "bf6a83c5d1e7094b2firac";
    /** Alice's infrared television, present under {@link Quirk#INFRARED_DEVICES}. */
    public static final String TELEVISION = "bf7b94d6e2f81a5c30irtv";

    private static final String COLOUR_VALUES = "{\"h\":{\"min\":0,\"scale\":0,\"unit\":\"\",\"max\":360,\"step\":1},"
            + "\"s\":{\"min\":0,\"scale\":0,\"unit\":\"\",\"max\":1000,\"step\":1},"
            + "\"v\":{\"min\":0,\"scale\":0,\"unit\":\"\",\"max\":1000,\"step\":1}}";

    private DemoWorld() {}

    /**
     * Returns a plug: a switch and a countdown that can be set, and current, power and voltage that can be read.
     *
     * @return the product
     */
    public static FakeProduct plug() {
        return FakeProduct.of(
                "pnzfakeplug1",
                "Smart Plug",
                "cz",
                FakeDataPoint.bool("switch_1", 1),
                FakeDataPoint.integer("countdown_1", 9, "s", 0, 86_400, 0),
                FakeDataPoint.integer("cur_current", 18, "mA", 0, 30_000, 0).readOnly(),
                FakeDataPoint.integer("cur_power", 19, "W", 0, 50_000, 1).readOnly(),
                FakeDataPoint.integer("cur_voltage", 20, "V", 0, 5_000, 1)
                        .readOnly()
                        .initially(2_302));
    }

    /**
     * Returns a lamp: brightness, color temperature and color.
     *
     * @return the product
     */
    public static FakeProduct lamp() {
        return FakeProduct.of(
                "lampfake0002",
                "Smart Lamp",
                "dj",
                FakeDataPoint.bool("switch_led", 20),
                FakeDataPoint.enumeration("work_mode", 21, "white", "colour", "scene", "music"),
                FakeDataPoint.integer("bright_value_v2", 22, "", 10, 1_000, 0),
                FakeDataPoint.integer("temp_value_v2", 23, "", 0, 1_000, 0),
                FakeDataPoint.json("colour_data_v2", 24, COLOUR_VALUES, "{\"h\":0,\"s\":1000,\"v\":1000}"),
                FakeDataPoint.enumeration("night_light", 101, "off", "dim", "bright")
                        .custom());
    }

    /**
     * Returns a sensor, whose data points are all read-only.
     *
     * @return the product
     */
    public static FakeProduct sensor() {
        return FakeProduct.of(
                "wsdcgfake003",
                "Temperature and Humidity Sensor",
                "wsdcg",
                FakeDataPoint.integer("va_temperature", 1, "\u2103", -200, 600, 1)
                        .readOnly()
                        .initially(215),
                FakeDataPoint.integer("va_humidity", 2, "%", 0, 100, 0)
                        .readOnly()
                        .initially(48),
                FakeDataPoint.integer("battery_percentage", 3, "%", 0, 100, 0)
                        .readOnly()
                        .initially(87));
    }

    /**
     * Returns a gateway, which has no data points.
     *
     * @return the product
     */
    public static FakeProduct gateway() {
        return FakeProduct.of("wg2fakegw004", "Zigbee Gateway", "wg2");
    }

    /**
     * Returns a door lock. The demo world has none; add a device of this product.
     *
     * @return the product
     */
    public static FakeProduct lock() {
        return FakeProduct.of(
                "msfakelock05",
                "Door Lock",
                "ms",
                FakeDataPoint.integer("residual_electricity", 12, "%", 0, 100, 0)
                        .readOnly()
                        .initially(76));
    }

    /**
     * Returns an infrared air conditioner: its numbers are described as ENUM and reported as text, without DP ids.
     *
     * @return the product
     */
    public static FakeProduct airConditioner() {
        return FakeProduct.of(
                "qtfakeirac06",
                "Infrared Air Conditioner",
                "infrared_ac",
                FakeDataPoint.infraredNumber("M", 0, 4),
                FakeDataPoint.infraredNumber("T", 16, 30),
                FakeDataPoint.infraredNumber("F", 0, 3),
                FakeDataPoint.infraredKey("PowerOn"),
                FakeDataPoint.infraredKey("PowerOff"));
    }

    /**
     * Returns an infrared television: the keys of its remote, including digits, without DP ids.
     *
     * @return the product
     */
    public static FakeProduct television() {
        return FakeProduct.of(
                "qtfakeirtv07",
                "Infrared Television",
                "infrared_tv",
                FakeDataPoint.infraredKey("0"),
                FakeDataPoint.infraredKey("1"),
                FakeDataPoint.infraredKey("Volume+"));
    }

    static void addInfrared(World world) {
        world.add(FakeDevice.builder(AIR_CONDITIONER, airConditioner())
                .name("Air conditioner")
                .localKey("")
                .build());
        world.add(FakeDevice.builder(TELEVISION, television())
                .name("Television")
                .localKey("")
                .build());
    }

    static void fill(World world, Clock clock) {
        world.add(new FakeUser(ALICE, "Alice"));
        world.add(new FakeUser(BOB, "Bob"));
        FakeDevice plug = FakeDevice.builder(PLUG, plug()).name("Kitchen plug").build();
        FakeDevice lamp = FakeDevice.builder(LAMP, lamp()).name("Desk lamp").build();
        FakeDevice gateway =
                FakeDevice.builder(GATEWAY, gateway()).name("Gateway").build();
        FakeDevice sensor = FakeDevice.builder(SENSOR, sensor())
                .name("Bedroom sensor")
                .gatewayId(GATEWAY)
                .serialNumber(null)
                .build();
        FakeDevice offline = FakeDevice.builder(OFFLINE_PLUG, plug())
                .name("Garage plug")
                .uid(BOB)
                .homeId(HOME + 1)
                .online(false)
                .build();
        for (FakeDevice device : List.of(plug, lamp, gateway, sensor, offline)) {
            world.add(device);
        }
        world.add(aliceHome());
        world.add(new FakeHome(HOME + 1, "Bob's garage", BOB, List.of(), List.of()));
        Instant now = clock.instant();
        plug.log().addLazily(() -> switching(now));
        sensor.log().addLazily(() -> readings(now));
        offline.log().addAll(List.of(FakeLogEntry.offline(now.minus(Duration.ofHours(3)))));
    }

    private static FakeHome aliceHome() {
        return new FakeHome(
                HOME,
                "Alice's home",
                ALICE,
                List.of(
                        new FakeHome.Room(BEDROOM - 1, "Kitchen", List.of(PLUG)),
                        new FakeHome.Room(BEDROOM, "Bedroom", List.of(LAMP, SENSOR))),
                List.of(new FakeHome.Scene(
                        EVENING_SCENE,
                        "Evening",
                        true,
                        List.of(
                                new FakeHome.Action(LAMP, "switch_led", true),
                                new FakeHome.Action(PLUG, "switch_1", false)))));
    }

    /** Returns the log of a plug that was switched every four hours for a week. */
    private static List<FakeLogEntry> switching(Instant now) {
        List<FakeLogEntry> events = new ArrayList<>();
        boolean on = false;
        for (int hours = 2; hours < 7 * 24; hours += 4) {
            Instant time = now.minus(Duration.ofHours(hours));
            events.add(FakeLogEntry.report(time, "switch_1", on));
            events.add(FakeLogEntry.report(time.plusSeconds(1), "cur_power", on ? 605 : 0));
            on = !on;
        }
        events.add(FakeLogEntry.online(now.minus(Duration.ofHours(20))));
        events.add(FakeLogEntry.offline(now.minus(Duration.ofHours(21))));
        return events;
    }

    /**
     * Returns the log of a sensor that reported two values every twenty minutes for a week, both in the same
     * millisecond.
     */
    private static List<FakeLogEntry> readings(Instant now) {
        List<FakeLogEntry> events = new ArrayList<>();
        for (int minutes = 5; minutes < 7 * 24 * 60; minutes += 20) {
            Instant time = now.minus(Duration.ofMinutes(minutes));
            double partOfDay = minutes % 1_440 / 1_440.0;
            long wave = Math.round(20 * Math.sin(2 * Math.PI * partOfDay));
            events.add(FakeLogEntry.report(time, "va_temperature", 215 + wave));
            events.add(FakeLogEntry.report(time, "va_humidity", 48 - wave / 4));
        }
        return events;
    }
}

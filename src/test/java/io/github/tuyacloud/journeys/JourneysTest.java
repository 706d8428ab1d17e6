package io.github.tuyacloud.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Quirk;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DpMapping;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks that every journey through the public API records the same facts under every quirk, except for the listed
 * differences.
 */
@DisplayName("Journeys under quirks")
class JourneysTest {
    private static final List<Journey> JOURNEYS = Stream.of(
                    DeviceJourneys.all(), DataPointJourneys.all(), LogJourneys.all())
            .flatMap(List::stream)
            .toList();
    private static final Map<String, SortedMap<String, String>> WITHOUT_QUIRKS = new LinkedHashMap<>();

    @BeforeAll
    static void runWithoutQuirks() throws Exception {
        for (Journey journey : JOURNEYS) {
            WITHOUT_QUIRKS.put(journey.name(), journey.run());
        }
    }

    @Test
    void journeys_withoutQuirks_recordFactsAndOnlyTheListedErrors() {
        assertThat(WITHOUT_QUIRKS).hasSizeGreaterThanOrEqualTo(50).allSatisfy((name, facts) -> assertThat(facts)
                .isNotEmpty());
        assertThat(errors())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "unknown device", "TuyaAuthException 1106",
                        "dps of a gateway", "TuyaApiException 2009",
                        "command of a wrong value", "TuyaApiException 2008",
                        "command to an offline device", "TuyaApiException 2001"));
        assertThat(WITHOUT_QUIRKS.keySet()).containsAll(Differences.journeys());
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void journeys_oneQuirk_differAsInTheTable(Quirk quirk) throws Exception {
        runWith(EnumSet.of(quirk));
    }

    @Test
    void journeys_allQuirks_differAsInTheTable() throws Exception {
        runWith(EnumSet.allOf(Quirk.class));
    }

    @Test
    void airConditioner_numbersInTexts_isReadAndCommanded() {
        try (JourneyWorld world = new JourneyWorld(Quirk.INFRARED_DEVICES)) {
            String product =
                    world.fake.device(DemoWorld.AIR_CONDITIONER).product().id();
            DpMapping mapping =
                    world.cloud.getMapping(product, DemoWorld.AIR_CONDITIONER).orElseThrow();

            assertThat(mapping.dps()).containsOnlyKeys("M", "T", "F", "PowerOn", "PowerOff");
            assertThat(world.cloud.sendCommand(DemoWorld.AIR_CONDITIONER, Command.checked(mapping, "T", 24)))
                    .isTrue();
            assertThat(world.cloud.getStatus(DemoWorld.AIR_CONDITIONER).describe(mapping))
                    .filteredOn(value -> "T".equals(value.code()))
                    .singleElement()
                    .satisfies(value -> {
                        assertThat(value.fits()).isTrue();
                        assertThat(value.number()).isEqualByComparingTo("24");
                    });
        }
    }

    @Test
    void television_digitsForCodes_areCodesAndNotDpIds() {
        try (JourneyWorld world = new JourneyWorld(Quirk.INFRARED_DEVICES)) {
            String product = world.fake.device(DemoWorld.TELEVISION).product().id();
            DpMapping mapping =
                    world.cloud.getMapping(product, DemoWorld.TELEVISION).orElseThrow();

            assertThat(mapping.dps()).containsOnlyKeys("0", "1", "Volume+");
            assertThat(mapping.find("1").orElseThrow().dpId()).isNull();
            assertThat(world.cloud.sendCommand(DemoWorld.TELEVISION, Command.checked(mapping, "1", "1")))
                    .isTrue();
        }
    }

    private static void runWith(Collection<Quirk> quirks) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Journey journey : JOURNEYS) {
            SortedMap<String, String> facts = journey.run(quirks.toArray(Quirk[]::new));
            for (Pattern more : Differences.additional(journey.name(), quirks)) {
                boolean seen = facts.keySet().removeIf(more.asMatchPredicate());
                // A quirk may remove what another one adds.
                softly.assertThat(seen || quirks.size() > 1)
                        .as("%s sees additional %s", journey, more)
                        .isTrue();
            }
            softly.assertThat(facts)
                    .as(journey.name())
                    .isEqualTo(Differences.expected(journey.name(), quirks, WITHOUT_QUIRKS.get(journey.name())));
        }
        softly.assertAll();
    }

    private static Map<String, String> errors() {
        Map<String, String> errors = new TreeMap<>();
        WITHOUT_QUIRKS.forEach((name, facts) -> {
            if (facts.containsKey("error")) {
                errors.put(name, facts.get("error"));
            }
        });
        return errors;
    }
}

package io.github.tuyacloud.journeys;

import io.github.tuyacloud.fake.Quirk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The differences that each quirk makes to journeys: a table with a line for each quirk, its journeys and their
 * differences.
 *
 * <p>Differences are separated by semicolons. {@code *.key = x}: these facts have that value. {@code - *.key}: these
 * facts are missing. {@code + *irac*}: these facts are additional. {@code ! X}: the journey ends immediately with
 * that exception. Everything else is as without quirks.
 */
final class Differences {
    private static final String TABLE = """
            CATEGORY_ONLY_SPECIFICATIONS | list with mappings, devices file, mappings, mapping | - *.dp; - *.type; - *.allowed; *mapping = []
            CATEGORY_ONLY_SPECIFICATIONS | functions, specification, dps | - *.dp; - *.type; - *.allowed
            CATEGORY_ONLY_SPECIFICATIONS | described status | *.countdown_1 = 0 true; *.cur_voltage = 2302 true; *.cur_power = 0 true; *.cur_current = 0 true; *.battery_percentage = 87 true; *.va_humidity = 48 true; *.va_temperature = 215 true
            CATEGORY_ONLY_SPECIFICATIONS | full mapping | colour_data_v2.type = STRING
            CATEGORY_ONLY_SPECIFICATIONS | checked command | - response; bright_value_v2 = 10; + refused
            NULL_VALUES | list with mappings, devices file, mappings, mapping, functions, specification, dps | *.allowed = [][]
            NULL_VALUES | described status | *.countdown_1 = 0 true; *.cur_voltage = 2302 true; *.cur_power = 0 true; *.cur_current = 0 true; *.battery_percentage = 87 true; *.va_humidity = 48 true; *.va_temperature = 215 true
            NULL_VALUES | full mapping | bright_value_v2.allowed = [][]; temp_value_v2.allowed = [][]; work_mode.allowed = [][]
            ODD_PRODUCTS | list with mappings, devices file | - *lamp.*.dp; - *lamp.*.type; - *lamp.*.allowed; *lamp.mapping = null
            ODD_PRODUCTS | specification, dps, checked command | ! TuyaAuthException 1106
            ODD_PRODUCTS | mappings | - *lamp*
            ZERO_TIMES | list times, device times | *.active = null; *.created = null; *.updated = null
            ZERO_TIMES | properties, log, paged log, parallel log, log as a stream, log of some events, log of some codes, reports | *.time = null
            ZERO_TIMES | events | *lamp.time = null
            EMPTY_VALUES | list status, status, status of several, devices of a room | *.switch_* = ; *.work_mode = ; *.colour_data_v2 =
            EMPTY_VALUES | typed status | switch_led = null; work_mode =
            EMPTY_VALUES | described status | *.switch_1 = no value true
            EMPTY_VALUES | properties | switch_led.value = ; work_mode.value = ; colour_data_v2.value = ; night_light.value =
            EMPTY_VALUES | properties by code | work_mode = ; night_light =
            EMPTY_VALUES | raw request | result = [{code=switch_led, value=}, {code=work_mode, value=}, {code=bright_value_v2, value=10}, {code=temp_value_v2, value=0}, {code=colour_data_v2, value=}]
            EMPTY_LOCAL_KEYS | list, list of owners, list again, verbose list, filtered list, shared devices, device, thing, devices of a home, devices of a room | *.key =
            EMPTY_LOCAL_KEYS | devices file | *.key = null
            WORD_CODES | unknown device | ! TuyaApiException DEVICE_NOT_EXIST_V2
            LISTS_WITHOUT_STATUS | list status | - *
            LISTS_WITHOUT_STATUS | list after a change | - list.*
            LISTS_WITHOUT_STATUS | devices of a room | - *.status.*
            LAGGING_LISTS | list after a change | list.va_humidity = 48
            INFRARED_DEVICES | list, list times, list status, list of owners, list again, list with mappings, verbose list, filtered list, devices of a home, devices file | + *firac*; + *irtv*
            INFRARED_DEVICES | mappings | + qtfakeirac06.*; + qtfakeirtv07.*
            SCENES_REFUSED | check-up | SCENES = REFUSED
            THING_MODEL_REFUSED | check-up | THING_MODEL = REFUSED
            SPECIFICATIONS_REFUSED | check-up | SPECIFICATION = REFUSED
            SCENES_REFUSED | scenes | - *
            SPECIFICATIONS_REFUSED | list with mappings, devices file | - *.dp; - *.type; - *.allowed; *mapping = null
            SPECIFICATIONS_REFUSED | functions, specification, dps, dps of a gateway, mapping, mappings, described status, checked command | ! TuyaAuthException 28841101
            ODD_PRODUCTS | full mapping | ! one of the descriptions is refused
            THING_MODEL_REFUSED | full mapping | ! one of the descriptions is refused
            SPECIFICATIONS_REFUSED | full mapping | ! one of the descriptions is refused
            THING_MODEL_REFUSED | thing, properties, properties by code, thing model, set properties | ! TuyaAuthException 28841106
            """;

    private record Line(Quirk quirk, List<String> journeys, List<String> differences) {}

    private static final List<Line> LINES =
            TABLE.lines().map(Differences::parse).toList();

    private Differences() {}

    /** Returns the journeys that the table names. */
    static List<String> journeys() {
        return LINES.stream()
                .flatMap(line -> line.journeys().stream())
                .distinct()
                .toList();
    }

    /**
     * Returns the expected facts of a journey under these quirks, from those without quirks; additional facts are
     * listed separately.
     */
    static SortedMap<String, String> expected(
            String journey, Collection<Quirk> quirks, SortedMap<String, String> without) {
        List<String> differences = differences(journey, quirks);
        // Of several refusals the last one in the table wins, because a service that is not subscribed refuses every
        // call.
        Optional<String> end =
                differences.stream().filter(one -> one.startsWith("! ")).reduce((first, last) -> last);
        if (end.isPresent()) {
            return new TreeMap<>(Map.of("error", end.get().substring(2)));
        }
        SortedMap<String, String> facts = new TreeMap<>(without);
        for (String difference : differences) {
            if (difference.startsWith("- ")) {
                facts.keySet().removeIf(pattern(difference.substring(2)).asMatchPredicate());
            } else if (!difference.startsWith("+ ")) {
                int equals = difference.indexOf(" =");
                Pattern names = pattern(difference.substring(0, equals));
                String value = difference.substring(equals + 2).strip();
                facts.replaceAll((name, old) -> names.matcher(name).matches() ? value : old);
            }
        }
        return facts;
    }

    /** Returns the patterns of additional facts of a journey under these quirks. */
    static List<Pattern> additional(String journey, Collection<Quirk> quirks) {
        return differences(journey, quirks).stream()
                .filter(one -> one.startsWith("+ "))
                .map(one -> pattern(one.substring(2)))
                .toList();
    }

    private static List<String> differences(String journey, Collection<Quirk> quirks) {
        return LINES.stream()
                .filter(line -> quirks.contains(line.quirk()) && line.journeys().contains(journey))
                .flatMap(line -> line.differences().stream())
                .toList();
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(Stream.of(glob.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElse(""));
    }

    private static Line parse(String line) {
        List<String> cells = new ArrayList<>();
        Arrays.stream(line.split("\\|", 3)).map(String::strip).forEach(cells::add);
        return new Line(Quirk.valueOf(cells.get(0)), List.of(cells.get(1).split(", ")), parts(cells.get(2)));
    }

    private static List<String> parts(String cell) {
        return Arrays.stream(cell.split(";")).map(String::strip).toList();
    }
}

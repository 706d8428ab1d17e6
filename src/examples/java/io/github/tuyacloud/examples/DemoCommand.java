package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.live.LiveDevice;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.live.LiveValue;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command of the demo: a word with its arguments. */
final class DemoCommand {

    static final String USAGE = """
            (nothing)            a tour: list, status, command (fake cloud only), log
            devices              lists all devices
            status ID            shows a device's values
            set ID CODE VALUE    sends a command, says whether it took effect
            log ID [DAYS]        shows a device's log, of one day by default
            watch [SECONDS]      shows all devices, then changes as they happen
            doctor               checks what this project may do, and what to fix
            detect               finds the data center of your key
            regions              lists the data centers
            help                 shows this

            --json               prints JSON instead of tables
            --keys               with devices: adds the local keys, which are secret
            --region CODE        uses another data center
            --endpoint URL       calls another host, such as a fake cloud
            Exit code: 0 done, 1 refused or not answered, 2 wrong usage.""";

    /** How long a device may take to carry out a command. */
    private static final Duration REPORTING = Duration.ofSeconds(2);

    private static final String COUNT = "[1-9][0-9]{0,3}";

    /** The code with which the cloud refuses a code or value that the device does not have. */
    private static final int NOT_SUPPORTED = 2008;

    /** The arguments of each command; brackets mark one that may be left out. */
    private static final Map<String, String> FORMS = Map.of(
            "devices", "devices",
            "status", "status ID",
            "set", "set ID CODE VALUE",
            "log", "log ID [DAYS]",
            "watch", "watch [SECONDS]",
            "doctor", "doctor",
            "detect", "detect",
            "regions", "regions",
            "help", "help");

    private final List<String> words;

    /** Parses a command; nothing is sent yet. */
    DemoCommand(List<String> given) {
        boolean help = given.equals(List.of("--help")) || given.equals(List.of("-h"));
        words = help ? List.of("help") : List.copyOf(given);
        String problem = problem();
        if (problem != null) {
            throw misuse(problem);
        }
    }

    private @Nullable String problem() {
        Optional<String> option =
                words.stream().filter(word -> word.startsWith("--")).findFirst();
        if (option.isPresent()) {
            return "there is no option \"" + option.get() + "\"";
        }
        if (words.isEmpty()) {
            return "options need a command";
        }
        String form = FORMS.get(words.get(0));
        if (form == null) {
            return "there is no command \"" + words.get(0) + "\"";
        }
        String counts = form.contains("[") ? ", with a number from 1 to 9999" : "";
        return isComplete() ? null : "\"" + String.join(" ", words) + "\" must be \"" + form + "\"" + counts;
    }

    private boolean isComplete() {
        return switch (words.get(0)) {
            case "status" -> words.size() == 2;
            case "log" -> words.size() == 2 || words.size() == 3 && hasCountAt(2);
            case "watch" -> words.size() == 1 || words.size() == 2 && hasCountAt(1);
            case "set" -> words.size() == 4 && value(words.get(3)) != null;
            default -> words.size() == 1;
        };
    }

    /** Returns the exception for invalid arguments: the problem, followed by the usage. */
    static IllegalArgumentException misuse(String problem) {
        return new IllegalArgumentException(problem + ". Usage:\n" + USAGE);
    }

    boolean is(String word) {
        return words.get(0).equals(word);
    }

    /** Returns whether it may take many requests. */
    boolean isLong() {
        return is("devices") || is("log");
    }

    /** Returns how long to watch, or null to watch until the program is ended. */
    @Nullable
    Duration limit() {
        return words.size() == 2 ? Duration.ofSeconds(Long.parseLong(words.get(1))) : null;
    }

    /** Runs the command and returns its result. */
    Table run(TuyaCloud cloud, DemoOptions options) throws InterruptedException {
        return switch (words.get(0)) {
            case "devices" -> devices(cloud.getDevices(), options);
            case "status" -> status(cloud, words.get(1));
            case "set" -> set(cloud, words.get(1), command());
            default -> Tables.log(cloud.getDeviceLog(words.get(1), lastDays()).logs(), 1);
        };
    }

    /** With local keys, the text omits columns that would make the lines too long. */
    private static Table devices(List<Device> devices, DemoOptions options) {
        return options.showKeys() && !options.json()
                ? Tables.keys(devices)
                : Tables.devices(devices, options.showKeys());
    }

    private static Table status(TuyaCloud cloud, String id) {
        DeviceStatus status = cloud.getStatus(id);
        return Tables.status(status, meanings(cloud, id));
    }

    /** Reads the units of values from the specification, which some devices do not have. */
    static DpMapping meanings(TuyaCloud cloud, String id) {
        try {
            return mapping(cloud.getDps(id).status());
        } catch (TuyaApiException e) {
            return mapping(List.of());
        }
    }

    private static DpMapping mapping(List<DataPointSpec> specs) {
        Map<String, DataPointSpec> byCode = new LinkedHashMap<>();
        specs.forEach(spec -> byCode.put(String.valueOf(spec.code()), spec));
        return DpMapping.of(byCode);
    }

    private Command command() {
        return Command.of(words.get(2), Objects.requireNonNull(value(words.get(3)), "checked in the constructor"));
    }

    /** Sends a command and reports whether the device carried it out; works without the message service, too. */
    private static Table set(TuyaCloud cloud, String id, Command command) throws InterruptedException {
        String result = "accepted; the device is in no list, so nothing more is known";
        try (LiveDevices home =
                cloud.live().devices(List.of(id)).every(Duration.ofDays(1)).start()) {
            Optional<LiveDevice> device = isListed(home) ? home.device(id) : Optional.empty();
            if (device.isPresent()) {
                result = described(device.get().send(REPORTING, command));
            } else {
                cloud.sendCommand(id, command);
            }
        } catch (TuyaApiException e) {
            if (e.code() == NOT_SUPPORTED) {
                explain(cloud, id, command, e);
            }
            throw e;
        }
        return new Table("CODE", "VALUE", "RESULT").row(command.code(), command.value(), result);
    }

    /**
     * Compares a refused command with the device's specification, and throws an exception that explains the problem.
     */
    private static void explain(TuyaCloud cloud, String id, Command command, TuyaApiException refusal) {
        DpMapping functions;
        try {
            functions = mapping(cloud.getFunctions(id).functions());
        } catch (TuyaException e) {
            return;
        }
        if (functions.find(command.code()).isEmpty()) {
            throw new IllegalArgumentException(noFunction(command.code(), functions), refusal);
        }
        try {
            Command.checked(functions, command.code(), command.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage(), refusal);
        }
    }

    private static String noFunction(String code, DpMapping functions) {
        return functions.dps().isEmpty()
                ? "The device takes no commands"
                : "The device cannot be sent " + code + ", only "
                        + String.join(", ", functions.dps().keySet());
    }

    /** Waits for the device list; a project without permission to list devices can still send commands. */
    private static boolean isListed(LiveDevices home) throws InterruptedException {
        try {
            return home.awaitReady(Duration.ofSeconds(30));
        } catch (TuyaException e) {
            return false;
        }
    }

    private static String described(CommandOutcome outcome) {
        LiveValue shown = outcome.points().get(0).shown();
        return switch (outcome.result()) {
            case CONFIRMED -> "done";
            case ALREADY_SO -> "it was so already";
            case OTHER_VALUE -> "the device shows " + (shown == null ? "nothing" : shown.text());
            case UNCONFIRMED -> "accepted, but the device does not show it";
        };
    }

    private DeviceLogQuery lastDays() {
        return DeviceLogQuery.builder()
                .start(words.size() == 3 ? -Long.parseLong(words.get(2)) : -1)
                .build();
    }

    private boolean hasCountAt(int index) {
        return words.get(index).matches(COUNT);
    }

    private static @Nullable Object value(String text) {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return text; // a plain word, such as the value of an enum
        }
    }
}

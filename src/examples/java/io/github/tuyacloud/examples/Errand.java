package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thing that the demo was asked to do: a word and what belongs to it. */
final class Errand {

    static final String USAGE = """
            without arguments    a tour: devices, a status, a command (fake cloud only), a log
            devices              lists all devices
            status ID            shows a device's values
            set ID CODE VALUE    sends a command; VALUE is JSON, except null, or a plain word
            log ID [DAYS]        shows a device's log; of one day unless more are asked for
            watch [SECONDS]      shows changes as they happen, for so long or until Ctrl-C; a fake cloud makes some up
            regions              lists the data centers
            --json               behind any of these words: JSON in place of tables; with watch, an object a line
            The exit code is 0 when it was done, 1 when the cloud refused it or did not answer, 2 for wrong words.""";

    private static final String COUNT = "[1-9][0-9]{0,3}";

    private final List<String> words;

    /** Checks the words; nothing is done yet. */
    Errand(List<String> words) {
        this.words = List.copyOf(words);
        boolean known =
                switch (words.get(0)) {
                    case "devices", "regions" -> words.size() == 1;
                    case "status" -> words.size() == 2;
                    case "log" -> words.size() == 2 || words.size() == 3 && hasCountAt(2);
                    case "watch" -> words.size() == 1 || words.size() == 2 && hasCountAt(1);
                    case "set" -> words.size() == 4 && value(words.get(3)) != null;
                    default -> false;
                };
        if (!known) {
            throw new IllegalArgumentException(
                    "cannot do \"" + String.join(" ", words) + "\"; these can be done:\n" + USAGE);
        }
    }

    boolean needsCloud() {
        return !words.get(0).equals("regions");
    }

    /** Whether it may take many calls. */
    boolean isLong() {
        return words.get(0).equals("devices") || words.get(0).equals("log");
    }

    /** Whether it is the one that goes on until it is ended, and has no result to print at the end. */
    boolean isWatch() {
        return words.get(0).equals("watch");
    }

    /** How long to watch; null for until somebody ends it. */
    @Nullable
    Duration limit() {
        return words.size() == 2 ? Duration.ofSeconds(Long.parseLong(words.get(1))) : null;
    }

    /** The only errand that needs no cloud. */
    static Table regions() {
        return Tables.regions();
    }

    Table run(TuyaCloud cloud) {
        return switch (words.get(0)) {
            case "devices" -> Tables.devices(cloud.getDevices());
            case "status" -> Tables.status(cloud.getStatus(words.get(1)));
            case "set" -> set(cloud, words.get(1), command());
            default -> Tables.log(cloud.getDeviceLog(words.get(1), lastDays()).logs(), 1);
        };
    }

    private Command command() {
        return Command.of(words.get(2), Objects.requireNonNull(value(words.get(3)), "checked above"));
    }

    private static Table set(TuyaCloud cloud, String id, Command command) {
        boolean taken = cloud.sendCommand(id, command);
        return new Table("CODE", "VALUE", "TAKEN").row(command.code(), command.value(), taken);
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
            return text;
        }
    }
}

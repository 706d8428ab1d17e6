package io.github.tuyacloud.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.util.List;

/** One thing that the demo was asked to do: a word and what belongs to it. */
final class Errand {

    static final String USAGE = """
            without arguments    a tour: devices, a status, a command (fake cloud only), a log
            devices              lists all devices
            status ID            shows a device's values
            set ID CODE VALUE    sends a command; VALUE is JSON or a plain word
            log ID [DAYS]        shows a device's log; of one day unless more are asked for
            regions              lists the data centers
            --json               behind any of these: JSON in place of tables""";

    private final List<String> words;

    /** Checks the words; nothing is done yet. */
    Errand(List<String> words) {
        this.words = List.copyOf(words);
        boolean known =
                switch (words.get(0)) {
                    case "devices", "regions" -> words.size() == 1;
                    case "status" -> words.size() == 2;
                    case "log" ->
                        words.size() == 2 || words.size() == 3 && words.get(2).matches("[1-9][0-9]{0,3}");
                    case "set" -> words.size() == 4;
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

    /** The only errand that needs no cloud. */
    static Table regions() {
        return Tables.regions();
    }

    Table run(TuyaCloud cloud) {
        return switch (words.get(0)) {
            case "devices" -> Tables.devices(cloud.getDevices());
            case "status" -> Tables.status(cloud.getStatus(words.get(1)));
            case "set" -> set(cloud, words.get(1), Command.of(words.get(2), value(words.get(3))));
            default -> Tables.log(cloud.getDeviceLog(words.get(1), lastDays()).logs(), 1);
        };
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

    private static Object value(String text) {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}

package io.github.tuyacloud.live;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import io.github.tuyacloud.model.Command;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of the commands sent with one call of {@link LiveDevice#send}.
 *
 * @param points the outcome for each command, in order
 * @param sent whether the cloud received the commands
 * @param failure why the cloud's response was lost; null unless {@code sent} is {@link Sent#MAYBE}
 * @param took the time from sending the commands until the outcome was known
 * @param calls the number of calls: one for the commands, plus one if the status had to be read
 */
public record CommandOutcome(
        List<Point> points, Sent sent, @Nullable TuyaException failure, Duration took, int calls) {

    /** The result of one command, from best to worst. */
    public enum Result {
        /** The device changed to the value. */
        CONFIRMED,
        /** The device already had the value, and still has it. */
        ALREADY_SO,
        /** The device reported another value. */
        OTHER_VALUE,
        /** There is no evidence either way, as for a data point that the device never reports. */
        UNCONFIRMED
    }

    /** Whether the cloud received the commands. */
    public enum Sent {
        /** The cloud accepted them. */
        YES,
        /** The cloud's response was lost; the commands may have been carried out. */
        MAYBE
    }

    /**
     * The outcome of one command.
     *
     * @param command the command
     * @param result the result
     * @param shown the current value in the picture; null if absent
     */
    public record Point(
            Command command, Result result, @Nullable LiveValue shown) {

        /** Checks that the required parts are present. */
        public Point {
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(result, "result");
        }

        /** Returns code and result: {@code switch_1 = true: CONFIRMED}. */
        @Override
        public String toString() {
            String instead = result == Result.OTHER_VALUE && shown != null
                    ? ", the device shows " + SecretNames.shown(shown.code(), shown.text())
                    : "";
            Object value = SecretNames.shown(command.code(), command.value());
            return LogSafe.line("{} = {}: {}{}", command.code(), value, result, instead);
        }
    }

    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException if there are no points
     */
    public CommandOutcome {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("an outcome needs at least one point");
        }
        Objects.requireNonNull(sent, "sent");
        Objects.requireNonNull(took, "took");
    }

    /**
     * Returns the worst result of all points.
     *
     * @return the result
     */
    public Result result() {
        return points.stream().map(Point::result).max(Result::compareTo).orElseThrow();
    }

    /**
     * Returns whether the device is known to have all commanded values.
     *
     * @return true for {@link Result#CONFIRMED} and {@link Result#ALREADY_SO}
     */
    public boolean holds() {
        return result().compareTo(Result.ALREADY_SO) <= 0;
    }

    /** Returns all points, and whether the response was lost. */
    @Override
    public String toString() {
        return points + (sent == Sent.MAYBE ? " (the response was lost)" : "") + " after " + took.toMillis() + " ms";
    }
}

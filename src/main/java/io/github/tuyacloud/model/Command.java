package io.github.tuyacloud.model;

import java.util.Objects;

/**
 * One instruction to a device: set this data point to this value.
 *
 * @param code the data point's code, such as {@code switch_1}
 * @param value of the data point's type: a boolean, a raw (scaled) whole number, a text, or a map for type Json
 */
public record Command(String code, Object value) {

    /**
     * Checks that both parts are there.
     *
     * @throws IllegalArgumentException if {@code code} is blank
     */
    public Command {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(value, "value");
        if (code.isBlank()) {
            throw new IllegalArgumentException("A command needs the code of a data point, such as switch_1");
        }
    }

    /**
     * Makes a command.
     *
     * @param code the data point's code
     * @param value of the data point's type
     * @return the command
     * @throws IllegalArgumentException if {@code code} is blank
     */
    public static Command of(String code, Object value) {
        return new Command(code, value);
    }
}

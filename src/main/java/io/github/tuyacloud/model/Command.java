package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to a device: set one data point to a value.
 *
 * @param code the data point's code, such as {@code switch_1}
 * @param value a value of the data point's type: a boolean, a raw (scaled) whole number, a string, or a map for type
 *     Json
 */
public record Command(String code, Object value) {

    /** Long enough for the codes of any product. */
    private static final int MAX_MESSAGE_LENGTH = 4_000;

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if {@code code} is blank, or {@code value} is or contains NaN or an infinity,
     *     which JSON cannot represent
     */
    public Command {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(value, "value");
        if (code.isBlank()) {
            throw new IllegalArgumentException("A command needs the code of a data point, such as switch_1");
        }
        if (!JsonValues.isFinite(value)) {
            throw refusal("{} takes a finite number, not NaN or an infinity", code);
        }
    }

    /**
     * Creates a command.
     *
     * @param code the data point's code
     * @param value a value of the data point's type
     * @return the command
     * @throws IllegalArgumentException if {@code code} is blank, or {@code value} is or contains NaN or an infinity
     */
    public static Command of(String code, Object value) {
        return new Command(code, value);
    }

    /**
     * Reads a command from its JSON object.
     *
     * @param json {@code {"code":"switch_1","value":true}}
     * @return the command
     * @throws IllegalArgumentException if {@code code} or {@code value} is missing or invalid
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Command fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        String code = fields.text("code");
        Object value = fields.any("value");
        if (code == null || value == null) {
            throw new IllegalArgumentException("\"" + (code == null ? "code" : "value") + "\" is missing");
        }
        return new Command(code, value);
    }

    /**
     * Returns the JSON object of the command; the body of a request is {@code {"commands":[...]}}.
     *
     * @return an unmodifiable map with {@code code} and {@code value}
     */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        return JsonObject.of("code", code, "value", value);
    }

    /**
     * Creates a command that the device accepts according to its mapping. Commands that the cloud would refuse with
     * code 2008 are rejected here, without a request.
     *
     * <p>The following are rejected: a code that is not in the mapping; a read-only data point; a value of another
     * type; a number that is out of range or between steps; a text that is not a choice of an Enum, or is longer than a
     * String may be; a Bitmap with undefined bits; and, for Json, anything but an object, a list, or either as JSON
     * text. Only the cloud checks the length of a Raw value and the members of a Json value. A mapping that was read
     * from JSON does not know which data points of the standard specification are read-only.
     *
     * <p>An Enum that numbers its values, as infrared remotes do, accepts a number as well as its text.
     *
     * @param mapping what the product's data points mean: from {@code getMapping} for the standard ones, from
     *     {@code things().fullMapping} for all
     * @param code the data point's code. If the thing model's code differs from the standard one, use the standard code
     *     for {@code sendCommand} and the model's for {@code things().setProperties}
     * @param value a value of the data point's type; numbers are raw: 215 for 21.5 °C with scale 1. Use {@link #scaled}
     *     to pass 21.5
     * @return the command
     * @throws IllegalArgumentException if the device would not accept it; the message describes the allowed values
     */
    public static Command checked(DpMapping mapping, String code, Object value) {
        Objects.requireNonNull(value, "value");
        DataPointSpec spec = writable(mapping, code);
        AllowedValues allowed = new AllowedValues(spec);
        if (!allowed.accept(value)) {
            throw refusal("{} takes {}, not {}", code, allowed.expectation(), allowed.show(value));
        }
        return new Command(code, value);
    }

    /**
     * Like {@link #checked}, but takes a real number in the data point's unit.
     *
     * @param mapping what the product's data points mean
     * @param code the code of a data point of type Integer, as for {@link #checked}
     * @param value the real value in the data point's unit, such as 21.5. A {@code double} stands for the decimal
     *     number that it prints as
     * @return the command, with the raw value: 215 for scale 1
     * @throws IllegalArgumentException if the data point has another type, or the device would not accept the value
     */
    public static Command scaled(DpMapping mapping, String code, Number value) {
        Objects.requireNonNull(value, "value");
        DataPointSpec spec = writable(mapping, code);
        BigDecimal real = JsonValues.decimal(value);
        if (spec.dataType() != DataPointType.INTEGER) {
            throw refusal(
                    "{} is of type {} and takes {}: Command.scaled converts numbers of type Integer only; "
                            + "Command.checked takes the value as it is",
                    code,
                    spec.type(),
                    new AllowedValues(spec).expectation());
        }
        if (real == null) {
            throw refusal("{} takes {}, not the number {}", code, new AllowedValues(spec).expectation(), value);
        }
        BigDecimal raw = spec.valueRange().map(range -> range.toRaw(real)).orElse(real);
        try {
            return checked(mapping, code, raw.longValueExact());
        } catch (ArithmeticException e) {
            throw refusal(
                    "{} takes {}, and {} would be the raw value {}",
                    code,
                    new AllowedValues(spec).expectation(),
                    value,
                    SpecValues.plain(raw.stripTrailingZeros()));
        }
    }

    private static DataPointSpec writable(DpMapping mapping, String code) {
        DataPointSpec spec = mapping.find(code)
                .orElseThrow(() -> mapping.dps().isEmpty()
                        ? refusal("The mapping has no data points, so there is no {}", code)
                        : refusal("There is no data point {} in the mapping, only {}", code, codes(mapping)));
        if (mapping.readOnly().contains(code) || spec.accessMode() == AccessMode.READ_ONLY) {
            throw refusal("{} can only be read", code);
        }
        return spec;
    }

    private static IllegalArgumentException refusal(String format, Object... values) {
        return new IllegalArgumentException(LogSafe.of(LogSafe.line(format, values), MAX_MESSAGE_LENGTH));
    }

    private static String codes(DpMapping mapping) {
        return mapping.dps().values().stream()
                .flatMap(spec -> Stream.of(
                        String.valueOf(spec.code()),
                        spec.thing() == null
                                ? String.valueOf(spec.code())
                                : spec.thing().code()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return LogSafe.line("Command[code={}, value={}]", code, SecretNames.shown(code, value));
    }
}

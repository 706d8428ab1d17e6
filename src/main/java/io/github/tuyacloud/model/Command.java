package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @throws IllegalArgumentException if {@code code} is blank, or {@code value} is or holds a number that is none: NaN or
     *     an infinity
     */
    public Command {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(value, "value");
        if (code.isBlank()) {
            throw new IllegalArgumentException("A command needs the code of a data point, such as switch_1");
        }
        if (!JsonValues.isFinite(value)) {
            throw new IllegalArgumentException(code + " takes a number, and NaN and the infinities are none");
        }
    }

    /**
     * Makes a command.
     *
     * @param code the data point's code
     * @param value of the data point's type
     * @return the command
     * @throws IllegalArgumentException if {@code code} is blank, or {@code value} is or holds NaN or an infinity
     */
    public static Command of(String code, Object value) {
        return new Command(code, value);
    }

    /**
     * Makes a command that the device takes, as far as its mapping tells: what the cloud would refuse with code 2008 is
     * refused here, before a call is spent on it.
     *
     * <p>Refused are a code that is not in the mapping, one that the mapping knows to be read only (one that the cloud was
     * asked for does; one out of a {@code devices.json} or of a {@link Device} does not, and lets it through), a value of
     * another type, a number out of range or between steps, a text that is not among an Enum's or longer than a String's
     * greatest length, a Bitmap with bits beyond its last, and for Json what is no object, list, or JSON text of
     * one. The length of a Raw value and the members of a Json value are left to the cloud.
     *
     * @param mapping what the product's data points mean: {@code getMapping} for the standard ones,
     *     {@code things().fullMapping} for all
     * @param code the data point's code, which the command then has; where the thing model has another one than the standard
     *     set, commands take the standard one, and {@code things().setProperties} the model's
     * @param value of the data point's type; a number raw, as the device counts: 215 for 21.5 °C with scale 1, for which
     *     {@link #scaled} takes 21.5
     * @return the command
     * @throws IllegalArgumentException if the device would not take it; the message says what it takes
     */
    public static Command checked(DpMapping mapping, String code, Object value) {
        Objects.requireNonNull(value, "value");
        DataPointSpec spec = writable(mapping, code);
        AllowedValues allowed = new AllowedValues(spec);
        if (!allowed.accept(value)) {
            throw new IllegalArgumentException(
                    code + " takes " + allowed.expectation() + ", not " + allowed.show(value));
        }
        return new Command(code, value);
    }

    /**
     * Makes a command of a number as people read it, checked as {@link #checked} does.
     *
     * @param mapping what the product's data points mean
     * @param code the code of a data point of type Integer, as for {@link #checked}
     * @param value the real value in the data point's unit: 21.5 (a {@code double} counts as the decimal it prints) or a
     *     {@code BigDecimal}
     * @return the command, with the raw value: 215 for scale 1
     * @throws IllegalArgumentException if the data point is of another type, or the device would not take the value
     */
    public static Command scaled(DpMapping mapping, String code, Number value) {
        Objects.requireNonNull(value, "value");
        DataPointSpec spec = writable(mapping, code);
        BigDecimal real = JsonValues.decimal(value);
        if (spec.dataType() != DataPointType.INTEGER || real == null) {
            throw new IllegalArgumentException(
                    code + " takes " + new AllowedValues(spec).expectation() + ", not the number " + value);
        }
        BigDecimal raw = spec.valueRange().map(range -> range.toRaw(real)).orElse(real);
        try {
            return checked(mapping, code, raw.longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(code + " takes " + new AllowedValues(spec).expectation() + ", and "
                    + value + " would be the raw value " + SpecValues.plain(raw.stripTrailingZeros()));
        }
    }

    private static DataPointSpec writable(DpMapping mapping, String code) {
        DataPointSpec spec = mapping.find(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        mapping.dps().isEmpty()
                                ? "The mapping has no data points, so none is called " + code
                                : "There is no data point " + code + " in the mapping, only " + codes(mapping)));
        if (mapping.readOnly().contains(code) || spec.accessMode() == AccessMode.READ_ONLY) {
            throw new IllegalArgumentException(code + " can only be read");
        }
        return spec;
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
}

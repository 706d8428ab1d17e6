package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A color as hue, saturation and brightness, independent of the ranges that a particular lamp uses.
 *
 * <p>A lamp's color is a data point of type Json: {@code colour_data_v2} with saturation and value from 0 to 1000, or
 * the older {@code colour_data} with 0 to 255. The mapping has the ranges of the lamp; if it does not, the ranges of
 * the code apply.
 *
 * <pre>{@code
 * cloud.sendCommand(id, Command.of("work_mode", "colour"),
 *         ColorValue.of(120, 100, 50).command(mapping, "colour_data_v2")); // green, half as bright
 * }</pre>
 *
 * @param hue degrees, 0 to 360: 0 is red, 120 green, 240 blue
 * @param saturation percent, 0 (white) to 100 (full color)
 * @param value brightness in percent, 0 to 100
 */
public record ColorValue(double hue, double saturation, double value) {

    private static final int DEGREES = 360;
    private static final int PERCENT = 100;
    private static final int HEX = 16;

    /** Lengths of the hexadecimal texts: rrggbb, hhhh, ss, vv of older lamps, and hhhh, ssss, vvvv. */
    private static final int OLD_HEX_LENGTH = 14;

    private static final int NEW_HEX_LENGTH = 12;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the hue is not from 0 to 360, or another part not from 0 to 100
     */
    public ColorValue {
        check("hue", hue, DEGREES);
        check("saturation", saturation, PERCENT);
        check("value", value, PERCENT);
    }

    /**
     * Creates a color.
     *
     * @param hue degrees, 0 to 360
     * @param saturation percent, 0 to 100
     * @param value brightness in percent, 0 to 100
     * @return the color
     * @throws IllegalArgumentException if the hue is not from 0 to 360, or another part not from 0 to 100
     */
    public static ColorValue of(double hue, double saturation, double value) {
        return new ColorValue(hue, saturation, value);
    }

    /**
     * Reads the color of a data point.
     *
     * @param mapping what the product's data points mean; a mapping without the data point is fine
     * @param dataPoint from a status: an object or JSON text with {@code h}, {@code s} and {@code v}, or the
     *     hexadecimal text that some lamps report, with 14 digits for {@code colour_data} or 12 for
     *     {@code colour_data_v2}
     * @return the color; empty if the value is not a color. Numbers outside the lamp's range are clamped to it
     */
    public static Optional<ColorValue> read(DpMapping mapping, DataPoint dataPoint) {
        String code = String.valueOf(dataPoint.code());
        Map<String, ?> raw = parts(dataPoint.value());
        BigDecimal h = JsonValues.decimal(raw.get("h"));
        BigDecimal s = JsonValues.decimal(raw.get("s"));
        BigDecimal v = JsonValues.decimal(raw.get("v"));
        if (h == null || s == null || v == null) {
            return Optional.empty();
        }
        Ranges ranges = Ranges.of(mapping.find(code).orElse(null), code);
        return Optional.of(new ColorValue(
                ranges.hue.share(h) * DEGREES, ranges.saturation.share(s) * PERCENT, ranges.value.share(v) * PERCENT));
    }

    /**
     * Creates the command that sets a lamp to this color. Most lamps also need {@code work_mode} set to {@code colour}.
     *
     * @param mapping what the product's data points mean
     * @param code {@code colour_data_v2} or {@code colour_data}
     * @return the command, in the lamp's ranges; for a data point of type String, the value is hexadecimal text
     * @throws IllegalArgumentException if the mapping does not have the code, or the data point is read-only or neither
     *     a Json nor a String
     */
    public Command command(DpMapping mapping, String code) {
        DataPointSpec spec = mapping.find(Objects.requireNonNull(code, "code")).orElse(null);
        Ranges ranges = Ranges.of(spec, code);
        long h = ranges.hue.at(hue / DEGREES);
        long s = ranges.saturation.at(saturation / PERCENT);
        long v = ranges.value.at(value / PERCENT);
        if (spec != null && spec.dataType() == DataPointType.STRING) {
            return Command.checked(mapping, code, hex(ranges.isOld(), h, s, v));
        }
        Map<String, @Nullable Object> raw = new LinkedHashMap<>();
        raw.put("h", h);
        raw.put("s", s);
        raw.put("v", v);
        return Command.checked(mapping, code, JsonObject.copyOf(raw));
    }

    private String hex(boolean isOld, long h, long s, long v) {
        if (!isOld) {
            return String.format("%04x%04x%04x", h, s, v);
        }
        return String.format("%02x%02x%02x%04x%02x%02x", light(5), light(3), light(1), h, s, v);
    }

    /** Returns red (5), green (3) or blue (1) from 0 to 255, by the usual formula for HSV colors. */
    private long light(int shift) {
        double brightness = value / PERCENT;
        double k = (shift + hue / 60) % 6;
        double share = brightness - brightness * saturation / PERCENT * Math.max(0, Math.min(Math.min(k, 4 - k), 1));
        return Math.round(share * 255);
    }

    private static Map<String, ?> parts(@Nullable Object value) {
        Object read = value instanceof String text ? Values.parsedOrText(text) : value;
        Map<String, @Nullable Object> object = JsonValues.object(read);
        if (object != null) {
            return object;
        }
        String text = value instanceof String hex && hex.matches("[0-9a-fA-F]+") ? hex : "";
        return switch (text.length()) {
            case OLD_HEX_LENGTH -> Map.of("h", hex(text, 6, 10), "s", hex(text, 10, 12), "v", hex(text, 12, 14));
            case NEW_HEX_LENGTH -> Map.of("h", hex(text, 0, 4), "s", hex(text, 4, 8), "v", hex(text, 8, 12));
            default -> Map.of();
        };
    }

    private static Long hex(String text, int from, int to) {
        return Long.valueOf(text.substring(from, to), HEX);
    }

    private static void check(String name, double part, int max) {
        if (!(part >= 0 && part <= max)) {
            throw new IllegalArgumentException(name + " must be from 0 to " + max + ", not " + part);
        }
    }

    /** The range of one of a lamp's numbers. */
    private record Range(double min, double max) {

        static Range of(@Nullable Object spec, double defaultMax) {
            Map<String, @Nullable Object> values = JsonValues.object(spec);
            ValueRange range = values == null ? null : SpecValues.range(values).orElse(null);
            double min = range == null || range.min() == null ? 0 : range.min().doubleValue();
            double max = range == null || range.max() == null
                    ? defaultMax
                    : range.max().doubleValue();
            return min < max && Double.isFinite(max - min) ? new Range(min, max) : new Range(0, defaultMax);
        }

        double share(BigDecimal raw) {
            return Math.max(0, Math.min(1, (raw.doubleValue() - min) / (max - min)));
        }

        long at(double share) {
            return Math.round(min + share * (max - min));
        }
    }

    /** The ranges of a lamp's three numbers. */
    private record Ranges(Range hue, Range saturation, Range value) {

        private static final int OLD_MAX = 255;
        private static final int NEW_MAX = 1000;

        static Ranges of(@Nullable DataPointSpec spec, String code) {
            Map<String, @Nullable Object> values = spec == null ? Map.of() : spec.valueMap();
            int max = code.endsWith("_v2") ? NEW_MAX : OLD_MAX;
            return new Ranges(
                    Range.of(values.get("h"), DEGREES), Range.of(values.get("s"), max), Range.of(values.get("v"), max));
        }

        boolean isOld() {
            return saturation.max() <= OLD_MAX;
        }
    }
}

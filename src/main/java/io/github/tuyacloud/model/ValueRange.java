package io.github.tuyacloud.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The range of a numeric data point: what its {@code values} say for type Integer.
 *
 * @param min the least raw value, or null
 * @param max the greatest raw value, or null
 * @param step the distance between raw values, or null
 * @param scale how many decimal digits the raw value has: the real value is raw / 10<sup>scale</sup>; 0 when not said
 * @param unit the unit of the real value, or null
 */
public record ValueRange(
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable BigDecimal step,
        int scale,
        @Nullable String unit) {

    /** No measured value has more digits behind its point; a larger scale is taken for a mistake of the maker's. */
    private static final int LARGEST_SCALE = 30;

    /**
     * Turns a raw value into the real one.
     *
     * @param raw as the device reports it
     * @return raw / 10<sup>scale</sup>, exact and with that many decimal digits: 2230 with scale 1 is 223.0
     */
    public BigDecimal toReal(BigDecimal raw) {
        return raw.scaleByPowerOfTen(-plausibleScale());
    }

    /**
     * Turns a real value into the raw one.
     *
     * @param real in the {@link #unit}
     * @return real * 10<sup>scale</sup>, exact; no whole number when {@code real} has more digits than the device knows
     */
    public BigDecimal toRaw(BigDecimal real) {
        return real.scaleByPowerOfTen(plausibleScale());
    }

    /** Whether any value lies in it: not when the minimum is above the maximum. */
    boolean isPossible() {
        return !isBelow(max, min);
    }

    /** Whether a raw value lies between minimum and maximum. */
    boolean holds(BigDecimal raw) {
        return !isBelow(raw, min) && !isBelow(max, raw);
    }

    /**
     * Whether a raw value lies on a step. Where steps are counted from is not documented: from zero or from the minimum is
     * fine, and the maximum always counts as one.
     */
    boolean hasStepAt(BigDecimal raw) {
        return isStep(raw) || isStep(raw.subtract(orZero(min))) || max != null && raw.compareTo(max) == 0;
    }

    /** The raw range in words that go on after "whole numbers", and the real one behind it. */
    String describe() {
        StringBuilder text = new StringBuilder();
        text.append(min == null ? "" : " from " + SpecValues.plain(min));
        text.append(max == null ? "" : " to " + SpecValues.plain(max));
        if (step != null && step.compareTo(BigDecimal.ONE) > 0) {
            text.append(" in steps of ").append(SpecValues.plain(step));
        }
        boolean differs = plausibleScale() != 0 || unit != null && !unit.isBlank();
        if (differs && min != null && max != null) {
            String name = unit == null || unit.isBlank() ? "" : " " + unit;
            text.append(" (that is ").append(SpecValues.plain(toReal(min)));
            text.append(" to ")
                    .append(SpecValues.plain(toReal(max)))
                    .append(name)
                    .append(')');
        }
        return text.toString();
    }

    private int plausibleScale() {
        return Math.abs((long) scale) > LARGEST_SCALE ? 0 : scale;
    }

    private boolean isStep(BigDecimal distance) {
        return step == null || step.signum() <= 0 || distance.remainder(step).signum() == 0;
    }

    private static boolean isBelow(@Nullable BigDecimal value, @Nullable BigDecimal bound) {
        return value != null && bound != null && value.compareTo(bound) < 0;
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }
}

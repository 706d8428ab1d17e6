package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The range of a numeric data point.
 *
 * @param min the minimum raw value, or null
 * @param max the maximum raw value, or null
 * @param step the distance between raw values, or null
 * @param scale the number of decimal digits in the raw value: the real value is raw / 10<sup>scale</sup>; 0 if not
 *     given
 * @param unit the unit of the real value, or null
 */
public record ValueRange(
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable BigDecimal step,
        int scale,
        @Nullable String unit) {

    /** No measurement has more decimal digits; a larger scale is treated as the manufacturer's mistake. */
    private static final int MAX_SCALE = 30;

    private static final int WHOLE = 100;

    /**
     * Converts a raw value to the real one.
     *
     * @param raw as the device reports it
     * @return raw / 10<sup>scale</sup>, exact, with that many decimal digits: 2230 with scale 1 is 223.0
     * @throws ArithmeticException if the exponent of the result exceeds the range of a {@code BigDecimal}
     */
    public BigDecimal toReal(BigDecimal raw) {
        return raw.scaleByPowerOfTen(-plausibleScale());
    }

    /**
     * Converts a real value to the raw one.
     *
     * @param real in the {@link #unit}
     * @return real * 10<sup>scale</sup>, exact; not a whole number if {@code real} has more than {@code scale} decimal
     *     digits
     * @throws ArithmeticException if the exponent of the result exceeds the range of a {@code BigDecimal}
     */
    public BigDecimal toRaw(BigDecimal real) {
        return real.scaleByPowerOfTen(plausibleScale());
    }

    /**
     * Returns the raw value at a percentage of the range, for example for a lamp's brightness.
     *
     * @param percent from 0 (the minimum) to 100 (the maximum)
     * @return the nearest raw value that is the maximum or a whole number of steps above the minimum; if two are
     *     equally near, the greater one
     * @throws IllegalArgumentException if {@code percent} is not from 0 to 100
     * @throws IllegalStateException if the minimum or the maximum is missing, or if they or the step are not whole
     *     numbers
     */
    public long atPercent(double percent) {
        if (!(percent >= 0 && percent <= WHOLE)) {
            throw new IllegalArgumentException("percent must be from 0 to 100, not " + percent);
        }
        if (min == null || max == null || !isPossible()) {
            throw new IllegalStateException("A percentage needs a minimum, and a maximum that is not below it");
        }
        BigDecimal size = step == null ? BigDecimal.ONE : step.max(BigDecimal.ONE);
        BigDecimal above =
                max.subtract(min).multiply(BigDecimal.valueOf(percent).movePointLeft(2));
        BigDecimal below = above.subtract(above.remainder(size));
        BigDecimal next = below.add(size).min(max.subtract(min));
        boolean isBelowNearer = above.subtract(below).compareTo(next.subtract(above)) < 0;
        try {
            return min.add(isBelowNearer ? below : next).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalStateException("The range does not consist of whole numbers:" + LogSafe.of(describe()));
        }
    }

    /** Returns whether the range contains any value: false if the minimum is above the maximum. */
    boolean isPossible() {
        return !isBelow(max, min);
    }

    /** Returns whether a raw value is between minimum and maximum. */
    boolean holds(BigDecimal raw) {
        return !isBelow(raw, min) && !isBelow(max, raw);
    }

    /**
     * Returns whether a raw value is on a step. Tuya does not document where steps are counted from: both zero and the
     * minimum are accepted, and the maximum always counts as a step.
     */
    boolean hasStepAt(BigDecimal raw) {
        return isStep(raw) || isStep(raw.subtract(orZero(min))) || max != null && raw.compareTo(max) == 0;
    }

    /** Returns the raw and the real range, to follow the words "whole numbers". */
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
        return Math.abs((long) scale) > MAX_SCALE ? 0 : scale;
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

    @Override
    public String toString() {
        return LogSafe.line("ValueRange[min={}, max={}, step={}, scale={}, unit={}]", min, max, step, scale, unit);
    }
}

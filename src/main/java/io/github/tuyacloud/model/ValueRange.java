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
        @Nullable String unit) {}

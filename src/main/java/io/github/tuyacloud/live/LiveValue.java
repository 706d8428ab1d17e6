package io.github.tuyacloud.live;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DpMapping;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a data point, with its time and origin.
 *
 * @param code the data point's code; its DP id as text if the code is unknown
 * @param value a plain Java value; numbers are raw; null if the cloud has no value
 * @param time when the device reported it, or when it was read; null if the message had no time
 * @param origin whether the device reported the value or it was read from the cloud
 * @param mapping what the product's data points mean; null if no mapping was given
 */
public record LiveValue(
        String code,
        @Nullable Object value,
        @Nullable Instant time,
        Origin origin,
        @Nullable DpMapping mapping) {

    /** The origin of a value. */
    public enum Origin {
        /** It was read from a device list or a status. */
        READ,
        /** It was reported by a message. */
        REPORTED
    }

    /** Checks that the required parts are present. */
    public LiveValue {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(origin, "origin");
    }

    /**
     * Returns whether the value is true.
     *
     * @return false if it is not a boolean
     */
    public boolean isTrue() {
        return new DataPoint(code, value).isTrue();
    }

    /**
     * Returns the value with its meaning.
     *
     * @return the described value; a plain one without a mapping
     */
    public DescribedValue describe() {
        return new DataPoint(code, value).describe(mapping == null ? DpMapping.fromMap(Map.of()) : mapping);
    }

    /**
     * Returns the value as text for display.
     *
     * @return for example {@code 223.0 V} with a mapping, or {@code 2230} without
     */
    public String text() {
        return describe().text();
    }

    /** Returns the code and the value: {@code cur_voltage = 223.0 V}. */
    @Override
    public String toString() {
        return LogSafe.of(code + " = " + SecretNames.shown(code, text()));
    }
}

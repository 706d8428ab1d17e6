package io.github.tuyacloud.messages;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.model.DataPoint;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DpMapping;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new value of one data point, as a live message tells it.
 *
 * @param code the data point's code, such as {@code switch_1}; null only if the cloud left it out
 * @param dpId the number that the device itself knows the data point by; null when the cloud does not say it
 * @param value a plain Java value; null when the cloud gives none
 * @param time when the device reported it; null when the cloud does not say it
 * @param extra what else the cloud says about it, mostly empty
 */
public record DataPointChange(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable Object value,
        @Nullable Instant time,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public DataPointChange {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Says what the value means.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().getFullMapping}
     * @return the description, looked up by code, else by dp id; a plain one when the mapping knows neither
     */
    public DescribedValue describe(DpMapping mapping) {
        return new DataPoint(code, value, dpId == null ? Map.of() : Map.of("dp_id", dpId.longValue()))
                .describe(mapping);
    }

    /** Which data point and when; not its value. */
    @Override
    public String toString() {
        return "DataPointChange[code=" + code + ", dpId=" + dpId + ", time=" + time + "]";
    }
}

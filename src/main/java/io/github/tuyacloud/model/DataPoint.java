package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One data point of a device and its value: {@code switch_1} is {@code true}.
 *
 * @param code the data point's code; null only if the cloud left it out
 * @param value a plain Java value; null when the cloud gives none
 * @param extra what else the cloud says about it, mostly empty
 */
public record DataPoint(@Nullable String code, @Nullable Object value, Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public DataPoint {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Makes one of code and value.
     *
     * @param code the data point's code
     * @param value a plain Java value
     */
    public DataPoint(@Nullable String code, @Nullable Object value) {
        this(code, value, Map.of());
    }

    /**
     * Reads one from its JSON object.
     *
     * @param json {@code {"code":"switch_1","value":true}}
     * @return the data point
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DataPoint fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        return new DataPoint(fields.text("code"), fields.any("value"), fields.extra());
    }

    /**
     * Says what the value means.
     *
     * @param mapping what the product's data points mean, from {@code getMapping} or {@code things().fullMapping}
     * @return the description; a plain one when the mapping does not know the data point
     */
    public DescribedValue describe(DpMapping mapping) {
        Objects.requireNonNull(mapping, "mapping");
        return DescribedValue.of(this, mapping);
    }
}

package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a product's data point: code, type and allowed values.
 *
 * @param code such as {@code switch_1}; null only if the cloud omitted it
 * @param dpId the number used on the local network; null if the call does not return it
 * @param type {@code Boolean}, {@code Integer}, {@code Enum}, {@code String}, {@code Json}, {@code Raw} or
 *     {@code Bitmap}, in the cloud's spelling, whose case varies; null only if the cloud omitted it.
 *     {@link #dataType()} reads it
 * @param values JSON text with the allowed values, as the cloud sent it; {@link #valueRange()} and similar methods
 *     parse it
 * @param name a display name, or null
 * @param description a description, or null
 * @param accessMode whether the data point can be read or set; null if unknown. Only the thing model has it
 * @param thing the thing model's description of this data point; null if it does not differ or was not requested
 * @param extra other members of the cloud's response
 */
public record DataPointSpec(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable String type,
        @Nullable String values,
        @Nullable String name,
        @Nullable String description,
        @Nullable AccessMode accessMode,
        @Nullable ThingSpec thing,
        Map<String, @Nullable Object> extra) {

    /** Copies the extra members. */
    public DataPointSpec {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Creates a specification from its essential parts.
     *
     * @param code such as {@code switch_1}
     * @param dpId the number used on the local network, or null
     * @param type such as {@code Boolean}
     * @param values JSON text, {@code {}} for none
     */
    public DataPointSpec(String code, @Nullable Integer dpId, String type, String values) {
        this(code, dpId, type, values, null, null, null, null, Map.of());
    }

    /**
     * Reads a specification from its JSON object.
     *
     * @param json {@code {"code":"switch_1","dp_id":1,"type":"Boolean","values":"{}"}}; {@code dpId} is accepted for
     *     {@code dp_id}
     * @return the specification
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DataPointSpec fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        Integer id = fields.integer(json.get("dp_id") != null ? "dp_id" : "dpId");
        String thingCode = fields.text("thing_code");
        return new DataPointSpec(
                fields.text("code"),
                id,
                fields.text("type"),
                Values.textOrJson(fields.any("values")),
                fields.text("name"),
                fields.text("desc"),
                AccessMode.read(fields, "accessMode"),
                thingCode == null
                        ? null
                        : new ThingSpec(
                                thingCode, fields.text("thing_type"), Values.textOrJson(fields.any("thing_values"))),
                fields.extra());
    }

    /**
     * Returns the JSON object that {@link #fromMap} reads. Members that are null or absent are omitted.
     *
     * @return an unmodifiable map of plain Java values
     */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Values.put(json, "code", code);
        Values.put(json, "dp_id", dpId);
        Values.put(json, "type", type);
        Values.put(json, "values", values);
        putDetails(json);
        return JsonObject.copyOf(json);
    }

    /** Adds the members that follow the values. */
    void putDetails(Map<String, @Nullable Object> json) {
        Values.put(json, "name", name);
        Values.put(json, "desc", description);
        Values.put(json, "accessMode", accessMode == null ? null : accessMode.code());
        if (thing != null) {
            Values.put(json, "thing_code", thing.code());
            Values.put(json, "thing_type", thing.type());
            Values.put(json, "thing_values", thing.values());
        }
        extra.forEach(json::putIfAbsent);
    }

    /** Returns whether {@link #type} is a given word, in any case. */
    boolean isType(String name) {
        return name.equalsIgnoreCase(type);
    }

    /**
     * Returns the type of the values: the one that {@link #type} names, except that an Enum whose values are a range of
     * numbers, as infrared remotes have them, is an {@link DataPointType#INTEGER}.
     *
     * @return the type; {@link DataPointType#OTHER} if {@link #type} is absent or unknown
     */
    public DataPointType dataType() {
        DataPointType named = DataPointType.of(type);
        if (named != DataPointType.ENUM) {
            return named;
        }
        Map<String, @Nullable Object> allowed = valueMap();
        boolean isNumbered = SpecValues.enumRange(allowed).isEmpty()
                && SpecValues.range(allowed)
                        .filter(range -> range.min() != null || range.max() != null)
                        .isPresent();
        return isNumbered ? DataPointType.INTEGER : DataPointType.ENUM;
    }

    /**
     * Parses {@link #values}.
     *
     * @return the JSON object; empty if it is anything else
     */
    public Map<String, @Nullable Object> valueMap() {
        Object parsed = Values.parsedOrText(values);
        // Some manufacturers encode the object twice.
        Map<String, @Nullable Object> object =
                JsonValues.object(parsed instanceof String text ? Values.parsedOrText(text) : parsed);
        return object == null ? JsonObject.copyOf(Map.of()) : object;
    }

    /**
     * Reads {@link #values} as the range of a number.
     *
     * @return the range; empty if neither minimum, maximum, scale, step nor unit is given
     */
    public Optional<ValueRange> valueRange() {
        return SpecValues.range(valueMap());
    }

    /**
     * Reads {@link #values} as the choices of an Enum.
     *
     * @return the allowed texts in order; may be empty
     */
    public List<String> enumRange() {
        return SpecValues.enumRange(valueMap());
    }

    /**
     * Reads {@link #values} as the labels of a Bitmap: label <i>i</i> belongs to bit <i>i</i>.
     *
     * @return the labels, with {@code bit 5} if bit 5 has no label; may be empty
     */
    public List<String> bitmapLabels() {
        return SpecValues.bitmapLabels(valueMap());
    }

    /**
     * Reads {@link #values} as the maximum length of a text.
     *
     * @return the length, or null if it is not given
     */
    public @Nullable Long maxLength() {
        return SpecValues.maxLength(valueMap());
    }

    /** Returns the key of this data point in a {@link DpMapping}: the DP id as text, or the code if it has no DP id. */
    String mappingKey() {
        Object otherId = extra.get("dp_id") != null ? extra.get("dp_id") : extra.get("dpId");
        String id = dpId != null ? dpId.toString() : JsonValues.text(otherId);
        return id != null && !id.isBlank() ? id : String.valueOf(code);
    }

    DataPointSpec withDpId(Integer id) {
        return new DataPointSpec(code, id, type, values, name, description, accessMode, thing, extra);
    }

    DataPointSpec withAccessMode(@Nullable AccessMode mode) {
        return new DataPointSpec(code, dpId, type, values, name, description, mode, thing, extra);
    }

    /**
     * Returns a copy with the usual spelling of the unit, or this one if nothing changes. The values of String and Json
     * are never changed.
     */
    DataPointSpec withNormalizedUnit() {
        String normalized = isType("string") || isType("json") ? values : Units.normalizeText(values);
        return Objects.equals(normalized, values)
                ? this
                : new DataPointSpec(code, dpId, type, normalized, name, description, accessMode, thing, extra);
    }

    /** Returns a copy with the thing model's description of the same data point, if its code differs. */
    DataPointSpec withThing(DataPointSpec model) {
        if (model.code == null || model.code.equals(code) || thing != null) {
            return this;
        }
        boolean sameType = model.type == null || DataPointType.of(model.type) == DataPointType.of(type);
        boolean differs = !sameType || model.limitsValues() && !model.hasLimitsOf(this);
        ThingSpec noted = new ThingSpec(model.code, differs ? model.type : null, differs ? model.values : null);
        return new DataPointSpec(code, dpId, type, values, name, description, accessMode, noted, extra);
    }

    /**
     * Returns the same data point with the thing model's code and description; this one if there is no {@link #thing}.
     */
    DataPointSpec asThing() {
        return thing == null
                ? this
                : new DataPointSpec(
                        thing.code(),
                        dpId,
                        thing.type() == null ? type : thing.type(),
                        thing.values() == null ? values : thing.values(),
                        name,
                        description,
                        accessMode,
                        null,
                        extra);
    }

    private boolean limitsValues() {
        return valueRange().isPresent()
                || !enumRange().isEmpty()
                || !bitmapLabels().isEmpty()
                || maxLength() != null;
    }

    private boolean hasLimitsOf(DataPointSpec other) {
        return valueRange().equals(other.valueRange())
                && enumRange().equals(other.enumRange())
                && bitmapLabels().equals(other.bitmapLabels())
                && Objects.equals(maxLength(), other.maxLength());
    }

    @Override
    public String toString() {
        return LogSafe.line(
                "DataPointSpec[code={}, dpId={}, type={}, values={}, name={}, description={}, "
                        + "accessMode={}, thing={}, extra={}]",
                code,
                dpId,
                type,
                values,
                name,
                description,
                accessMode,
                thing,
                extra);
    }
}

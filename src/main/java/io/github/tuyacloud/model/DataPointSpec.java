package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a product says about one of its data points: code, type and allowed values.
 *
 * @param code such as {@code switch_1}; null only if the cloud left it out
 * @param dpId the number used on the local network; null where the call does not tell
 * @param type {@code Boolean}, {@code Integer}, {@code Enum}, {@code String}, {@code Json}, {@code Raw} or
 *     {@code Bitmap}, in the cloud's spelling, whose case varies; null only if the cloud left it out
 * @param values the cloud's JSON text that tells the allowed values; {@link #valueRange()} and its neighbours read it
 * @param name a name for people, or null
 * @param description a description for people, or null
 * @param extra what else the cloud says about it
 */
public record DataPointSpec(
        @Nullable String code,
        @Nullable Integer dpId,
        @Nullable String type,
        @Nullable String values,
        @Nullable String name,
        @Nullable String description,
        Map<String, @Nullable Object> extra) {

    private static final String THING_CODE = "thing_code";
    private static final String THING_TYPE = "thing_type";
    private static final String THING_VALUES = "thing_values";

    /** Copies the extra members. */
    public DataPointSpec {
        extra = JsonObject.copyOf(extra);
    }

    /**
     * Makes one of its essential parts.
     *
     * @param code such as {@code switch_1}
     * @param dpId the number used on the local network, or null
     * @param type such as {@code Boolean}
     * @param values JSON text, {@code {}} for none
     */
    public DataPointSpec(String code, @Nullable Integer dpId, String type, String values) {
        this(code, dpId, type, values, null, null, Map.of());
    }

    /**
     * Reads one from its JSON object.
     *
     * @param json {@code {"code":"switch_1","dp_id":1,"type":"Boolean","values":"{}"}}; {@code dpId} is taken as well
     * @return the specification
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DataPointSpec fromMap(Map<String, ? extends @Nullable Object> json) {
        JsonReader fields = Values.fields(json);
        String values = Values.textOrJson(fields.any("values"));
        Integer id = fields.integer(json.get("dp_id") != null ? "dp_id" : "dpId");
        return new DataPointSpec(
                fields.text("code"),
                id,
                fields.text("type"),
                values,
                fields.text("name"),
                fields.text("desc"),
                fields.extra());
    }

    /**
     * Compares the type, whatever its case.
     *
     * @param wanted such as {@code Integer}
     * @return whether this is of that type
     */
    public boolean isType(String wanted) {
        return Objects.requireNonNull(wanted, "wanted").equalsIgnoreCase(type);
    }

    /**
     * Returns the type by which the values are read: the one that {@link #type} names, except for an Enum whose values are a
     * range of numbers, as infrared remotes have them, which is read as {@link DataPointType#INTEGER}.
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
     * @return the JSON object it spells; empty when it spells none
     */
    public Map<String, @Nullable Object> valueMap() {
        Map<String, @Nullable Object> object = JsonValues.object(Values.parsedOrText(values));
        return object == null ? JsonObject.copyOf(Map.of()) : object;
    }

    /**
     * Reads {@link #values} as the range of a number.
     *
     * @return the range; empty when neither minimum, maximum, scale, step nor unit is said
     */
    public Optional<ValueRange> valueRange() {
        return SpecValues.range(valueMap());
    }

    /**
     * Reads {@link #values} as the choices of an Enum.
     *
     * @return the allowed texts in order; empty when there are none
     */
    public List<String> enumRange() {
        return SpecValues.enumRange(valueMap());
    }

    /**
     * Reads {@link #values} as the labels of a Bitmap: label <i>i</i> belongs to bit <i>i</i>.
     *
     * @return the labels, {@code bit 5} where the list has none for bit 5; empty when there are none
     */
    public List<String> bitmapLabels() {
        return SpecValues.bitmapLabels(valueMap());
    }

    /**
     * Reads {@link #values} as the greatest length of a text.
     *
     * @return the length, or null when it is not said
     */
    public @Nullable Long maxLength() {
        return SpecValues.maxLength(valueMap());
    }

    /**
     * Says under which key this stands in a {@link DpMapping}.
     *
     * @return the dp id as text; the code where the cloud gives no id
     */
    public String mappingKey() {
        Object otherId = extra.get("dp_id") != null ? extra.get("dp_id") : extra.get("dpId");
        String id = dpId != null ? dpId.toString() : JsonValues.text(otherId);
        return id != null ? id : String.valueOf(code);
    }

    /**
     * Gives the code that the thing model has for the data point where that is another one: {@code things()} takes that,
     * commands take {@link #code}. A full mapping knows it.
     *
     * @return such as {@code Power} beside {@code switch}, or null
     */
    public @Nullable String thingCode() {
        return JsonValues.text(extra.get(THING_CODE));
    }

    /**
     * Notes what the thing model says about the same data point under another code: that code, and its type and values where
     * they differ.
     *
     * @param thing the model's description
     * @return a copy with {@code thing_code} and, if need be, {@code thing_type} and {@code thing_values} among its extra
     *     members; this when the code is none or the same, or another one is noted
     */
    public DataPointSpec withThing(DataPointSpec thing) {
        if (thing.code() == null || thing.code().equals(code) || thingCode() != null) {
            return this;
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extra);
        more.put(THING_CODE, thing.code());
        boolean sameType = thing.type() == null || DataPointType.of(thing.type()) == DataPointType.of(type);
        if (!sameType || thing.limitsValues() && !thing.hasLimitsOf(this)) {
            more.put(THING_TYPE, thing.type());
            more.put(THING_VALUES, thing.values());
        }
        return new DataPointSpec(code, dpId, type, values, name, description, more);
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

    /** The same data point as the thing model sees it, under its code; for one that has {@link #thingCode()}. */
    DataPointSpec asThing() {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(extra);
        Object thingCode = rest.remove(THING_CODE);
        Object thingType = rest.remove(THING_TYPE);
        Object thingValues = rest.remove(THING_VALUES);
        return new DataPointSpec(
                JsonValues.text(thingCode),
                dpId,
                thingType == null ? type : JsonValues.text(thingType),
                thingValues == null ? values : Values.textOrJson(thingValues),
                name,
                description,
                rest);
    }

    /**
     * Spells the unit in {@link #values} the common way: {@code °C} for {@code ℃}, {@code s} for {@code 秒}. The text of
     * type Json is left as it is.
     *
     * @return a copy with it, or this
     */
    public DataPointSpec withNormalizedUnit() {
        String normalized = isType("string") || isType("json") ? values : Units.normalizeText(values);
        return Objects.equals(normalized, values)
                ? this
                : new DataPointSpec(code, dpId, type, normalized, name, description, extra);
    }
}

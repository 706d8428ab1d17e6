package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the data points of a product mean, by the number that the local network uses for them.
 *
 * <p>It is tinytuya's {@code mapping}: {@link #asMap()} and {@link #fromMap} speak the form that {@code devices.json} holds.
 *
 * @param dps data point by dp id as text ({@code "1"}), or by code where the cloud gives no id; empty for a product
 *     without data points
 * @param readOnly the codes that the cloud reports and takes no command for, as far as the specification behind this says;
 *     tinytuya's form has no place for it, so it is empty for a mapping that was read
 */
public record DpMapping(Map<String, DataPointSpec> dps, Set<String> readOnly) {

    /** Copies both, in their order. */
    public DpMapping {
        dps = Collections.unmodifiableMap(new LinkedHashMap<>(dps));
        readOnly = Collections.unmodifiableSet(new LinkedHashSet<>(readOnly));
    }

    /**
     * Makes a mapping that does not tell what can only be read.
     *
     * @param dps data point by dp id
     */
    public DpMapping(Map<String, DataPointSpec> dps) {
        this(dps, Set.of());
    }

    /**
     * Makes a mapping.
     *
     * @param dps data point by dp id
     * @return the mapping
     */
    public static DpMapping of(Map<String, DataPointSpec> dps) {
        return new DpMapping(dps);
    }

    /**
     * Creates a mapping of a standard specification: reported data points first, then those that only commands set; the first
     * entry for a dp id wins. An entry without code or type is left out; one without values stays.
     *
     * @param specification with dp ids, from {@code getDps}
     * @return the mapping, with the unit of a number spelled the common way: {@code °C} for {@code ℃}
     */
    public static DpMapping of(DeviceSpecification specification) {
        return MappingBuilder.standard(specification);
    }

    /**
     * Reads tinytuya's form.
     *
     * @param json {@code {"1":{"code":"switch_1","type":"Boolean","values":{}}}}; members that are not objects are ignored. A
     *     key of digits is the dp id, unless the entry has it as its code and names no {@code dp_id}
     * @return the mapping
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DpMapping fromMap(Map<String, ? extends @Nullable Object> json) {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        json.forEach((id, entry) -> {
            Map<String, @Nullable Object> object = JsonValues.object(entry);
            if (object != null) {
                dps.put(id, readEntry(id, object));
            }
        });
        return new DpMapping(dps);
    }

    /**
     * Looks a data point up by its code, or else by the one that the thing model has for it.
     *
     * @param code such as {@code switch_1}
     * @return the first of that code, if there is one; where it is the thing model's, in that model's words
     */
    public Optional<DataPointSpec> find(String code) {
        Objects.requireNonNull(code, "code");
        return dps.values().stream()
                .filter(spec -> code.equals(spec.code()))
                .findFirst()
                .or(() -> dps.values().stream()
                        .filter(spec -> code.equals(spec.thingCode()))
                        .findFirst()
                        .map(DataPointSpec::asThing));
    }

    /**
     * Writes tinytuya's form: {@code values} parsed, and for type Json also as text in {@code raw_values}. What else is known
     * about a data point, such as a name, stands behind that; {@link #fromMap} reads it again.
     *
     * @return an unmodifiable map of plain Java values
     */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        dps.forEach((id, spec) -> json.put(id, writeEntry(id, spec)));
        return JsonObject.copyOf(json);
    }

    private static DataPointSpec readEntry(String id, Map<String, @Nullable Object> entry) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(entry);
        Object rawValues = members.remove("raw_values");
        if (rawValues instanceof String) {
            members.put("values", rawValues);
        }
        if (isDpId(id) && !id.equals(JsonValues.text(members.get("code")))) {
            members.putIfAbsent("dp_id", Long.valueOf(id));
        }
        return DataPointSpec.fromMap(members);
    }

    /** Returns whether a key is a dp id. Other spellings of a number, such as 01, are codes. */
    private static boolean isDpId(String key) {
        Long number = JsonValues.wholeNumber(key);
        return number != null && key.equals(Integer.toString(number.intValue()));
    }

    private static Map<String, @Nullable Object> writeEntry(String id, DataPointSpec spec) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("code", spec.code());
        entry.put("type", spec.type());
        if (spec.isType("json")) {
            entry.put("raw_values", spec.values());
        }
        entry.put(
                "values", spec.isType("string") ? spec.values() : Units.normalize(Values.parsedOrText(spec.values())));
        if (spec.name() != null) {
            entry.put("name", spec.name());
        }
        if (spec.description() != null) {
            entry.put("desc", spec.description());
        }
        if (spec.dpId() != null && (!id.equals(spec.dpId().toString()) || id.equals(spec.code()))) {
            entry.put("dp_id", spec.dpId().longValue());
        }
        spec.extra().forEach(entry::putIfAbsent);
        return JsonObject.copyOf(entry);
    }
}

package io.github.tuyacloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.LogSafe;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of the data points of a product, by the number used on the local network.
 *
 * <p>This is tinytuya's {@code mapping}: {@link #asMap()} and {@link #fromMap} use the form that {@code devices.json} has.
 */
public final class DpMapping {

    private final Map<String, DataPointSpec> dps;
    private final Set<String> readOnly;

    /** Created at the first call, for all devices that share this. It is immutable, so a race only creates it twice. */
    private @Nullable JsonObject json;

    /** Created at the first search. */
    private volatile @Nullable SpecIndex index;

    /**
     * Creates a mapping.
     *
     * @param dps data points by dp id as text ({@code "1"}), or by code if the cloud sends no id; copied in their order
     * @param readOnly the codes that the cloud takes no command for; copied
     */
    public DpMapping(Map<String, DataPointSpec> dps, Set<String> readOnly) {
        this.dps = Collections.unmodifiableMap(new LinkedHashMap<>(dps));
        this.readOnly = Collections.unmodifiableSet(new LinkedHashSet<>(readOnly));
    }

    /**
     * Creates a mapping that does not tell which data points are read-only.
     *
     * @param dps data points by dp id
     */
    public DpMapping(Map<String, DataPointSpec> dps) {
        this(dps, Set.of());
    }

    /**
     * Creates a mapping that does not tell which data points are read-only.
     *
     * @param dps data points by dp id
     * @return the mapping
     */
    public static DpMapping of(Map<String, DataPointSpec> dps) {
        return new DpMapping(dps);
    }

    /**
     * Creates the mapping of a standard specification: reported data points first, then those that only commands set;
     * the first entry for a dp id wins. An entry without code or type is omitted; one without values is kept.
     *
     * @param specification with dp ids, from {@code getDps}
     * @return the mapping, in which units are spelled the common way: {@code °C} for {@code ℃}
     */
    public static DpMapping of(DeviceSpecification specification) {
        return MappingBuilder.standard(specification);
    }

    /**
     * Creates the full mapping of a product, which includes data points beyond the standard instruction set, in the order of
     * their dp ids. The standard specification wins, then the model; the others fill in what it leaves out. Where the model
     * has another code for a data point, {@link DataPointSpec#thing()} has it.
     *
     * @param specification with dp ids, from {@code getDps}
     * @param model from {@code things()}
     * @param properties from {@code things()}
     * @return the mapping
     */
    public static DpMapping of(DeviceSpecification specification, ThingModel model, ThingProperties properties) {
        return MappingBuilder.full(specification, model, properties);
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
     * Returns the data points.
     *
     * @return by dp id as text ({@code "1"}), or by code if the cloud sends no id; empty for a product without data
     *     points. A code that is the dp id of another data point stands as {@code "code:1"}
     */
    public Map<String, DataPointSpec> dps() {
        return dps;
    }

    /**
     * Returns the codes that the cloud reports and takes no command for, according to the standard specification.
     *
     * @return the codes; tinytuya's form has no place for them, so that a mapping read from JSON has none
     */
    public Set<String> readOnly() {
        return readOnly;
    }

    /**
     * Returns the data point with a code: the standard one, or else the thing model's.
     *
     * @param code such as {@code switch_1}; never a dp id, although some codes are digits
     * @return the first data point with that code, if there is one; if the code is the thing model's, in that model's words
     */
    public Optional<DataPointSpec> find(String code) {
        SpecIndex.Entry found = index().withCode(Objects.requireNonNull(code, "code"));
        return found == null ? Optional.empty() : Optional.of(found.spec());
    }

    /** Returns what a data point means, which this mapping may have under its code or only under its dp id; or null. */
    @Nullable
    DataPointMeaning meaning(@Nullable String code, @Nullable Integer dpId) {
        SpecIndex.Entry found = code == null ? null : index().withCode(code);
        if (found == null && dpId != null) {
            found = index().atDpId(dpId);
        }
        return found == null ? null : found.meaning();
    }

    private SpecIndex index() {
        SpecIndex created = index;
        if (created == null) {
            created = new SpecIndex(dps);
            index = created;
        }
        return created;
    }

    /**
     * Returns tinytuya's form: {@code values} parsed, and for type Json also as text in {@code raw_values}. Other facts about
     * a data point, such as its name, follow; {@link #fromMap} reads them.
     *
     * @return an unmodifiable map of plain Java values
     */
    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        JsonObject created = json;
        if (created == null) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            dps.forEach((id, spec) -> entries.put(id, writeEntry(id, spec)));
            created = JsonObject.copyOf(entries);
            json = created;
        }
        return created;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof DpMapping mapping && dps.equals(mapping.dps) && readOnly.equals(mapping.readOnly);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dps, readOnly);
    }

    @Override
    public String toString() {
        return LogSafe.line("DpMapping[dps={}, readOnly={}]", dps, readOnly);
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
        if (spec.dpId() != null && (!id.equals(spec.dpId().toString()) || id.equals(spec.code()))) {
            entry.put("dp_id", spec.dpId().longValue());
        }
        spec.putDetails(entry);
        return JsonObject.copyOf(entry);
    }
}

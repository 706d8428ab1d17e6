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
 * The meaning of a product's data points, by the number used on the local network.
 *
 * <p>This is tinytuya's {@code mapping}: {@link #asMap()} and {@link #fromMap} use the form in {@code devices.json}.
 */
public final class DpMapping {

    private final Map<String, DataPointSpec> dps;
    private final Set<String> readOnly;

    /** Created on first use, for all devices that share this. It is immutable, so a race merely creates it twice. */
    private @Nullable JsonObject json;

    /** Created on first use. */
    private volatile @Nullable SpecIndex index;

    /**
     * Creates a mapping.
     *
     * @param dps data points by DP id as text ({@code "1"}), or by code if the cloud sends no id; copied in order
     * @param readOnly the codes for which the cloud accepts no commands; copied
     */
    DpMapping(Map<String, DataPointSpec> dps, Set<String> readOnly) {
        this.dps = Collections.unmodifiableMap(new LinkedHashMap<>(dps));
        this.readOnly = Collections.unmodifiableSet(new LinkedHashSet<>(readOnly));
    }

    /**
     * Creates a mapping that does not know which data points are read-only.
     *
     * @param dps data points by DP id
     * @return the mapping
     */
    public static DpMapping of(Map<String, DataPointSpec> dps) {
        return new DpMapping(dps, Set.of());
    }

    /**
     * Creates the mapping of a standard specification: reported data points first, then those that commands only set;
     * the first entry for a DP id wins. Entries without a code or type are omitted; entries without values are kept.
     *
     * @param specification with DP ids, from {@code getDps}
     * @return the mapping, with the usual spelling of units: {@code °C} for {@code ℃}
     */
    public static DpMapping of(DeviceSpecification specification) {
        return MappingBuilder.standard(specification);
    }

    /**
     * Creates the full mapping of a product, which includes data points beyond the standard instruction set, in the
     * order of their DP ids. The standard specification takes precedence, then the model; each fills in what its
     * predecessors omit. If the model has a different code for a data point, {@link DataPointSpec#thing()} has it.
     *
     * @param specification with DP ids, from {@code getDps}
     * @param model from {@code things()}
     * @param properties from {@code things()}
     * @return the mapping
     */
    public static DpMapping of(DeviceSpecification specification, ThingModel model, ThingProperties properties) {
        return MappingBuilder.full(specification, model, properties);
    }

    /**
     * Reads a mapping in tinytuya's form.
     *
     * @param json {@code {"1":{"code":"switch_1","type":"Boolean","values":{}}}}; members that are not objects are
     *     ignored. A key of digits is the DP id, unless the entry has it as its code and has no {@code dp_id}
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
        return new DpMapping(dps, Set.of());
    }

    /**
     * Returns the data points.
     *
     * @return the data points by DP id as text ({@code "1"}), or by code if the cloud sends no id; empty for a product
     *     without data points. A code that is also the DP id of another data point has the key {@code "code:1"}
     */
    public Map<String, DataPointSpec> dps() {
        return dps;
    }

    /**
     * Returns the codes that the cloud reports but accepts no commands for, according to the standard specification.
     *
     * @return the codes; empty for a mapping read from JSON, because tinytuya's form does not contain them
     */
    public Set<String> readOnly() {
        return readOnly;
    }

    /**
     * Returns the data point with a code, either the standard one or the thing model's.
     *
     * @param code such as {@code switch_1}; never a DP id, although some codes are digits
     * @return the first data point with that code; if it is the thing model's code, with that model's description;
     *     empty if absent
     */
    public Optional<DataPointSpec> find(String code) {
        SpecIndex.Entry found = index().withCode(Objects.requireNonNull(code, "code"));
        return found == null ? Optional.empty() : Optional.of(found.spec());
    }

    /** Returns what a data point means, looked up by its code, then by its DP id; or null. */
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
     * Returns tinytuya's form: {@code values} is parsed and, for type Json, also included as text in
     * {@code raw_values}. Other members, such as the name, follow; {@link #fromMap} reads them.
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

    /** Returns whether a key is a DP id. Other spellings of a number, such as 01, are codes. */
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

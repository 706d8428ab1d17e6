package io.github.tuyacloud.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds DP mappings from the cloud's descriptions of the data points of a product.
 *
 * <p>A full mapping merges descriptions by DP id: the standard entry comes first, then the thing model's, then the
 * property's; later ones add what earlier ones lack. If the thing model has a different code, both are kept. A
 * description without a DP id gets the DP id of another one with the same code.
 */
final class MappingBuilder {

    /** More unknown members than any data point has; copying an unlimited number would take too long. */
    private static final int MAX_EXTRA = 100;

    private final Map<String, Integer> dpIdByCode = new HashMap<>();
    private final Set<String> dpIds = new HashSet<>();
    private final Map<String, DataPointSpec> merged = new LinkedHashMap<>();

    private MappingBuilder() {}

    /** Maps the entries of a standard specification: status first, then functions; the first entry for a key wins. */
    static DpMapping standard(DeviceSpecification specification) {
        MappingBuilder builder = new MappingBuilder();
        List<DataPointSpec> all = Stream.concat(specification.status().stream(), specification.functions().stream())
                .filter(spec -> spec.code() != null && spec.type() != null)
                .toList();
        all.forEach(builder::noteDpId);
        all.forEach(spec -> builder.merged.putIfAbsent(builder.key(spec), spec.withNormalizedUnit()));
        return new DpMapping(builder.merged, reportedOnly(specification, builder.merged));
    }

    /** Merges all descriptions of a product's data points, in the order of their DP ids. */
    static DpMapping full(DeviceSpecification specification, ThingModel model, ThingProperties properties) {
        DpMapping standard = standard(specification);
        List<DataPointSpec> things = Stream.concat(
                        model.properties().stream().map(ThingPropertySpec::toDataPointSpec),
                        properties.properties().stream().map(ThingProperty::toDataPointSpec))
                .filter(spec -> spec.code() != null || spec.dpId() != null)
                .toList();
        List<DataPointSpec> all =
                Stream.concat(standard.dps().values().stream(), things.stream()).toList();
        MappingBuilder builder = new MappingBuilder();
        all.forEach(builder::noteDpId);
        all.forEach(builder::add);
        specification.functions().forEach(builder::allowSetting);
        // A data point that the standard specification only reports can be a settable property: the model decides.
        Set<String> readOnly = new LinkedHashSet<>(standard.readOnly());
        things.forEach(thing -> readOnly.remove(thing.code()));
        return new DpMapping(builder.sorted(), readOnly);
    }

    private void noteDpId(DataPointSpec spec) {
        if (spec.dpId() != null) {
            dpIds.add(spec.dpId().toString());
            if (spec.code() != null) {
                dpIdByCode.putIfAbsent(spec.code(), spec.dpId());
            }
        }
    }

    private void add(DataPointSpec described) {
        DataPointSpec spec = withDpId(described).withNormalizedUnit();
        merged.merge(key(spec), spec, MappingBuilder::fillIn);
    }

    /**
     * Marks a data point as settable if the standard specification has a command for it, regardless of the thing model.
     */
    private void allowSetting(DataPointSpec function) {
        merged.computeIfPresent(
                key(withDpId(function)),
                (key, spec) -> spec.accessMode() == AccessMode.READ_ONLY ? spec.withAccessMode(null) : spec);
    }

    private Map<String, DataPointSpec> sorted() {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        merged.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> entry.getValue().dpId(), Comparator.nullsLast(Comparator.naturalOrder())))
                .forEach(entry -> dps.put(entry.getKey(), entry.getValue()));
        return dps;
    }

    /**
     * Returns the DP id, or the code if absent. Infrared remotes have numeric codes, which must not be taken for DP
     * ids.
     */
    private String key(DataPointSpec spec) {
        String key = spec.mappingKey();
        return spec.dpId() == null && dpIds.contains(key) ? "code:" + key : key;
    }

    private DataPointSpec withDpId(DataPointSpec spec) {
        Integer dpId = dpIdByCode.get(String.valueOf(spec.code()));
        return spec.dpId() != null || dpId == null ? spec : spec.withDpId(dpId);
    }

    private static DataPointSpec fillIn(DataPointSpec first, DataPointSpec next) {
        Map<String, @Nullable Object> extra = first.extra();
        if (extra.size() < MAX_EXTRA) {
            extra = new LinkedHashMap<>(next.extra());
            extra.putAll(first.extra());
        }
        boolean hasType = first.type() != null;
        return new DataPointSpec(
                        first.code() != null ? first.code() : next.code(),
                        first.dpId(),
                        hasType ? first.type() : next.type(),
                        hasType ? first.values() : next.values(),
                        first.name() != null ? first.name() : next.name(),
                        first.description() != null ? first.description() : next.description(),
                        first.accessMode() != null ? first.accessMode() : next.accessMode(),
                        first.thing(),
                        extra)
                .withThing(next);
    }

    /**
     * Returns the codes that no function sets, compared by code and DP id; empty if the specification has no functions.
     */
    private static Set<String> reportedOnly(DeviceSpecification specification, Map<String, DataPointSpec> dps) {
        Set<String> codes = new LinkedHashSet<>();
        if (specification.functions().isEmpty()) {
            return codes;
        }
        Set<@Nullable String> settable = new HashSet<>();
        Set<@Nullable Integer> settableIds = new HashSet<>();
        for (DataPointSpec function : specification.functions()) {
            settable.add(function.code());
            settableIds.add(function.dpId());
        }
        for (DataPointSpec spec : dps.values()) {
            boolean isSettable =
                    settable.contains(spec.code()) || spec.dpId() != null && settableIds.contains(spec.dpId());
            if (!isSettable) {
                codes.add(String.valueOf(spec.code()));
            }
        }
        return codes;
    }
}

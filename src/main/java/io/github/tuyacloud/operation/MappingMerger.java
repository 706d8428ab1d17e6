package io.github.tuyacloud.operation;

import io.github.tuyacloud.model.AccessMode;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.model.ThingProperty;
import io.github.tuyacloud.model.ThingPropertySpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one map by dp id of what the standard specification, the thing model and the properties say.
 *
 * <p>The standard entry wins, then the model's, then the property's; the others fill in what it leaves out. What they call
 * by another code is noted beside it. A description without dp id borrows that of another one of the same code.
 */
final class MappingMerger {

    /** Where a specification keeps the model's word on what may be done. */
    private static final String ACCESS_MODE = "accessMode";

    private final Map<String, Integer> dpIdByCode = new HashMap<>();
    private final Map<String, DataPointSpec> merged = new LinkedHashMap<>();

    private MappingMerger() {}

    static DpMapping merge(DeviceSpecification standard, ThingModel model, ThingProperties properties) {
        DpMapping mapping = DpMapping.of(standard);
        List<DataPointSpec> things = Stream.concat(
                        model.properties().stream().map(ThingPropertySpec::toDataPointSpec),
                        properties.properties().stream().map(ThingProperty::toDataPointSpec))
                .toList();
        List<DataPointSpec> all =
                Stream.concat(mapping.dps().values().stream(), things.stream()).toList();
        MappingMerger merger = new MappingMerger();
        all.forEach(merger::noteDpId);
        all.forEach(merger::add);
        standard.functions().forEach(merger::allowSetting);
        // What the standard specification only reports can be a property to set: the model's word counts there.
        Set<String> readOnly = new LinkedHashSet<>(mapping.readOnly());
        things.forEach(thing -> readOnly.remove(thing.code()));
        return new DpMapping(merger.sorted(), readOnly);
    }

    private void noteDpId(DataPointSpec spec) {
        if (spec.code() != null && spec.dpId() != null) {
            dpIdByCode.putIfAbsent(spec.code(), spec.dpId());
        }
    }

    private void add(DataPointSpec described) {
        if (described.code() != null || described.dpId() != null) {
            DataPointSpec spec = withDpId(described).withNormalizedUnit();
            merged.merge(spec.mappingKey(), spec, MappingMerger::fillIn);
        }
    }

    /** Where the standard specification takes a command, the model's word that the data point is read only is wrong. */
    private void allowSetting(DataPointSpec function) {
        merged.computeIfPresent(withDpId(function).mappingKey(), (key, spec) -> {
            Map<String, @Nullable Object> extra = new LinkedHashMap<>(spec.extra());
            return extra.remove(ACCESS_MODE, AccessMode.READ_ONLY.code()) ? withExtra(spec, extra) : spec;
        });
    }

    private Map<String, DataPointSpec> sorted() {
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        merged.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> entry.getValue().dpId(), Comparator.nullsLast(Comparator.naturalOrder())))
                .forEach(entry -> dps.put(entry.getKey(), entry.getValue()));
        return dps;
    }

    private DataPointSpec withDpId(DataPointSpec spec) {
        Integer dpId = dpIdByCode.get(String.valueOf(spec.code()));
        return spec.dpId() != null || dpId == null
                ? spec
                : new DataPointSpec(
                        spec.code(), dpId, spec.type(), spec.values(), spec.name(), spec.description(), spec.extra());
    }

    private static DataPointSpec fillIn(DataPointSpec first, DataPointSpec next) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(next.extra());
        extra.putAll(first.extra());
        return new DataPointSpec(
                        first.code() != null ? first.code() : next.code(),
                        first.dpId(),
                        first.type() != null ? first.type() : next.type(),
                        first.type() != null ? first.values() : next.values(),
                        first.name() != null ? first.name() : next.name(),
                        first.description() != null ? first.description() : next.description(),
                        extra)
                .withThing(next);
    }

    private static DataPointSpec withExtra(DataPointSpec spec, Map<String, @Nullable Object> extra) {
        return new DataPointSpec(
                spec.code(), spec.dpId(), spec.type(), spec.values(), spec.name(), spec.description(), extra);
    }
}

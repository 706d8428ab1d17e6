package io.github.tuyacloud.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds DP mappings from what the cloud says about the data points of a product. */
final class MappingBuilder {

    private MappingBuilder() {}

    /** Maps the entries of a standard specification: status first, then functions; the first entry for a key wins. */
    static DpMapping standard(DeviceSpecification specification) {
        Set<Integer> dpIds = new HashSet<>();
        forEach(specification, spec -> {
            if (spec.dpId() != null) {
                dpIds.add(spec.dpId());
            }
        });
        Map<String, DataPointSpec> dps = new LinkedHashMap<>();
        forEach(specification, spec -> {
            if (spec.code() != null && spec.type() != null) {
                dps.putIfAbsent(key(spec, dpIds), spec.withNormalizedUnit());
            }
        });
        return new DpMapping(dps, reportedOnly(specification, dps));
    }

    /** Returns the dp id, or the code without one. Infrared remotes have codes of digits, which must not take a dp id's place. */
    static String key(DataPointSpec spec, Set<Integer> dpIds) {
        String key = spec.mappingKey();
        return spec.dpId() == null && dpIds.stream().anyMatch(id -> key.equals(id.toString())) ? "code:" + key : key;
    }

    private static void forEach(DeviceSpecification specification, Consumer<DataPointSpec> action) {
        List.of(specification.status(), specification.functions()).forEach(part -> part.forEach(action));
    }

    /** Returns the codes that no function sets, by code or dp id. A specification without functions tells nothing. */
    private static Set<String> reportedOnly(DeviceSpecification specification, Map<String, DataPointSpec> dps) {
        Set<@Nullable String> settable = new HashSet<>();
        Set<@Nullable Integer> settableIds = new HashSet<>();
        for (DataPointSpec function : specification.functions()) {
            settable.add(function.code());
            settableIds.add(function.dpId());
        }
        Set<String> codes = new LinkedHashSet<>();
        if (specification.functions().isEmpty()) {
            return codes;
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

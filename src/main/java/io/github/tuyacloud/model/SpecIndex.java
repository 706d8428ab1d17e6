package io.github.tuyacloud.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the data points of a mapping by code and by DP id, in a time that does not depend on their number. */
final class SpecIndex {

    private final Map<String, Entry> byCode = new HashMap<>();
    private final Map<String, Entry> byKey = new HashMap<>();

    /** A data point, with its meaning once a value has been described. */
    static final class Entry {

        private final DataPointSpec spec;

        /** Immutable, so a race merely creates it twice. */
        private @Nullable DataPointMeaning meaning;

        Entry(DataPointSpec spec) {
            this.spec = spec;
        }

        DataPointSpec spec() {
            return spec;
        }

        DataPointMeaning meaning() {
            DataPointMeaning known = meaning;
            if (known == null) {
                known = new DataPointMeaning(spec);
                meaning = known;
            }
            return known;
        }
    }

    SpecIndex(Map<String, DataPointSpec> dps) {
        dps.forEach((key, spec) -> {
            Entry entry = new Entry(spec);
            byKey.put(key, entry);
            if (spec.code() != null) {
                byCode.putIfAbsent(spec.code(), entry);
            }
        });
        for (DataPointSpec spec : dps.values()) {
            if (spec.thing() != null) {
                byCode.computeIfAbsent(spec.thing().code(), code -> new Entry(spec.asThing()));
            }
        }
    }

    /** Returns the first data point with a code: the standard one, or else the thing model's; null if absent. */
    @Nullable
    Entry withCode(String code) {
        return byCode.get(code);
    }

    /** Returns the data point with a DP id, or null. A numeric code is not a DP id. */
    @Nullable
    Entry atDpId(int dpId) {
        Entry entry = byKey.get(Integer.toString(dpId));
        return entry == null || entry.spec.dpId() == null || entry.spec.dpId() != dpId ? null : entry;
    }
}

package io.github.tuyacloud.picture;

import io.github.tuyacloud.model.DpMapping;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the names of a product's data points: lists use the standard code; messages use a code, a DP id or the thing
 * model's code. Learns which names belong together from mappings and from messages with several names; thread-safe.
 */
final class PointNames {

    private final Map<Integer, String> codeByDpId = new ConcurrentHashMap<>();
    private final Map<String, String> standardCode = new ConcurrentHashMap<>();

    /** Learns the names in a mapping. */
    void learn(DpMapping mapping) {
        mapping.dps().values().forEach(spec -> {
            String code = spec.code();
            if (code == null) {
                return;
            }
            if (spec.dpId() != null) {
                codeByDpId.put(spec.dpId(), code);
            }
            if (spec.thing() != null) {
                standardCode.put(spec.thing().code(), code);
            }
        });
    }

    /**
     * Returns the code under which to store a value from a message.
     *
     * @param code the code in the message, or null
     * @param dpId the DP id in the message, or null
     * @param listed returns whether a list contained the device with a code
     * @return the code; the DP id as a string if its code is unknown; null if the message has neither
     */
    @Nullable
    String resolve(@Nullable String code, @Nullable Integer dpId, Predicate<String> listed) {
        if (dpId == null) {
            return code == null ? null : standardCode.getOrDefault(code, code);
        }
        if (code != null && listed.test(code)) {
            codeByDpId.put(dpId, code);
            return code;
        }
        String learned = codeByDpId.get(dpId);
        if (code == null) {
            return learned == null ? dpId.toString() : learned;
        }
        if (learned == null) {
            codeByDpId.put(dpId, code);
            return standardCode.getOrDefault(code, code);
        }
        if (!learned.equals(code)) {
            standardCode.put(code, learned);
        }
        return learned;
    }

    /** Returns the standard code for a caller's name: a code of either kind, or a DP id as a string. */
    String standard(String name, Predicate<String> listed) {
        if (listed.test(name)) {
            return name;
        }
        String standard = standardCode.get(name);
        if (standard != null) {
            return standard;
        }
        if (!name.isEmpty() && name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return codeByDpId.getOrDefault(Integer.valueOf(name), name);
        }
        return name;
    }
}

package io.github.tuyacloud.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The active rules, in the order in which they were added. */
final class FaultRules {
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();

    void add(FaultRule rule) {
        if (!rules.contains(rule)) {
            rules.add(rule);
        }
    }

    void remove(FaultRule rule) {
        rules.remove(rule);
    }

    void clear() {
        rules.clear();
    }

    /** Returns the fault for this request, {@link Fault#NONE} if no rule applies. */
    Fault next(WireRequest request) {
        for (FaultRule rule : rules) {
            @Nullable Fault fault = rule.next(request);
            if (fault != null) {
                return fault;
            }
        }
        return Fault.NONE;
    }
}

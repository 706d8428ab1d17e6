package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The quirks of a fake cloud, and the switches for differences between accounts. */
final class Quirks {
    private static final Duration LAG = Duration.ofSeconds(30);

    private final Set<Quirk> quirks;
    private final Clock clock;
    volatile boolean omitLocalKeysInAssociatedList;
    volatile boolean omitGatewayIdsInAssociatedList = true;
    volatile boolean logStartIncluded = true;
    volatile boolean logEndIncluded = true;

    Quirks(Set<Quirk> quirks, Clock clock) {
        this.quirks = quirks;
        this.clock = clock;
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    boolean any() {
        return !quirks.isEmpty();
    }

    /** Returns the status of a device as calls about that device show it. */
    ArrayNode status(FakeDevice device) {
        return device.standardStatus(Instant.MAX, has(Quirk.EMPTY_VALUES));
    }

    /** Returns the status of a device as lists of devices show it. */
    ArrayNode listedStatus(FakeDevice device) {
        Instant asOf = has(Quirk.LAGGING_LISTS) ? clock.instant().minus(LAG) : Instant.MAX;
        return device.standardStatus(asOf, has(Quirk.EMPTY_VALUES));
    }

    /** Refuses a request whose service is not subscribed. */
    void check(String template) {
        if (has(Quirk.DEPRECATED_LOGS_REFUSED) && template.equals(LogEndpoints.DEPRECATED)) {
            throw notSubscribed(28841101);
        }
        if (has(Quirk.SCENES_REFUSED) && template.startsWith("/v1.0/homes/") && template.contains("/scenes")) {
            throw new Refusal(28841105, "No permissions. This project is not authorized to call this API");
        }
        if (has(Quirk.THING_MODEL_REFUSED)
                && template.startsWith(ThingEndpoints.TEMPLATE)
                && !template.endsWith("/logs")) {
            throw notSubscribed(28841106);
        }
        if (has(Quirk.SPECIFICATIONS_REFUSED) && SpecificationEndpoints.covers(template)) {
            throw notSubscribed(28841101);
        }
    }

    private static Refusal notSubscribed(int code) {
        return new Refusal(code, "No permissions. This API is not subscribed.");
    }
}

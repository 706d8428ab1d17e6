package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.operation.RegionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates a short-lived client for each data center for {@link TuyaCloud#detectRegion}. */
final class RegionDetection {

    /** A data center that does not respond within this time is reported as giving no response. */
    static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** All known data centers with their base URLs. */
    static final Map<Region, String> KNOWN = known();

    private final String apiKey;
    private final String apiSecret;
    private final List<Wiring> clients = new ArrayList<>();
    private final List<RegionProbe.Candidate> candidates = new ArrayList<>();

    RegionDetection(String apiKey, String apiSecret) {
        this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        this.apiSecret = Objects.requireNonNull(apiSecret, "apiSecret");
    }

    /** Probes the regions at the given endpoints, then the further endpoints. */
    RegionReport probe(Map<Region, String> endpointByRegion, List<String> furtherEndpoints, Duration timeout) {
        try {
            endpointByRegion.forEach((region, endpoint) -> add(region, endpoint, timeout));
            furtherEndpoints.forEach(endpoint -> add(null, endpoint, timeout));
            return RegionProbe.probe(candidates);
        } finally {
            clients.forEach(Wiring::close);
        }
    }

    private void add(@Nullable Region region, String endpoint, Duration timeout) {
        TuyaCloudBuilder builder = TuyaCloud.builder()
                .endpoint(endpoint)
                .apiKey(apiKey)
                .apiSecret(apiSecret)
                .callTimeout(timeout)
                .retryPolicy(RetryPolicy.none());
        Wiring client = builder.assemble();
        clients.add(client);
        candidates.add(new RegionProbe.Candidate(region, endpoint, client.pipeline()));
    }

    private static Map<Region, String> known() {
        Map<Region, String> endpoints = new EnumMap<>(Region.class);
        for (Region region : Region.values()) {
            endpoints.put(region, "https://" + region.host());
        }
        return Collections.unmodifiableMap(endpoints);
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.http.Endpoint;
import org.jspecify.annotations.Nullable;

/** Knows where calls go: to the host of the current region, or to a fixed endpoint; safe for use by many threads. */
public final class RegionResolver {

    private final @Nullable String endpoint;
    private volatile Target target;

    /**
     * Where one call goes. A change of region makes a new one, also when it goes to the same host, so that a token is good
     * for the very target that it was fetched from.
     *
     * @param region the region
     * @param baseUrl scheme, host and port, without a slash at the end
     */
    record Target(Region region, String baseUrl) {

        /** The host, with its port when it is not the usual one. */
        String host() {
            return baseUrl.substring(baseUrl.indexOf("//") + 2);
        }
    }

    /**
     * Creates a resolver.
     *
     * @param region the region
     * @param endpoint a base URL to use in place of the region's host, or null
     * @throws IllegalArgumentException if the endpoint is no plain base URL, or neither https nor on a loopback host
     */
    public RegionResolver(Region region, @Nullable String endpoint) {
        this.endpoint = endpoint == null ? null : Endpoint.ofCalls(endpoint);
        this.target = targetOf(region);
    }

    /**
     * Changes the region; tokens of the old one are no longer used.
     *
     * @param region the new region
     */
    public void setRegion(Region region) {
        target = targetOf(region);
    }

    /**
     * Returns the current region.
     *
     * @return the region, which under an endpoint only decides about the host of icons
     */
    public Region region() {
        return target.region();
    }

    boolean hasEndpoint() {
        return endpoint != null;
    }

    Target target() {
        return target;
    }

    private Target targetOf(Region region) {
        return new Target(region, endpoint != null ? endpoint : "https://" + region.host());
    }
}

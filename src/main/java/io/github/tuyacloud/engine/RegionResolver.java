package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.http.Endpoint;
import org.jspecify.annotations.Nullable;

/** Determines the target of calls: the current region's host or a fixed endpoint; safe for use by multiple threads. */
public final class RegionResolver {

    private final @Nullable String endpoint;
    private volatile Target target;

    /**
     * The target of a call. Each change of region creates a new target, even for the same host; a token is valid only
     * for the target that issued it.
     *
     * @param region the region
     * @param baseUrl scheme, host and port, without a trailing slash
     */
    public record Target(Region region, String baseUrl) {

        /** Returns the host, with the port unless it is the default port. */
        String host() {
            return baseUrl.substring(baseUrl.indexOf("//") + 2);
        }

        // Written out because the JVM takes ten milliseconds of a program's first call to generate them.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Target target && region == target.region && baseUrl.equals(target.baseUrl);
        }

        @Override
        public int hashCode() {
            return baseUrl.hashCode();
        }
    }

    /**
     * Creates a resolver.
     *
     * @param region the region
     * @param endpoint a base URL to use instead of the region's host, or null
     * @throws IllegalArgumentException if the endpoint is not a plain base URL, or neither https nor on a loopback host
     */
    public RegionResolver(Region region, @Nullable String endpoint) {
        this.endpoint = endpoint == null ? null : Endpoint.ofCalls(endpoint);
        this.target = targetOf(region);
    }

    private RegionResolver(Target target) {
        this.endpoint = null;
        this.target = target;
    }

    /**
     * Changes the region; tokens of the old region are no longer used.
     *
     * @param region the new region
     */
    public void setRegion(Region region) {
        target = targetOf(region);
    }

    /**
     * Returns the current region.
     *
     * @return the region; if an endpoint is set, it only determines the host of icons
     */
    public Region region() {
        return target.region();
    }

    /** Returns a resolver for a fixed target. */
    static RegionResolver fixedAt(Target target) {
        return new RegionResolver(target);
    }

    @Nullable
    String endpoint() {
        return endpoint;
    }

    public Target target() {
        return target;
    }

    private Target targetOf(Region region) {
        return new Target(region, endpoint != null ? endpoint : "https://" + region.host());
    }
}

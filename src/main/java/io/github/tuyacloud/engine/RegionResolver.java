package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.Region;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows where calls go: to the host of the current region, or to a fixed endpoint; safe for use by many threads. */
public final class RegionResolver {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");

    private static final int LAST_PORT = 65_535;

    /** What {@link URI#getPort} says of a URL without. */
    private static final int NO_PORT = -1;

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
     * Starts with a region.
     *
     * @param region the region
     * @param endpoint a base URL to use in place of the region's host, or null
     * @throws IllegalArgumentException if the endpoint is no plain base URL, or neither https nor on a loopback host
     */
    public RegionResolver(Region region, @Nullable String endpoint) {
        this.endpoint = endpoint == null ? null : checkEndpoint(endpoint);
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
     * Gives the current region.
     *
     * @return the region, which under an endpoint only decides about the host of icons
     */
    public Region region() {
        return target.region();
    }

    /**
     * Says whether a host is this very machine, so that what goes there needs no encryption.
     *
     * @param host a name or address in lower case, as it stands in a URL
     * @return whether it is {@code localhost} or a loopback address
     */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /**
     * Says whether a URL has a port that exists, or none.
     *
     * @param url any URL with a host
     * @return whether the port is left out or from 1 to 65535
     */
    public static boolean hasPossiblePort(URI url) {
        return url.getPort() == NO_PORT || url.getPort() > 0 && url.getPort() <= LAST_PORT;
    }

    Target target() {
        return target;
    }

    private Target targetOf(Region region) {
        return new Target(region, endpoint != null ? endpoint : "https://" + region.host());
    }

    private static String checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The endpoint is not a URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = uri.getHost() != null
                && hasPossiblePort(uri)
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!plain || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "The endpoint must be scheme, host and perhaps a port, such as https://openapi.tuyaeu.com");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "The endpoint must use https: plain http is taken for a loopback host only, and " + host
                            + " is none");
        }
        return scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}

package io.github.tuyacloud.http;

import io.github.tuyacloud.json.LogSafe;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks base URLs: a scheme, a host and an optional port. Unencrypted schemes are allowed for loopback hosts only. */
public final class Endpoint {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");
    private static final int LAST_PORT = 65_535;

    /** The result of {@link URI#getPort} for a URL without a port. */
    private static final int NO_PORT = -1;

    private Endpoint() {}

    /**
     * Returns a normalized base URL for calls: lower case, without a trailing slash.
     *
     * @throws IllegalArgumentException if it is not a base URL, or does not use https and its host is not a loopback host
     */
    public static String ofCalls(String baseUrl) {
        return normalized(baseUrl, "https", "http", "https://openapi.tuyaeu.com");
    }

    /**
     * Returns a normalized base URL for the message socket: lower case, without a trailing slash.
     *
     * @throws IllegalArgumentException if it is not a base URL, or does not use wss and its host is not a loopback host
     */
    public static String ofMessages(String baseUrl) {
        return normalized(baseUrl, "wss", "ws", "wss://mqe.tuyaeu.com:8285");
    }

    /**
     * Returns whether a normalized base URL leads to this machine.
     *
     * @param endpoint a result of {@link #ofCalls} or {@link #ofMessages}
     */
    public static boolean isLoopback(String endpoint) {
        return LOOPBACK.matcher(URI.create(endpoint).getHost()).matches();
    }

    private static String normalized(String baseUrl, String encrypted, String unencrypted, String example) {
        URI uri = parse(baseUrl.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!isBaseUrl(uri) || !(scheme.equals(encrypted) || scheme.equals(unencrypted))) {
            throw new IllegalArgumentException(
                    "The endpoint must be a scheme, a host and an optional port, such as " + example);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals(unencrypted) && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("The endpoint must use " + encrypted + ": plain " + unencrypted
                    + " is allowed for loopback hosts only, and " + LogSafe.quote(host) + " is not one");
        }
        return scheme + "://" + host + (uri.getPort() == NO_PORT ? "" : ":" + uri.getPort());
    }

    private static URI parse(String baseUrl) {
        try {
            return new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The endpoint is not a URL: " + LogSafe.of(e.getReason()));
        }
    }

    private static boolean isBaseUrl(URI uri) {
        return uri.getHost() != null
                && (uri.getPort() == NO_PORT || uri.getPort() > 0 && uri.getPort() <= LAST_PORT)
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
    }
}

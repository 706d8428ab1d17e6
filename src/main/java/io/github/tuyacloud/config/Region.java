package io.github.tuyacloud.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A data center of the Tuya cloud; a project and its devices live in one of them.
 *
 * <p>These are tinytuya's {@code API_REGIONS} and {@code API_REGION_ALIASES}.
 */
public enum Region {
    /** China. */
    CN("cn", "China Data Center", "openapi.tuyacn.com", "images.tuyacn.com", "mqe.tuyacn.com"),
    /** Western America. */
    US("us", "Western America Data Center", "openapi.tuyaus.com", "images.tuyaus.com", "mqe.tuyaus.com", "az"),
    /** Eastern America. */
    US_EAST(
            "us-e",
            "Eastern America Data Center",
            "openapi-ueaz.tuyaus.com",
            "images.tuyaus.com",
            "mqe-ueaz.tuyaus.com",
            "ue"),
    /** Central Europe. */
    EU("eu", "Central Europe Data Center", "openapi.tuyaeu.com", "images.tuyaeu.com", "mqe.tuyaeu.com"),
    /** Western Europe. */
    EU_WEST(
            "eu-w",
            "Western Europe Data Center",
            "openapi-weaz.tuyaeu.com",
            "images.tuyaeu.com",
            "mqe-weaz.tuyaeu.com",
            "we"),
    /** India. */
    IN("in", "India Datacenter", "openapi.tuyain.com", "images.tuyain.com", "mqe.tuyain.com"),
    /** Singapore; its icons come from a host that is known to serve all data centers' files. */
    SG("sg", "Singapore Data Center", "openapi-sg.iotbing.com", "images.tuyaus.com", "mqe-sg.iotbing.com");

    /** What can be a slip in a region; access ids and secrets are longer. */
    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_-]{0,12}");

    private final String code;
    private final String description;
    private final String host;
    private final String imageHost;
    private final String messageServer;
    private final List<String> aliases;

    Region(String code, String description, String host, String imageHost, String messageServer, String... aliases) {
        this.code = code;
        this.description = description;
        this.host = host;
        this.imageHost = imageHost;
        this.messageServer = messageServer;
        this.aliases = List.of(aliases);
    }

    /**
     * Finds a region by code or alias, whatever the case.
     *
     * @param code {@code cn}, {@code us}, {@code us-e}, {@code eu}, {@code eu-w}, {@code in}, {@code sg}, or an alias:
     *     {@code az}, {@code ue}, {@code we}
     * @return the region
     * @throws IllegalArgumentException if there is none of that code; the message lists those there are, and shows the code
     *     only if it is short and plain, so that a key or secret in its place stays unseen
     */
    public static Region of(String code) {
        String wanted = Objects.requireNonNull(code, "code").strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(region -> region.code.equals(wanted) || region.aliases.contains(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown region " + shown(code.strip()) + ": use one of " + knownCodes()));
    }

    /**
     * Gives the code used in {@code tinytuya.json}.
     *
     * @return such as {@code eu-w}
     */
    public String code() {
        return code;
    }

    /**
     * Gives the name of the data center.
     *
     * @return such as {@code Western Europe Data Center}
     */
    public String description() {
        return description;
    }

    /**
     * Gives the host of the API.
     *
     * @return a host name without scheme
     */
    public String host() {
        return host;
    }

    /**
     * Gives the host that serves device icons.
     *
     * @return a host name without scheme
     */
    public String imageHost() {
        return imageHost;
    }

    /**
     * Gives the host and port of the message service, which pushes live messages.
     *
     * @return a host name with port, without scheme
     */
    public String messageHost() {
        return messageServer + ":8285";
    }

    /**
     * Gives other codes for the same data center.
     *
     * @return maybe empty
     */
    public List<String> aliases() {
        return aliases;
    }

    private static String shown(String code) {
        return SHOWABLE.matcher(code).matches() ? "\"" + code + "\"" : "(" + code.length() + " characters)";
    }

    private static String knownCodes() {
        return Arrays.stream(values())
                .map(region -> region.aliases.isEmpty()
                        ? region.code
                        : region.code + " (or " + String.join(", ", region.aliases) + ")")
                .collect(Collectors.joining(", "));
    }
}

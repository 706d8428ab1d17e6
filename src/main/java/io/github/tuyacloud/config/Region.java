package io.github.tuyacloud.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data center of the Tuya cloud. A project and its devices belong to one of them.
 *
 * <p>These are tinytuya's {@code API_REGIONS} and {@code API_REGION_ALIASES}.
 */
public enum Region {
    /** China. */
    CN("cn", "China Data Center", "openapi.tuyacn.com"),
    /** Western America. */
    US("us", "Western America Data Center", "openapi.tuyaus.com", "az"),
    /** Eastern America. */
    US_EAST("us-e", "Eastern America Data Center", "openapi-ueaz.tuyaus.com", "ue"),
    /** Central Europe. */
    EU("eu", "Central Europe Data Center", "openapi.tuyaeu.com"),
    /** Western Europe. */
    EU_WEST("eu-w", "Western Europe Data Center", "openapi-weaz.tuyaeu.com", "we"),
    /** India. */
    IN("in", "India Datacenter", "openapi.tuyain.com"),
    /** Singapore. */
    SG("sg", "Singapore Data Center", "openapi-sg.iotbing.com");

    /** Longer than any code or name; the patterns would take seconds for a text of megabytes. */
    private static final int MAX_NAME_LENGTH = 200;

    /** A value that is safe to show in a message; access ids and secrets are longer. */
    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_-]{0,12}");

    /** The suffix that the console appends to the name of each data center, in all spellings. */
    private static final Pattern DATA_CENTER = Pattern.compile("\\s*data\\s*cent(er|re)$");

    private final String code;
    private final String description;
    private final String host;
    private final List<String> aliases;

    Region(String code, String description, String host, String... aliases) {
        this.code = code;
        this.description = description;
        this.host = host;
        this.aliases = List.of(aliases);
    }

    /**
     * Returns the region with a code, an alias or the name that the Tuya console shows, ignoring case.
     *
     * @param name {@code cn}, {@code us}, {@code us-e}, {@code eu}, {@code eu-w}, {@code in}, {@code sg}; an alias:
     *     {@code az}, {@code ue}, {@code we}; or a name such as {@code Central Europe Data Center}
     * @return the region
     * @throws IllegalArgumentException if there is no such region. The message lists the known ones. It quotes the name
     *     only if it is short and plain, so that a key or secret passed by mistake is not shown
     */
    public static Region of(String name) {
        String normalized = Objects.requireNonNull(name, "name").strip().toLowerCase(Locale.ROOT);
        for (Region region : values()) {
            if (region.code.equals(normalized) || region.aliases.contains(normalized)) {
                return region;
            }
        }
        if (normalized.length() <= MAX_NAME_LENGTH) {
            String place = placeIn(normalized);
            for (Region region : values()) {
                if (region.place().toLowerCase(Locale.ROOT).equals(place)) {
                    return region;
                }
            }
        }
        throw new IllegalArgumentException("Unknown region " + shown(name.strip()) + ": use one of " + knownCodes());
    }

    /**
     * Returns the code used in {@code tinytuya.json}.
     *
     * @return for example {@code eu-w}
     */
    public String code() {
        return code;
    }

    /**
     * Returns the name of the data center.
     *
     * @return for example {@code Western Europe Data Center}
     */
    public String description() {
        return description;
    }

    /**
     * Returns the host of the API.
     *
     * @return a host name without scheme
     */
    public String host() {
        return host;
    }

    /**
     * Returns other codes for the same data center.
     *
     * @return the aliases, possibly empty
     */
    public List<String> aliases() {
        return aliases;
    }

    private static String shown(String code) {
        return SHOWABLE.matcher(code).matches() ? "\"" + code + "\"" : "(" + code.length() + " characters)";
    }

    /** Returns the name without "Data Center", such as {@code Central Europe}. */
    private String place() {
        return placeIn(description);
    }

    private static String placeIn(String name) {
        String words = name.strip().replaceAll("[\\s_-]+", " ");
        return DATA_CENTER.matcher(words.toLowerCase(Locale.ROOT)).find()
                ? words.substring(0, words.toLowerCase(Locale.ROOT).lastIndexOf("data"))
                        .strip()
                : words;
    }

    private static String knownCodes() {
        return Arrays.stream(values())
                .map(region -> String.join(" or ", region.codes()) + " (" + region.place() + ")")
                .collect(Collectors.joining(", "));
    }

    private List<String> codes() {
        return Stream.concat(Stream.of(code), aliases.stream()).toList();
    }
}

package io.github.tuyacloud.engine;

import java.util.Set;
import java.util.regex.Pattern;

/** Puts ids into path templates, checks paths that callers wrote themselves, and folds ids away again. */
final class PathTemplate {

    private static final String VARIABLE = "{id}";

    /** What may stand in an id beside letters and digits: what neither ends a path segment nor needs an escape there. */
    private static final String ID_MARKS = "._~!$'()*+=:@-";

    /** What may stand in a path: visible ASCII that a URL keeps as it is. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");

    /** What may not although its characters may: empty parts, broken escapes, and parts that lead upwards. */
    private static final Pattern TRAP = Pattern.compile("//|%(?![0-9A-Fa-f]{2})|/(\\.|%2[eE]){1,2}(/|$)");

    /** Segments that belong to the API itself: words, versions, and the few words with digits. */
    private static final Pattern API_WORD = Pattern.compile("[a-z]+([-_][a-z]+)*|v\\d+\\.\\d+|iot-\\d+");

    /** Segments behind which an id stands, even one that looks like a word: {@code /v1.0/devices/porchlight}. */
    private static final Set<String> COLLECTIONS = Set.of(
            "air-conditioners",
            "apps",
            "asset",
            "assets",
            "categories",
            "device",
            "device-groups",
            "devices",
            "door-locks",
            "functions",
            "gateways",
            "groups",
            "homes",
            "infrareds",
            "learning-codes",
            "locks",
            "members",
            "products",
            "projects",
            "remotes",
            "rooms",
            "rule",
            "rules",
            "scenes",
            "schemas",
            "space",
            "spaces",
            "sub-devices",
            "temp-passwords",
            "thing",
            "things",
            "timers",
            "token",
            "tokens",
            "users");

    /** Words that Tuya's paths have in such places all the same: {@code /v1.0/devices/factory-infos}. */
    private static final Set<String> KNOWN_WORDS = Set.of(
            "actions",
            "all",
            "associated-users",
            "batch",
            "brands",
            "categories",
            "child",
            "commands",
            "count",
            "device",
            "devices",
            "factory-infos",
            "functions",
            "group",
            "groups",
            "info",
            "infos",
            "list",
            "login",
            "logout",
            "logs",
            "members",
            "model",
            "models",
            "multiple-name",
            "multiple-names",
            "paring",
            "properties",
            "query",
            "register",
            "report-logs",
            "rooms",
            "rule",
            "scenes",
            "search",
            "shadow",
            "specification",
            "specifications",
            "state",
            "statistics",
            "status",
            "sub-devices",
            "sync",
            "timers",
            "token",
            "tokens",
            "user",
            "users");

    private PathTemplate() {}

    /**
     * Replaces each {@code {id}} by the next id.
     *
     * @throws IllegalArgumentException if an id is blank or would change the path
     */
    static String expand(String template, String... ids) {
        StringBuilder path = new StringBuilder(template);
        for (String id : ids) {
            int at = path.indexOf(VARIABLE);
            path.replace(at, at + VARIABLE.length(), checkId(id));
        }
        return path.toString();
    }

    static String checkId(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id is empty: give the id of a device, as getDevices() lists it");
        }
        if (!id.chars().allMatch(PathTemplate::mayBeInId) || id.contains("..") || id.equals(".")) {
            throw new IllegalArgumentException("The id \"" + printable(id)
                    + "\" cannot be one: an id has no slash, no space, no \"..\" and none of " + "? # % & , ; in it");
        }
        return id;
    }

    /**
     * Checks a path that a caller wrote.
     *
     * @throws IllegalArgumentException if it is not the plain absolute path of a URL
     */
    static String checkPath(String path) {
        if (!PATH.matcher(path).matches() || TRAP.matcher(path).find()) {
            throw new IllegalArgumentException("\"" + printable(path) + "\" is not a path of the API: give it without "
                    + "scheme and host, like /v1.0/devices/{id}, and without spaces, \"..\", empty parts or \"#\"");
        }
        return path;
    }

    /** Replaces whatever in a path is not a word of the API by {@code {id}}. */
    static String fold(String path) {
        StringBuilder folded = new StringBuilder();
        String before = "";
        for (String segment : path.substring(1).split("/")) {
            folded.append('/').append(isWord(segment, before) ? segment : VARIABLE);
            before = segment;
        }
        return folded.toString();
    }

    private static boolean isWord(String segment, String before) {
        return API_WORD.matcher(segment).matches() && (!COLLECTIONS.contains(before) || KNOWN_WORDS.contains(segment));
    }

    private static boolean mayBeInId(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ID_MARKS.indexOf(c) >= 0;
    }

    private static String printable(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "...";
    }
}

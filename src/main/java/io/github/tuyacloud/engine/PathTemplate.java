package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.LogSafe;
import java.util.regex.Pattern;

/** Expands path templates, checks callers' paths, and removes ids from paths for messages. */
final class PathTemplate {

    private static final String VARIABLE = "{id}";

    /** Many times the length of the cloud's known ids. */
    private static final int MAX_ID_LENGTH = 1_000;

    /** The length that servers usually accept. */
    private static final int MAX_PATH_LENGTH = 8_000;

    /**
     * The characters besides letters and digits that are allowed in an id: none ends a path segment or needs escaping.
     */
    private static final String ID_MARKS = "._~!$'()*+=:@-";

    /** A path of visible ASCII characters that need no escaping in a URL. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");

    /** Empty segments, malformed escapes and dot segments, which are invalid in a path. */
    private static final Pattern INVALID_PART = Pattern.compile("//|%(?![0-9A-Fa-f]{2})|/(\\.|%2[eE]){1,2}(/|$)");

    /** The characters that identify an id: the API's own words contain neither capitals nor digits. */
    private static final Pattern CAPITAL_OR_DIGIT = Pattern.compile("[A-Z0-9]");

    /** The API's own segments that contain digits: versions and a few words. */
    private static final Pattern VERSION_OR_WORD = Pattern.compile("v\\d+(\\.\\d+)?|iot-\\d{2}|3rdcloud");

    private PathTemplate() {}

    /**
     * Replaces each {@code {id}} with the next id.
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
            throw new IllegalArgumentException("The id is empty: pass the id of a device as listed by getDevices()");
        }
        if (id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("The id " + LogSafe.quote(id) + " has " + id.length()
                    + " characters: pass the id of a device as listed by getDevices()");
        }
        if (!isPlain(id) || id.contains("..") || id.equals(".")) {
            throw new IllegalArgumentException("The id " + LogSafe.quote(id)
                    + " is invalid: an id contains no slash, space, \"..\" or any of ? # % & , ;");
        }
        return id;
    }

    /**
     * Checks a caller's path.
     *
     * @throws IllegalArgumentException if it is not an absolute path without dot segments
     */
    static String checkPath(String path) {
        if (path.length() > MAX_PATH_LENGTH
                || !PATH.matcher(path).matches()
                || INVALID_PART.matcher(path).find()) {
            throw new IllegalArgumentException(
                    LogSafe.quote(path) + " is not a path of the API: pass a path without "
                            + "scheme and host, such as /v1.0/devices/{id}, and without spaces, \"..\", empty segments or \"#\"");
        }
        return path;
    }

    /**
     * Replaces the ids and tokens in a path with {@code {id}}, for messages. Segments that are not clearly ids are
     * kept, to keep different endpoints distinct.
     */
    static String fold(String path) {
        StringBuilder folded = new StringBuilder();
        String before = "";
        for (String segment : path.substring(1).split("/")) {
            boolean token = before.equals("token") || before.equals("tokens");
            folded.append('/').append(token || isId(segment) ? VARIABLE : segment);
            before = segment;
        }
        return folded.toString();
    }

    private static boolean isId(String segment) {
        return CAPITAL_OR_DIGIT.matcher(segment).find()
                && !VERSION_OR_WORD.matcher(segment).matches();
    }

    /** Returns whether an id contains only allowed characters. Called for every request, so it uses no stream. */
    private static boolean isPlain(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!mayBeInId(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBeInId(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ID_MARKS.indexOf(c) >= 0;
    }
}

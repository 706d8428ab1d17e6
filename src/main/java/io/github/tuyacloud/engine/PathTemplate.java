package io.github.tuyacloud.engine;

import io.github.tuyacloud.json.LogSafe;
import java.util.regex.Pattern;

/** Fills ids into path templates, checks paths that callers wrote, and replaces ids in paths for messages. */
final class PathTemplate {

    private static final String VARIABLE = "{id}";

    /** Many times the length of any id that the cloud is known to use. */
    private static final int MAX_ID_LENGTH = 1_000;

    /** As much as servers usually accept. */
    private static final int MAX_PATH_LENGTH = 8_000;

    /** The characters allowed in an id besides letters and digits: they neither end a path segment nor need an escape. */
    private static final String ID_MARKS = "._~!$'()*+=:@-";

    /** The form of a path: visible ASCII that needs no escape in a URL. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");

    /** Invalid parts of a path: empty segments, malformed escapes and segments that lead upwards. */
    private static final Pattern TRAP = Pattern.compile("//|%(?![0-9A-Fa-f]{2})|/(\\.|%2[eE]){1,2}(/|$)");

    /** Characters that mark an id: the words of the API have neither capitals nor digits. */
    private static final Pattern CAPITAL_OR_DIGIT = Pattern.compile("[A-Z0-9]");

    /** The segments with digits that belong to the API: versions, and a few words. */
    private static final Pattern VERSION_OR_WORD = Pattern.compile("v\\d+(\\.\\d+)?|iot-\\d{2}|3rdcloud");

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
            throw new IllegalArgumentException("The id is empty: pass the id of a device, as getDevices() lists it");
        }
        if (id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("The id " + LogSafe.quote(id) + " has " + id.length()
                    + " characters: pass the id of a device, as getDevices() lists it");
        }
        if (!isPlain(id) || id.contains("..") || id.equals(".")) {
            throw new IllegalArgumentException("The id " + LogSafe.quote(id)
                    + " is invalid: an id has no slash, no space, no \"..\" and none of ? # % & , ; in it");
        }
        return id;
    }

    /**
     * Checks a path that a caller wrote.
     *
     * @throws IllegalArgumentException if it is not the plain absolute path of a URL
     */
    static String checkPath(String path) {
        if (path.length() > MAX_PATH_LENGTH
                || !PATH.matcher(path).matches()
                || TRAP.matcher(path).find()) {
            throw new IllegalArgumentException(LogSafe.quote(path) + " is not a path of the API: pass it without "
                    + "scheme and host, like /v1.0/devices/{id}, and without spaces, \"..\", empty parts or \"#\"");
        }
        return path;
    }

    /**
     * Replaces the ids and tokens in a path by {@code {id}} for messages. A segment that is not clearly an id is kept,
     * so that two endpoints never become one.
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

    /** Returns whether an id has only allowed characters. This runs for every call, so it uses no stream. */
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

package io.github.tuyacloud.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes names that stand for secrets, in every spelling: {@code accessToken}, {@code access_token},
 * {@code Access-Token} and {@code ACCESSTOKEN}. The library has no other list of such names.
 */
public final class SecretNames {

    /** What is shown instead of a secret. */
    public static final String MASK = "***";

    /** Parts of a name without separators that make it secret. */
    private static final List<String> PARTS = List.of(
            "secret",
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "token",
            "credential",
            "authorization",
            "signature");

    /** Ends of a name without separators that make it secret. */
    private static final List<String> ENDS = List.of(
            "localkey",
            "ticketkey",
            "apikey",
            "accesskey",
            "secretkey",
            "seckey",
            "privatekey",
            "authkey",
            "sessionkey",
            "encryptkey",
            "encryptionkey",
            "decryptkey",
            "aeskey",
            "p2pkey",
            "passkey",
            "wifikey",
            "sharedkey",
            "pincode",
            "setupcode",
            "pairingcode",
            "accesscode",
            "unlockcode",
            "authcode",
            "verificationcode",
            "verifycode",
            "cookie",
            "jwt");

    /** Last words that make a name secret, though alone in a sentence they may be something else. */
    private static final Set<String> AMBIGUOUS = Set.of("key", "sign", "pin", "psk", "auth", "otp");

    /** What makes a key harmless: {@code row_key}. */
    private static final Set<String> HARMLESS_KEYS = Set.of(
            "row",
            "product",
            "sort",
            "primary",
            "public",
            "node",
            "scene",
            "icon",
            "message",
            "partition",
            "name",
            "map",
            "index",
            "dp",
            "code",
            "group",
            "object");

    /** Last words of names that say something about a secret: {@code token_type}. */
    private static final Set<String> ABOUT = Set.of(
            "type", "time", "expire", "expires", "expiry", "at", "in", "ttl", "id", "ids", "length", "count", "mode",
            "status", "method", "name");

    private static final String NAME = "(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9_.-]{1,60}+)";

    private static final String VALUE =
            "((?:(?:bearer|basic|digest)\\s+)?(?:\"[^\"]*+\"|'[^']*+'|[\\\\\"']{0,4}[^\\s,;\"'}\\\\]++))";

    /** A name and its value, as in JSON, in headers, in queries or in the text of a map. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)" + NAME + "([\\\\\"']{0,4}\\s{0,2}[:=]\\s{0,2})" + VALUE);

    /** A name and its value without a separator; a word without a digit is not a secret, as in "secret invalid". */
    private static final Pattern SPOKEN =
            Pattern.compile("(?i)" + NAME + "([\"']?\\s(?:is\\s)?)([\"']?(?=[^\\s,;\"'}]*\\d)[^\\s,;\"'}]{4,}+)");

    private SecretNames() {}

    /**
     * Returns whether a name stands for a secret.
     *
     * @param name the name of a member, a header, a parameter or a data point
     * @return whether its value must not be shown
     */
    public static boolean isSecret(String name) {
        List<String> words = words(name);
        return isCertain(words) || isAmbiguous(words);
    }

    /**
     * Returns what may be shown of a value.
     *
     * @param name the name of the value
     * @param value the value; true, false, null and an empty text are no secrets
     * @return the value, or {@link #MASK} if its name stands for a secret
     */
    public static @Nullable Object shown(@Nullable String name, @Nullable Object value) {
        return name != null && !isHarmless(value) && isSecret(name) ? MASK : value;
    }

    static boolean isHarmless(@Nullable Object value) {
        return value == null || value instanceof Boolean || "".equals(value);
    }

    /**
     * Masks what a text itself calls a secret: {@code password=...}.
     *
     * @param text any text
     * @return the text without those values
     */
    public static String mask(String text) {
        if (text.indexOf(':') < 0 && text.indexOf('=') < 0) {
            return text;
        }
        return masked(NAMED.matcher(text));
    }

    /**
     * Like {@link #mask}, but for a sentence, where a secret may follow its name without a separator.
     *
     * @param text any text
     * @return the text without those values
     */
    public static String maskSentence(String text) {
        return masked(SPOKEN.matcher(mask(text)));
    }

    private static String masked(Matcher found) {
        StringBuffer text = new StringBuffer(); // Android 26 takes no StringBuilder here
        while (found.find()) {
            found.appendReplacement(text, maskedValue(found));
        }
        return found.appendTail(text).toString();
    }

    private static String maskedValue(MatchResult found) {
        String value = found.group(3);
        List<String> words = words(found.group(1));
        boolean secret = isCertain(words) || isAmbiguous(words) && value.chars().anyMatch(Character::isDigit);
        String shown = secret ? found.group(1) + found.group(2) + masked(value) : found.group();
        return Matcher.quoteReplacement(shown);
    }

    /** Returns the mask in the quotes of a value. */
    private static String masked(String value) {
        int start = 0;
        while (start < value.length() && "\\\"'".indexOf(value.charAt(start)) >= 0) {
            start++;
        }
        boolean closed = start == 1 && value.length() > 1 && value.charAt(value.length() - 1) == value.charAt(0);
        return value.substring(0, start) + MASK + (closed ? value.substring(0, 1) : "");
    }

    private static boolean isCertain(List<String> words) {
        String joined = String.join("", words);
        return !isAbout(words)
                && (PARTS.stream().anyMatch(joined::contains)
                        || words.stream().anyMatch(word -> word.contains("pwd"))
                        || ENDS.stream().anyMatch(end -> joined.endsWith(end) || joined.endsWith(end + "s")));
    }

    private static boolean isAmbiguous(List<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        String bare = last.equals("keys") ? "key" : last;
        boolean harmless =
                bare.equals("key") && words.size() > 1 && HARMLESS_KEYS.contains(words.get(words.size() - 2));
        return AMBIGUOUS.contains(bare) && !harmless;
    }

    private static boolean isAbout(List<String> words) {
        return words.size() > 1 && ABOUT.contains(words.get(words.size() - 1));
    }

    /** Returns the words of a name in lower case. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        Stream.of(name.split("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"))
                .filter(word -> !word.isEmpty())
                .forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
        return words;
    }
}

package io.github.tuyacloud.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the names of secrets in every spelling: {@code accessToken}, {@code access_token}, {@code Access-Token}
 * and {@code ACCESSTOKEN}. This is the library's only list of such names.
 */
public final class SecretNames {

    /** Replaces a secret. */
    public static final String MASK = "***";

    /** A name that contains one of these, separators removed, is secret. */
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

    /** A name that ends with one of these, separators removed, is secret. */
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

    /** Last words that make a name secret; in a sentence they may also be ordinary words. */
    private static final Set<String> AMBIGUOUS = Set.of("key", "sign", "pin", "psk", "auth", "otp");

    /** Words before "key" that make it harmless: {@code row_key}. */
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

    /** Last words of names that describe a secret: {@code token_type}. */
    private static final Set<String> ABOUT = Set.of(
            "type", "time", "expire", "expires", "expiry", "at", "in", "ttl", "id", "ids", "length", "count", "mode",
            "status", "method", "name");

    private static final String NAME = "(?<![A-Za-z0-9_.-]|</)([A-Za-z0-9_.-]{2,}+)(?:\\[\\d{0,9}])?";

    /** Quotes around a name; escaped ones too, as in JSON within JSON or within a query. */
    private static final String QUOTES = "(?:[\\\\\"'\\]]|%22|%27|%5[CcDd]){0,8}";

    /**
     * A name before its value, as in JSON, XML, headers, queries or {@code Map.toString}, or as the code of a data
     * point.
     */
    private static final Pattern NAMED = Pattern.compile(NAME + QUOTES + "\\s{0,2}(?:,\\s{0,2}" + QUOTES + "value"
            + QUOTES + "\\s{0,2})?(?:[:=]>?|->|>|%3[AaDd])\\s{0,2}");

    /** A value in quotes or brackets, or else up to the separator before the next name. */
    private static final Pattern VALUE = Pattern.compile("(?i)(?:(?:bearer|basic|digest)\\s+)?"
            + "(?:(\\\\{0,8}+[\"'])(?:(?!(?<!\\\\)\\1)[\\s\\S])*+(?:\\1)?"
            + "|[\\[{][^\\]}]*+[\\]}]?"
            + "|(?:[^\\s,;&\"'}\\])<\\\\]|[,;](?![\\s\"'\\\\]|[A-Za-z0-9_.-]{1,60}+\\s?[:=]|$)|'(?=\\w))++)");

    /** A name before its value without a separator. */
    private static final Pattern NAME_IN_SENTENCE = Pattern.compile(NAME + "[\"']?\\s(?:is\\s)?");

    /** A word without a digit is not a secret, as in "secret invalid". */
    private static final Pattern VALUE_IN_SENTENCE = Pattern.compile("[\"']?(?=[^\\s,;\"'}]*\\d)[^\\s,;\"'}]{4,}+");

    /** A text without any of these has no names with values. */
    private static final String SEPARATORS = ":=>%";

    private SecretNames() {}

    /**
     * Returns whether a name is the name of a secret.
     *
     * @param name the name of a member, a header, a parameter or a data point
     * @return true if its value must not be shown
     */
    public static boolean isSecret(String name) {
        List<String> words = words(name);
        return isCertain(words) || isAmbiguous(words);
    }

    /**
     * Returns a value in the form that may be shown.
     *
     * @param name the name of the value
     * @param value the value; booleans, null and an empty string are never secret
     * @return the value, or {@link #MASK} if it is secret
     */
    public static @Nullable Object shown(@Nullable String name, @Nullable Object value) {
        return name != null && !isHarmless(value) && isSecret(name) ? MASK : value;
    }

    static boolean isHarmless(@Nullable Object value) {
        return value == null || value instanceof Boolean || "".equals(value);
    }

    /**
     * Masks the values that a text itself names as secrets: {@code password=...}.
     *
     * @param text any text
     * @return the text with those values masked
     */
    public static String mask(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (SEPARATORS.indexOf(text.charAt(i)) >= 0) {
                return masked(text, NAMED, VALUE);
            }
        }
        return text;
    }

    /**
     * Like {@link #mask}, but for a sentence, where a secret may follow its name without a separator.
     *
     * @param text any text
     * @return the text with those values masked
     */
    public static String maskSentence(String text) {
        return masked(mask(text), NAME_IN_SENTENCE, VALUE_IN_SENTENCE);
    }

    /**
     * Masks the values of secret names. The value of any other name is searched as well: it may be a query, or JSON.
     */
    private static String masked(String text, Pattern names, Pattern values) {
        Matcher name = names.matcher(text);
        Matcher value = values.matcher(text);
        StringBuilder shown = new StringBuilder();
        int copied = 0;
        boolean found = name.find();
        while (found) {
            if (isSecret(name, value)) {
                shown.append(text, copied, name.end()).append(masked(value.group()));
                copied = value.end();
                found = name.find(copied);
            } else {
                found = name.find();
            }
        }
        return copied == 0 ? text : shown.append(text, copied, text.length()).toString();
    }

    private static boolean isSecret(Matcher name, Matcher value) {
        List<String> words = words(name.group(1));
        boolean certain = isCertain(words);
        return (certain || isAmbiguous(words))
                && value.region(name.end(), value.regionEnd()).lookingAt()
                && (certain || value.group().chars().anyMatch(Character::isDigit));
    }

    /** Returns the mask in the same quotes as the value. */
    private static String masked(String value) {
        int start = 0;
        while (start < value.length() / 2 && "\\\"'".indexOf(value.charAt(start)) >= 0) {
            start++;
        }
        String quote = value.substring(0, start);
        return quote + MASK + (value.endsWith(quote) ? quote : "");
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

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes secrets from text of external origin before it reaches an exception. */
public final class Redactor {

    /** The form of the cloud's tokens, to catch older ones and those of other clients. */
    private static final Pattern TOKEN = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

    private static final int LONGEST_ID = 64;

    /** Many times what is shown; a message of megabytes would take seconds. */
    private static final int LONGEST_TEXT = 10_000;

    private final String apiSecret;

    Redactor(String apiSecret) {
        this.apiSecret = apiSecret;
    }

    /** Redacts free text. */
    @Nullable
    String redact(@Nullable String words, @Nullable AccessToken token) {
        if (words == null) {
            return null;
        }
        String known = withoutKnown(words, token);
        boolean isLong = known.length() > LONGEST_TEXT;
        String unnamed = SecretNames.maskSentence(isLong ? known.substring(0, LONGEST_TEXT) : known);
        String masked = TOKEN.matcher(unnamed).replaceAll(SecretNames.MASK);
        // What a cut leaves of a token does not look like one.
        return isLong ? masked.substring(0, Math.max(0, masked.length() - LONGEST_ID)) + "..." : masked;
    }

    /** Redacts a trace id; anything that does not look like one is treated as free text and shortened. */
    @Nullable
    String redactId(@Nullable String id, @Nullable AccessToken token) {
        if (id == null) {
            return null;
        }
        return isId(id) ? withoutKnown(id, token) : LogSafe.of(String.valueOf(redact(id, token)), LONGEST_ID);
    }

    /** Returns whether a text looks like a trace id. This runs for every answer, so it uses no regular expression. */
    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_ID;
    }

    private String withoutKnown(String words, @Nullable AccessToken token) {
        String known = words.replace(apiSecret, SecretNames.MASK);
        return token == null ? known : known.replace(token.value(), SecretNames.MASK);
    }

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "Redactor";
    }
}

package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes secrets from external text before it reaches an exception. */
public final class Redactor {

    /** The form of the cloud's tokens, which also matches old tokens and those of other clients. */
    private static final Pattern TOKEN = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

    private static final int MAX_ID_LENGTH = 64;

    /** Much longer than any text that is shown; redacting megabytes would take seconds. */
    private static final int MAX_TEXT_LENGTH = 10_000;

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
        boolean isLong = known.length() > MAX_TEXT_LENGTH;
        String unnamed = SecretNames.maskSentence(isLong ? known.substring(0, MAX_TEXT_LENGTH) : known);
        String masked = TOKEN.matcher(unnamed).replaceAll(SecretNames.MASK);
        // A token that was cut in two is no longer recognized.
        return isLong ? masked.substring(0, Math.max(0, masked.length() - MAX_ID_LENGTH)) + "..." : masked;
    }

    /** Redacts a trace id; anything that does not look like one is treated as free text and shortened. */
    @Nullable
    String redactId(@Nullable String id, @Nullable AccessToken token) {
        if (id == null) {
            return null;
        }
        return isId(id) ? withoutKnown(id, token) : LogSafe.of(String.valueOf(redact(id, token)), MAX_ID_LENGTH);
    }

    /** Returns whether a text looks like a trace id. Called for every response, so it uses no regular expression. */
    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_ID_LENGTH;
    }

    private String withoutKnown(String words, @Nullable AccessToken token) {
        String known = words.replace(apiSecret, SecretNames.MASK);
        return token == null ? known : known.replace(token.value(), SecretNames.MASK);
    }

    /** Returns the class name only, because the field is secret. */
    @Override
    public String toString() {
        return "Redactor";
    }
}

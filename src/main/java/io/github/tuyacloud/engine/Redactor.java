package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.json.LogSafe;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of words that came from outside, before they reach an exception. */
final class Redactor {

    private static final String MASK = "***";

    private static final String NAMES = "(?i)((?:local_?key|access_?token|refresh_?token|secret|password|passwd)[\"']?";

    /** Secrets that this client does not know, but that the words themselves name: {@code password=...}. */
    private static final Pattern NAMED = Pattern.compile(NAMES + "\\s{0,2}[:=]\\s{0,2}[\"']?)[^\\s,;\"'}]+");

    /** The same without a sign between; what has no digit is a word, as in "secret invalid". */
    private static final Pattern SPOKEN =
            Pattern.compile(NAMES + "\\s(?:is\\s)?[\"']?)(?=[^\\s,;\"'}]*\\d)[^\\s,;\"'}]{4,}");

    /** What the cloud's tokens look like, an older one or somebody else's. */
    private static final Pattern TOKEN = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

    private static final int LONGEST_ID = 64;

    private final String apiSecret;

    Redactor(String apiSecret) {
        this.apiSecret = apiSecret;
    }

    /** Cleans a sentence. */
    @Nullable
    String redact(@Nullable String words, @Nullable AccessToken token) {
        if (words == null) {
            return null;
        }
        String unnamed = NAMED.matcher(withoutKnown(words, token)).replaceAll("$1" + MASK);
        String unspoken = SPOKEN.matcher(unnamed).replaceAll("$1" + MASK);
        return TOKEN.matcher(unspoken).replaceAll(MASK);
    }

    /** Cleans a trace id, which is what it should be or else a sentence, and then no longer than an id is. */
    @Nullable
    String redactId(@Nullable String id, @Nullable AccessToken token) {
        if (id == null) {
            return null;
        }
        return isId(id) ? withoutKnown(id, token) : LogSafe.of(String.valueOf(redact(id, token)), LONGEST_ID);
    }

    /** What a trace id looks like; it may look like a token. Looked at in every answer, so without a pattern. */
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
        String known = words.replace(apiSecret, MASK);
        return token == null ? known : known.replace(token.value(), MASK);
    }

    /** No secret. */
    @Override
    public String toString() {
        return "Redactor";
    }
}

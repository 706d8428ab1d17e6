package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.json.OneLine;
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

    /** What a trace id looks like; it may look like a token. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

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
        return ID.matcher(id).matches()
                ? withoutKnown(id, token)
                : OneLine.of(String.valueOf(redact(id, token)), LONGEST_ID);
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

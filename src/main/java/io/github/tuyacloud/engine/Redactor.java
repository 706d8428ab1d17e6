package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.AccessToken;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of words that came from outside, before they reach an exception. */
final class Redactor {

    private static final String MASK = "***";

    /** Secrets that this client does not know, but that the words themselves name. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:local_?key|access_?token|refresh_?token|secret|password|passwd)\\W{0,4})[^\\s,;\"'}]+");

    private final String apiSecret;

    Redactor(String apiSecret) {
        this.apiSecret = apiSecret;
    }

    @Nullable
    String redact(@Nullable String words, @Nullable AccessToken token) {
        if (words == null) {
            return null;
        }
        String known = words.replace(apiSecret, MASK);
        String clean = token == null ? known : known.replace(token.value(), MASK);
        return NAMED.matcher(clean).replaceAll("$1" + MASK);
    }

    /** No secret. */
    @Override
    public String toString() {
        return "Redactor";
    }
}

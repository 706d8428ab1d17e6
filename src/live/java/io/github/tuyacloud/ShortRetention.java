package io.github.tuyacloud;

import java.time.Duration;

/** Builds clients for a message service that keeps messages for seconds, where the cloud's keeps them for two hours. */
public final class ShortRetention {
    private ShortRetention() {}

    /** Has living pictures read all devices again after so long a silence. */
    public static TuyaCloud client(TuyaCloudBuilder builder, Duration longestSilence) {
        return builder.longestSilence(longestSilence).build();
    }
}

package io.github.tuyacloud;

import java.time.Duration;

/** Builds clients for a message service that keeps messages for seconds; the cloud keeps them for two hours. */
public final class ShortRetention {
    private ShortRetention() {}

    /** Creates a client whose living pictures read all devices again after a silence of this length. */
    public static TuyaCloud client(TuyaCloudBuilder builder, Duration maxSilence) {
        return builder.maxSilence(maxSilence).build();
    }
}

package io.github.tuyacloud.robustness;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeTuyaCloud;

/** Creates clients for a fake cloud. */
final class Clients {

    private Clients() {}

    /** Returns a builder for the fake that does not wait between attempts. */
    static TuyaCloudBuilder of(FakeTuyaCloud fake) {
        return BuilderHooks.withoutWaits(TuyaCloud.builder())
                .endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret());
    }
}

package io.github.tuyacloud.support;

import io.github.tuyacloud.BuilderHooks;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.fake.FakeTuyaCloud;

/** Creates builders for clients of a fake cloud, with its address and key. */
public final class Clients {

    private Clients() {}

    public static TuyaCloudBuilder of(FakeTuyaCloud fake) {
        return TuyaCloud.builder()
                .endpoint(fake.endpoint())
                .apiKey(fake.apiKey())
                .apiSecret(fake.apiSecret());
    }

    /** Like {@link #of}, but the client does not wait between attempts. */
    public static TuyaCloudBuilder withoutWaits(FakeTuyaCloud fake) {
        return BuilderHooks.withoutWaits(of(fake));
    }
}

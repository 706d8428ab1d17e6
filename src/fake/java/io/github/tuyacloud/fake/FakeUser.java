package io.github.tuyacloud.fake;

import java.util.Objects;

/**
 * An app account that is linked to the cloud project, and owns devices.
 *
 * @param uid the id of the account, as in {@code eu1588925778000AbCd}
 * @param name for the reader of a test only, the API does not show it
 */
public record FakeUser(String uid, String name) {
    public FakeUser {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(name, "name");
    }
}

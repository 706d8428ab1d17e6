package io.github.tuyacloud.fake;

import java.util.Objects;

/**
 * An app account that is linked to the cloud project.
 *
 * @param uid the id of the account, such as {@code eu1588925778000AbCd}
 * @param name a name for readers of the test; not part of any response
 */
public record FakeUser(String uid, String name) {
    public FakeUser {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(name, "name");
    }
}

package io.github.tuyacloud.fake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live message for the fake cloud to push, with everything about it that can be chosen.
 *
 * @param protocol the kind of message: 4 for status reports, 20 for device events, and so on
 * @param content what it says, as JSON text; or anything else, for a message that cannot be read
 * @param cipher how it is encrypted
 * @param key what it is shared out by under a key-shared subscription, mostly the device; null for none
 * @param test whether it goes to the test environment in place of production
 */
public record FakeMessage(
        int protocol,
        String content,
        FakeMessageCipher cipher,
        @Nullable String key,
        boolean test) {
    public FakeMessage {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(cipher, "cipher");
    }

    /** A production message encrypted with AES-GCM, without a key. */
    public static FakeMessage of(int protocol, Object content) {
        String json = content instanceof String text ? text : Json.text(Json.tree(content));
        return new FakeMessage(protocol, json, FakeMessageCipher.AES_GCM, null, false);
    }

    /** The same, encrypted otherwise. */
    public FakeMessage encrypted(FakeMessageCipher other) {
        return new FakeMessage(protocol, content, other, key, test);
    }

    /** The same, with a key. */
    public FakeMessage withKey(String newKey) {
        return new FakeMessage(protocol, content, cipher, newKey, test);
    }

    /** The same, in the test environment. */
    public FakeMessage inTest() {
        return new FakeMessage(protocol, content, cipher, key, true);
    }
}

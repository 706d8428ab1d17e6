package io.github.tuyacloud.fake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live message for the fake cloud to push.
 *
 * @param protocol the message type: 4 for status reports, 20 for device events, and so on
 * @param content the JSON text; any other text makes a malformed message
 * @param cipher the encryption
 * @param key the key that assigns it to a consumer of a key-shared subscription, usually the device; null for none
 * @param test whether it goes to the test environment instead of production
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

    /** Returns a production message encrypted with AES-GCM, without a key. */
    public static FakeMessage of(int protocol, Object content) {
        String json = content instanceof String text ? text : Json.text(Json.tree(content));
        return new FakeMessage(protocol, json, FakeMessageCipher.AES_GCM, null, false);
    }

    /** Returns this message with another encryption. */
    public FakeMessage encrypted(FakeMessageCipher other) {
        return new FakeMessage(protocol, content, other, key, test);
    }

    /** Returns this message with a key. */
    public FakeMessage withKey(String newKey) {
        return new FakeMessage(protocol, content, cipher, newKey, test);
    }

    /** Returns this message for the test environment. */
    public FakeMessage inTest() {
        return new FakeMessage(protocol, content, cipher, key, true);
    }
}

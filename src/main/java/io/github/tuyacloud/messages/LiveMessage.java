package io.github.tuyacloud.messages;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that the cloud pushed; a {@code switch} or {@code instanceof} over its kinds says what it is about. */
public sealed interface LiveMessage permits DataPointMessage, DeviceEvent, UnknownMessage {

    /**
     * Gives what came with the message: its id, its times, and how often it was delivered before.
     *
     * @return the header
     */
    MessageHeader header();

    /**
     * Says which device it is about.
     *
     * @return the device id, or null when it is about none
     */
    @Nullable
    String deviceId();

    /**
     * Gives everything that the message says, decrypted, as the cloud wrote it.
     *
     * @return an unmodifiable JSON object
     */
    Map<String, @Nullable Object> payload();
}

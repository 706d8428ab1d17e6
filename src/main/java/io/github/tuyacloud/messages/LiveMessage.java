package io.github.tuyacloud.messages;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that the cloud pushed; its subtypes tell what it is about. */
public sealed interface LiveMessage permits DataPointMessage, DeviceEvent, UnknownMessage {

    /**
     * Returns the id, times and metadata of the message, and how often it was delivered before.
     *
     * @return the header
     */
    MessageHeader header();

    /**
     * Returns the device that it is about.
     *
     * @return the device id, or null if it is not about a device
     */
    @Nullable
    String deviceId();

    /**
     * Returns the whole content, decrypted, as the cloud wrote it.
     *
     * @return an unmodifiable JSON object
     */
    Map<String, @Nullable Object> payload();
}

package io.github.tuyacloud.messages;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that the cloud pushed; the subtypes are the kinds of messages. */
public sealed interface LiveMessage permits DataPointMessage, DeviceEvent, UnknownMessage {

    /**
     * Returns the id, times and metadata of the message, and the number of earlier deliveries.
     *
     * @return the header
     */
    MessageHeader header();

    /**
     * Returns the device concerned.
     *
     * @return the device id, or null if no device is concerned
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

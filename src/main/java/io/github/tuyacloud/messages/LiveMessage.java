package io.github.tuyacloud.messages;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message pushed by the cloud. Its subtypes are the kinds of messages. */
public sealed interface LiveMessage permits DataPointMessage, DeviceEvent, UnknownMessage {

    /**
     * Returns the message's id, times, metadata and number of earlier deliveries.
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
     * Returns the complete decrypted content, as the cloud sent it.
     *
     * @return an unmodifiable JSON object
     */
    Map<String, @Nullable Object> payload();
}

package io.github.tuyacloud.socket;

/**
 * An acknowledgement to send.
 *
 * @param connection where a frame of the message arrived
 * @param messageId the message
 */
record Acknowledgement(Connection connection, String messageId) {}

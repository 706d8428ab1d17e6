package io.github.tuyacloud.socket;

/**
 * An acknowledgment to send.
 *
 * @param connection the connection on which a frame of the message arrived
 * @param messageId the id of the message
 * @param messages the number of messages that it acknowledges; 0 if it repeats an earlier acknowledgment
 */
record Acknowledgment(Connection connection, String messageId, int messages) {

    Acknowledgment(Connection connection, String messageId) {
        this(connection, messageId, 1);
    }
}

package io.github.tuyacloud.socket;

/**
 * An acknowledgment to send.
 *
 * @param connection where a frame of the message arrived
 * @param messageId the message
 * @param messages how many messages it acknowledges; 0 if it repeats an earlier acknowledgment
 */
record Acknowledgement(Connection connection, String messageId, int messages) {

    /** Creates the acknowledgment of one message. */
    Acknowledgement(Connection connection, String messageId) {
        this(connection, messageId, 1);
    }
}

package io.github.tuyacloud.socket;

/**
 * An acknowledgement to send.
 *
 * @param connection where a frame of the message arrived
 * @param messageId the message
 * @param messages how many messages it acknowledges; 0 if it repeats an earlier acknowledgement
 */
record Acknowledgement(Connection connection, String messageId, int messages) {

    /** Creates the acknowledgement of one message. */
    Acknowledgement(Connection connection, String messageId) {
        this(connection, messageId, 1);
    }
}

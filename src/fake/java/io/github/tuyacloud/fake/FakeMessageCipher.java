package io.github.tuyacloud.fake;

/** The encryption of a live message, correct or broken. */
public enum FakeMessageCipher {
    /** AES in ECB mode, declared in the message. */
    AES_ECB,
    /** AES in ECB mode, not declared in the message, as in old projects. */
    AES_ECB_UNDECLARED,
    /** AES in GCM mode. */
    AES_GCM,
    /** AES in GCM mode, with one bit of the tag flipped. */
    AES_GCM_DAMAGED,
    /** A method that no client supports. */
    UNKNOWN
}

package io.github.tuyacloud.fake;

/** How a live message is encrypted, rightly or wrongly. */
public enum FakeMessageCipher {
    /** AES in ECB mode, and the message says so. */
    AES_ECB,
    /** AES in ECB mode, and the message does not say it, as old projects' messages do not. */
    AES_ECB_UNSAID,
    /** AES in GCM mode. */
    AES_GCM,
    /** AES in GCM mode, with one bit of the tag turned over. */
    AES_GCM_DAMAGED,
    /** Something that no client knows. */
    UNKNOWN
}

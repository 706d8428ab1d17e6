package io.github.tuyacloud.messages;

/**
 * The counters of a subscription.
 *
 * @param received messages that arrived, including redeliveries
 * @param acknowledged acknowledgments that were sent
 * @param failed attempts in which the handler threw an exception or the message could not be read
 * @param retried attempts after an earlier attempt had failed in this program
 * @param redelivered messages that the message service delivered again
 * @param waiting messages currently waiting for a retry, their own or that of an earlier message of the same device
 * @param reconnects how often a lost connection was replaced
 */
public record SubscriptionCounters(
        long received, long acknowledged, long failed, long retried, long redelivered, long waiting, long reconnects) {}

package io.github.tuyacloud.messages;

/**
 * What a subscription has done so far.
 *
 * @param received messages that arrived, repeated ones included
 * @param acknowledged acknowledgements that were sent
 * @param failed tries in which the handler threw or the message could not be read
 * @param retried tries after an earlier one had failed here
 * @param redelivered messages that the message service delivered again
 * @param waiting messages that wait now for a next try, their own or that of an earlier message of the same device
 * @param reconnects how often a lost connection was replaced
 */
public record SubscriptionCounters(
        long received, long acknowledged, long failed, long retried, long redelivered, long waiting, long reconnects) {}

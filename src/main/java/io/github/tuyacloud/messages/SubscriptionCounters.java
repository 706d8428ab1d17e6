package io.github.tuyacloud.messages;

/**
 * What a subscription has done so far.
 *
 * @param received deliveries that came, repeated ones included
 * @param acknowledged acknowledgements that were sent
 * @param failed deliveries that the handler threw on, or that could not be read
 * @param redelivered deliveries that were known to be repeated
 * @param reconnects how often a lost connection was made again
 */
public record SubscriptionCounters(long received, long acknowledged, long failed, long redelivered, long reconnects) {}

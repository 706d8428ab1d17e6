package io.github.tuyacloud.live;

/**
 * The counters of a living picture.
 *
 * @param calls calls that reached or may have reached the cloud, not counting retries and token requests: list pages,
 *     statuses, mappings and commands
 * @param messages messages that were handled, not counting redeliveries
 * @param lateReports reports that were older than the value in the picture and were not applied
 * @param resynchronizations how often the devices were read again after the start
 * @param unlistedDevices devices that send messages but are not in the device list, such as shared or asset-based ones
 * @param listenerFailures how often a listener threw an exception
 */
public record LiveCounters(
        long calls,
        long messages,
        long lateReports,
        long resynchronizations,
        int unlistedDevices,
        long listenerFailures) {}

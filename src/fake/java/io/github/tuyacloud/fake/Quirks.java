package io.github.tuyacloud.fake;

/** Switches for what the real cloud does differently from account to account, or nobody knows for sure. */
final class Quirks {
    volatile boolean omitLocalKeysInAssociatedList;
    volatile boolean omitGatewayIdsInAssociatedList = true;
    volatile boolean logStartIncluded = true;
    volatile boolean logEndIncluded = true;
}

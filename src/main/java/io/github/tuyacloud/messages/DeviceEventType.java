package io.github.tuyacloud.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The kinds of device events, with their names in both message sets. */
public enum DeviceEventType {
    /** It connected to the cloud. */
    ONLINE("online", "deviceOnline"),
    /** It is no longer connected to the cloud. */
    OFFLINE("offline", "deviceOffline"),
    /** It was renamed. */
    NAME_UPDATE("nameUpdate", "deviceNameUpdate"),
    /** One of its data points was renamed. */
    DATA_POINT_NAME_UPDATE("dpNameUpdate"),
    /** It was added to an account. */
    BIND_USER("bindUser"),
    /** It was removed. */
    DELETE("delete"),
    /** Its firmware is being updated. */
    UPGRADE_STATUS("upgradeStatus", "upgradeProcess", "deviceOtaProgress"),
    /** It was transferred to another project. */
    TRANSFER("deviceTransfer"),
    /** It was frozen. */
    FREEZE("deviceFreeze"),
    /** It was unfrozen. */
    UNFREEZE("deviceUnFreeze"),
    /** It was added to a space. */
    BIND_SPACE("deviceBindSpace"),
    /** It was removed from a space. */
    UNBIND_SPACE("deviceUnbindSpace"),
    /** It raised an event of its thing model. */
    THING_EVENT("deviceEventMessage"),
    /** It responded to an action of its thing model. */
    ACTION_RESPONSE("deviceActionResponseMessage"),
    /** Any other event; its {@code bizCode} names it. */
    OTHER();

    private final List<String> bizCodes;

    DeviceEventType(String... bizCodes) {
        this.bizCodes = List.of(bizCodes);
    }

    /**
     * Returns the type with one of the cloud's names.
     *
     * @param bizCode for example {@code online}
     * @return the type; {@link #OTHER} for an unknown name
     */
    public static DeviceEventType of(String bizCode) {
        Objects.requireNonNull(bizCode, "bizCode");
        return Arrays.stream(values())
                .filter(type -> type.bizCodes.contains(bizCode))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the cloud's names for this type.
     *
     * @return the name in the older message set first; empty for {@link #OTHER}
     */
    public List<String> bizCodes() {
        return bizCodes;
    }
}

package io.github.tuyacloud.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What can happen to a device, whichever of the cloud's two message sets tells it. */
public enum DeviceEventType {
    /** It is in touch with the cloud. */
    ONLINE("online", "deviceOnline"),
    /** It is no longer in touch with the cloud. */
    OFFLINE("offline", "deviceOffline"),
    /** It has another name. */
    NAME_UPDATE("nameUpdate", "deviceNameUpdate"),
    /** One of its data points has another name. */
    DATA_POINT_NAME_UPDATE("dpNameUpdate"),
    /** It was added to an account. */
    BIND_USER("bindUser"),
    /** It was removed. */
    DELETE("delete"),
    /** Its firmware is being replaced. */
    UPGRADE_STATUS("upgradeStatus", "deviceOtaProgress"),
    /** It was handed over to another project. */
    TRANSFER("deviceTransfer"),
    /** It was frozen. */
    FREEZE("deviceFreeze"),
    /** It was unfrozen. */
    UNFREEZE("deviceUnFreeze"),
    /** It was put into a space. */
    BIND_SPACE("deviceBindSpace"),
    /** It was taken out of a space. */
    UNBIND_SPACE("deviceUnbindSpace"),
    /** It raised an event of its thing model. */
    THING_EVENT("deviceEventMessage"),
    /** It answered an action of its thing model. */
    ACTION_RESPONSE("deviceActionResponseMessage"),
    /** Something that this library does not know by name; the event's {@code bizCode} tells. */
    OTHER();

    private final List<String> bizCodes;

    DeviceEventType(String... bizCodes) {
        this.bizCodes = List.of(bizCodes);
    }

    /**
     * Finds the type for the cloud's word.
     *
     * @param bizCode such as {@code online}
     * @return the type, {@link #OTHER} for an unknown word
     */
    public static DeviceEventType of(String bizCode) {
        Objects.requireNonNull(bizCode, "bizCode");
        return Arrays.stream(values())
                .filter(type -> type.bizCodes.contains(bizCode))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Gives the cloud's words for it.
     *
     * @return the older set's word first; empty for {@link #OTHER}
     */
    public List<String> bizCodes() {
        return bizCodes;
    }
}

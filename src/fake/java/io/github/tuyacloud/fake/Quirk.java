package io.github.tuyacloud.fake;

/**
 * A way in which the real cloud's responses differ from its documentation.
 *
 * <p>A fake cloud has no quirks by default; {@code FakeTuyaCloud.builder().quirks(Quirk.values()).start()} starts one
 * that has them all. A quirk changes only responses, and a {@link FaultRule} takes precedence over it.
 */
public enum Quirk {
    /**
     * Specifications contain only the category, neither {@code functions} nor {@code status}. Seen in successful
     * responses, for products whose devices do report values.
     */
    CATEGORY_ONLY_SPECIFICATIONS,

    /** The {@code values} of every data point in a specification are null. Seen for data points of custom products. */
    NULL_VALUES,

    /**
     * One product in five has an unusable specification: refused, null, a list, without data points, or with data
     * points that are not objects. The first product added is usable; the second one and every fifth after it are not.
     * In large accounts, most products are described well, but a few are not.
     */
    ODD_PRODUCTS,

    /**
     * All times are 0: of devices, properties, log entries and live messages; {@code online} and {@code offline}
     * messages have their time in {@code bizData.time}. Seen in those messages and in the details of devices that were
     * never activated.
     */
    ZERO_TIMES,

    /**
     * Boolean, Enum and Json values that were never set are empty strings. Seen on nearly every lamp, for
     * {@code control_data}.
     */
    EMPTY_VALUES,

    /** Local keys are empty strings. Seen for infrared devices and for devices that are paired over Bluetooth. */
    EMPTY_LOCAL_KEYS,

    /**
     * The code of a refusal is a word if there is one for it: {@code DEVICE_NOT_EXIST_V2} instead of 1106. Seen in the
     * newer services.
     */
    WORD_CODES,

    /**
     * A refusal has {@code error_code} and {@code error_msg}, under {@code /v2.0} {@code errorCode} and {@code
     * errorMsg}, instead of {@code code} and {@code msg}. Seen in the documentation of the thing model and in a sister
     * API.
     */
    OTHER_CODE_NAMES,

    /**
     * Numbers are sent as strings: codes, times, ids and the bounds of data points, but not their values. Seen for
     * bounds of air conditioners, and for codes.
     */
    NUMBERS_AS_TEXTS,

    /**
     * {@code has_more} and {@code has_next} are missing where they would be false. Seen in the list of all linked
     * devices.
     */
    MISSING_HAS_MORE,

    /** Empty lists inside a result are null. Seen for devices without rooms, functions and logs. */
    NULL_LISTS,

    /** Lists of devices have no status. The documentation promises it; the list by source never had it. */
    LISTS_WITHOUT_STATUS,

    /**
     * The status in device lists is half a minute old. It is unknown whether the real cloud's lists lag, but a program
     * must not rely on them being current.
     */
    LAGGING_LISTS,

    /**
     * There are an infrared air conditioner and an infrared television. The numbers of the former are described as ENUM
     * with the range of an Integer and sent as strings; the codes of the latter are digits. Neither has DP ids.
     */
    INFRARED_DEVICES,

    /**
     * The message gateway is older than Pulsar 2.8: it treats every frame as an acknowledgment, even a negative one,
     * and the acknowledgment of one message as that of its whole batch. Such a gateway was seen in 2023.
     */
    OLD_MESSAGE_GATEWAY,

    /**
     * Live messages arrive in batches. Their ids differ only in the index within the batch. It is unknown whether the
     * real cloud batches.
     */
    BATCHED_MESSAGES,

    /** The deprecated log service is refused with 28841101; its successor in the thing model works. */
    DEPRECATED_LOGS_REFUSED,

    /** The scenes of homes are refused with 28841105; the newer calls that list and trigger scenes work. */
    SCENES_REFUSED,

    /** The thing model is refused with 28841106, except for its logs. */
    THING_MODEL_REFUSED,

    /** Functions and specifications are refused with 28841101. */
    SPECIFICATIONS_REFUSED
}

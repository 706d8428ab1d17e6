package io.github.tuyacloud.fake;

/**
 * A way in which the real cloud answers less, or otherwise, than its documentation promises.
 *
 * <p>A fake cloud has none of them unless told so: {@code FakeTuyaCloud.builder().quirks(Quirk.values()).start()} starts one that
 * has them all. A quirk changes answers only, and a {@link FaultRule} takes
 * precedence over it.
 */
public enum Quirk {
    /**
     * A specification names the category and nothing else: neither {@code functions} nor {@code status}. Seen in answers with
     * {@code success} true, for products whose devices do report values.
     */
    CATEGORY_ONLY_SPECIFICATIONS,

    /** The {@code values} of every data point in a specification are null. Seen for data points of custom products. */
    NULL_VALUES,

    /**
     * One product in five has a specification that is of no use: refused, null, a list, without data points, or with data points
     * that are not objects. The first product that was added is sound, the second is odd, and so is every fifth after it. This is
     * what large accounts look like: most products are described well, a few are not.
     */
    ODD_PRODUCTS,

    /**
     * All times are 0: of devices, properties and log entries, and in live messages, where {@code online} and {@code offline}
     * have their time in {@code bizData.time}. Seen in {@code online} and {@code offline} messages and in the details of devices that were never
     * activated.
     */
    ZERO_TIMES,

    /**
     * Boolean, Enum and Json values that were never set are the empty text. Seen on nearly every lamp, for
     * {@code control_data}.
     */
    EMPTY_VALUES,

    /** Local keys are the empty text. Seen for infrared devices and for devices that are paired over Bluetooth. */
    EMPTY_LOCAL_KEYS,

    /**
     * The code of a refusal is a word where there is one: {@code DEVICE_NOT_EXIST_V2} in place of 1106. Seen in the newer
     * services.
     */
    WORD_CODES,

    /**
     * A refusal has {@code error_code} and {@code error_msg}, under {@code /v2.0} {@code errorCode} and {@code errorMsg}, in place
     * of {@code code} and {@code msg}. Seen in the documentation of the thing model and in a sister API.
     */
    OTHER_CODE_NAMES,

    /**
     * Numbers are texts: codes, times, ids, and the bounds of data points; not the values of data points. Seen for bounds of air
     * conditioners, and for codes.
     */
    NUMBERS_AS_TEXTS,

    /** {@code has_more} and {@code has_next} are missing where they would be false. Seen in the list of all linked devices. */
    MISSING_HAS_MORE,

    /** Empty lists inside a result are null. Seen for devices without rooms, functions and logs. */
    NULL_LISTS,

    /** Lists of devices do not carry a status. The documentation promises it, the list by source never had it. */
    LISTS_WITHOUT_STATUS,

    /**
     * The status in lists of devices is that of half a minute ago. Whether the real cloud's lists lag, and by how much, is not
     * known; a program must not rely on it that they do not.
     */
    LAGGING_LISTS,

    /**
     * There are an infrared air conditioner and an infrared television. The numbers of the first are described as ENUM with the
     * range of an Integer and come as texts; the codes of the second are digits. Neither has dp ids.
     */
    INFRARED_DEVICES,

    /**
     * The message gateway is older than Pulsar 2.8: it takes every frame for an acknowledgement, a negative one too, and the
     * acknowledgement of one message for that of its whole batch. Such a gateway was seen in 2023.
     */
    OLD_MESSAGE_GATEWAY,

    /** Live messages come in batches, whose ids differ only in the place in the batch. Whether the real cloud batches is unknown. */
    BATCHED_MESSAGES,

    /** The deprecated log service is refused with 28841101; its successor in the thing model answers. */
    DEPRECATED_LOGS_REFUSED,

    /** Scenes of homes are refused with 28841105; the successor that triggers a scene answers. */
    SCENES_REFUSED,

    /** The thing model is refused with 28841106, except for its logs. */
    THING_MODEL_REFUSED,

    /** Functions and specifications are refused with 28841101. */
    SPECIFICATIONS_REFUSED
}

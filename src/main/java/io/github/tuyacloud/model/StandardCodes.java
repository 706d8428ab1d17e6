package io.github.tuyacloud.model;

/**
 * The codes of the most common data points in Tuya's standard instruction set. Each product uses only some of them:
 * {@code getFunctions} returns those that a device accepts, {@code getStatus} those that it reports.
 */
public final class StandardCodes {

    /** {@code switch_1}, Boolean: turns the first (or only) outlet of a socket or switch on and off. */
    public static final String SWITCH_1 = "switch_1";

    /** {@code switch_led}, Boolean: turns a lamp on and off. */
    public static final String SWITCH_LED = "switch_led";

    /** {@code work_mode}, Enum: the mode of a lamp: {@code white}, {@code colour}, {@code scene} or {@code music}. */
    public static final String WORK_MODE = "work_mode";

    /** {@code bright_value_v2}, Integer, usually 10 to 1000: the brightness of white light. */
    public static final String BRIGHT_VALUE_V2 = "bright_value_v2";

    /** {@code temp_value_v2}, Integer, usually 0 (warm) to 1000 (cold): the color temperature of white light. */
    public static final String TEMP_VALUE_V2 = "temp_value_v2";

    /** {@code colour_data_v2}, Json: the color of a lamp; {@link ColorValue} reads and writes it. */
    public static final String COLOUR_DATA_V2 = "colour_data_v2";

    /** {@code countdown_1}, Integer, seconds: the time until {@code switch_1} is toggled; 0 for never. */
    public static final String COUNTDOWN_1 = "countdown_1";

    /** {@code cur_power}, Integer, usually in 0.1 W: the current power draw. */
    public static final String CUR_POWER = "cur_power";

    /** {@code temp_current}, Integer: the measured temperature; the scale is in the mapping. */
    public static final String TEMP_CURRENT = "temp_current";

    /** {@code battery_percentage}, Integer, 0 to 100: the charge of the battery. */
    public static final String BATTERY_PERCENTAGE = "battery_percentage";

    private StandardCodes() {}
}

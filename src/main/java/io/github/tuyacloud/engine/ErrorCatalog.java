package io.github.tuyacloud.engine;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of the cloud's error codes: which exception a refusal becomes, how the client can recover, and what the
 * user should do.
 *
 * <p>Codes are looked up as text, because some of them are words. Nothing is assumed about a code that is not in the
 * table.
 */
final class ErrorCatalog {

    /** The exception that a refusal becomes. */
    enum Kind {
        API,
        AUTH,
        QUOTA
    }

    /** The scope of a refusal: its call, all calls of its endpoint, or all calls of the plan. */
    enum Reach {
        CALL,
        ENDPOINT,
        PLAN
    }

    /** What the hint says beside the problem, depending on what was requested. */
    enum Advice {
        /** Nothing. */
        NONE,
        /** How to find out what is wrong with the request. */
        REQUEST,
        /** The same, and other calls that may work with the device. */
        REQUEST_OR_OTHER_CALL,
        /** For a command, the other path of commands. */
        OTHER_PATH
    }

    /**
     * The meaning of one code.
     *
     * @param kind the exception that the refusal becomes
     * @param recovery how the client can recover
     * @param reach the scope of the refusal
     * @param problem what is wrong, and what to do about it; null if the code is not known
     * @param advice what to say beside the problem
     */
    record Entry(
            Kind kind,
            Recovery recovery,
            Reach reach,
            @Nullable String problem,
            Advice advice) {

        boolean known() {
            return problem != null;
        }

        /** Returns whether a command that was refused like this may have been carried out. */
        boolean inDoubt() {
            return recovery == Recovery.RETRY_IF_IDEMPOTENT || !known();
        }

        /** Returns the advice for the user, matched to the request. */
        @Nullable
        String hint(ApiRequest request) {
            return switch (advice) {
                case NONE -> problem;
                case REQUEST -> problem + aboutRequest(request.purpose());
                case REQUEST_OR_OTHER_CALL ->
                    problem
                            + switch (request.purpose()) {
                                case COMMAND -> COMMAND_ADVICE + OTHER_COMMANDS;
                                case PROPERTIES -> PROPERTIES_ADVICE;
                                case READ -> OTHER_READS + DOCUMENTATION;
                                case WRITE -> DOCUMENTATION;
                            };
                case OTHER_PATH -> request.purpose() == ApiRequest.Purpose.COMMAND ? problem + OTHER_PATH : problem;
            };
        }

        private static String aboutRequest(ApiRequest.Purpose purpose) {
            return switch (purpose) {
                case COMMAND -> COMMAND_ADVICE;
                case PROPERTIES -> PROPERTIES_ADVICE;
                case READ, WRITE -> DOCUMENTATION;
            };
        }
    }

    private static final String NOT_SUPPORTED = "2009";

    private static final String COMMAND_ADVICE = " getFunctions lists the codes and types that the device accepts, "
            + "Command.checked tests a command against them, and a body of your own must look like "
            + "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}.";
    private static final String PROPERTIES_ADVICE =
            " things().model(id) lists the codes and types of the device's properties.";

    private static final String DOCUMENTATION = " Compare the call with Tuya's documentation.";

    /** Some devices are known to one family of calls only. */
    private static final String OTHER_COMMANDS = " If it lists the code, another way to the device may work:"
            + " sendCommand with the other uri (iot-03/devices/ or devices/), or things().setProperties for the codes of"
            + " things().model(id).";

    private static final String OTHER_READS =
            " This call does not know every device: things().properties(id) reads all data points of a device.";

    /** Some projects may call one of the two paths only. */
    private static final String OTHER_PATH = " If the device can be read, send the command with the other uri"
            + " (iot-03/devices/ or devices/): some projects may call only one.";

    private static final Entry UNKNOWN = new Entry(Kind.API, Recovery.NONE, Reach.CALL, null, Advice.NONE);
    private static final Entry WRONG_CLIENT_ID = new Entry(
            Kind.AUTH,
            Recovery.NONE,
            Reach.CALL,
            "Check apiKey and the region: this data center does not know the key.",
            Advice.NONE);

    private static final Map<String, Entry> ENTRIES = Map.copyOf(new ErrorTable().entries());

    private ErrorCatalog() {}

    /** Returns the meaning of a code; the message decides if the cloud uses one code for two things. */
    static Entry find(@Nullable String code, @Nullable String message) {
        if (code == null) {
            return UNKNOWN;
        }
        return code.equals(NOT_SUPPORTED) && namesClientId(message)
                ? WRONG_CLIENT_ID
                : ENTRIES.getOrDefault(code, UNKNOWN);
    }

    /**
     * Returns whether a refusal means that the device has no data points; the same code can also mean an unknown client
     * id.
     */
    static boolean isNotSupported(@Nullable String code, @Nullable String message) {
        return NOT_SUPPORTED.equals(code) && !namesClientId(message);
    }

    /** Returns whether a refusal is about the plan of a project; if so, the data center knows the project. */
    static boolean isAboutPlan(@Nullable String code) {
        return find(code, null).reach() == Reach.PLAN;
    }

    private static boolean namesClientId(@Nullable String message) {
        String letters = message == null ? "" : message.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.contains("clientid");
    }
}

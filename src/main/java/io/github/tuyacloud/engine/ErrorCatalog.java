package io.github.tuyacloud.engine;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meanings of the cloud's error codes: the exception to throw, how the client can recover, and what the user should
 * do.
 *
 * <p>Codes are strings, because some of them are words. Nothing is assumed about an unknown code.
 */
final class ErrorCatalog {

    /** The type of exception. */
    enum Kind {
        API,
        AUTH,
        QUOTA
    }

    /** The calls affected by a refusal. */
    enum Reach {
        /** Only the refused call. */
        CALL,
        /** All calls of its endpoint. */
        ENDPOINT,
        /** All calls of its service's plan. */
        PLAN,
        /** All calls of the project. */
        PROJECT
    }

    /** The additional advice in the hint, which depends on the request. */
    enum Advice {
        /** Nothing. */
        NONE,
        /** How to find the mistake in the request. */
        REQUEST,
        /** Like {@link #REQUEST}, with other calls that may work for the device. */
        REQUEST_OR_OTHER_CALL,
        /** What else gives or prevents access, for some kinds of requests. */
        ACCESS,
        /** Nothing, but a part of the request may have been carried out. */
        PARTLY_DONE
    }

    /**
     * The meaning of one code.
     *
     * @param kind the type of exception
     * @param recovery how the client can recover
     * @param reach the calls affected by the refusal
     * @param problem what is wrong, and what to do about it; null if the code is unknown
     * @param advice additional advice
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

        /** Returns whether a command refused with this code may have been carried out. */
        boolean inDoubt() {
            return recovery == Recovery.RETRY_IF_IDEMPOTENT || advice == Advice.PARTLY_DONE || !known();
        }

        /** Returns the hint for the user, which depends on the request. */
        @Nullable
        String hint(ApiRequest request) {
            return switch (advice) {
                case NONE, PARTLY_DONE -> problem;
                case REQUEST -> problem + aboutRequest(request.purpose());
                case REQUEST_OR_OTHER_CALL ->
                    problem
                            + switch (request.purpose()) {
                                case COMMAND -> COMMAND_ADVICE + OTHER_COMMANDS;
                                case PROPERTIES -> PROPERTIES_ADVICE;
                                case READ -> OTHER_READS + DOCUMENTATION;
                                case WRITE -> DOCUMENTATION;
                            };
                case ACCESS -> problem + aboutAccess(request);
            };
        }

        private static String aboutAccess(ApiRequest request) {
            if (request.purpose() == ApiRequest.Purpose.COMMAND) {
                return OTHER_PATH;
            }
            if (request.path().endsWith("login")) {
                return LOGIN;
            }
            if (request.path().contains("/users/")) {
                return OWNER;
            }
            boolean isStatus =
                    request.path().contains("/iot-03/") && request.path().endsWith("/status");
            return isStatus ? OTHER_STATUS : "";
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
    private static final String DATA_CENTER_DISABLED = "28841107";

    private static final String COMMAND_ADVICE = " getFunctions lists the codes and types that the device accepts, "
            + "Command.checked tests a command against them, and a body of your own must look like "
            + "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}.";
    private static final String PROPERTIES_ADVICE =
            " things().model(id) lists the codes and types of the device's properties.";

    private static final String DOCUMENTATION = " Compare the call with Tuya's documentation.";

    /** Some devices are supported by only one family of calls. */
    private static final String OTHER_COMMANDS = " If it lists the code, another way to the device may work:"
            + " sendCommand with the other uri (iot-03/devices/ or devices/), or things().setProperties for the codes of"
            + " things().model(id).";

    private static final String OTHER_READS =
            " This call does not know every device: things().properties(id) reads all data points of a device.";

    /** Some projects are allowed to use only one of the two paths. */
    private static final String OTHER_PATH = " If the device can be read, send the command with the other uri"
            + " (iot-03/devices/ or devices/): some projects may call only one.";

    private static final String OTHER_STATUS =
            " If other calls know the device, cloudRequest(\"/v1.0/devices/{id}/status\")"
                    + " or things().properties(id) may work: some projects may call only one of them.";

    private static final String OWNER =
            " The uid must be that of the app account (Devices > Link App Account shows it), not that of the project.";

    private static final String LOGIN =
            " A login needs the user name, password and country code of the app account, not"
                    + " those of the developer account, and the schema of its app.";

    private static final Entry UNKNOWN = new Entry(Kind.API, Recovery.NONE, Reach.CALL, null, Advice.NONE);
    private static final Entry WRONG_CLIENT_ID = new Entry(
            Kind.AUTH,
            Recovery.NONE,
            Reach.CALL,
            "Check apiKey and the region: this data center does not know the key.",
            Advice.NONE);

    private static final Map<String, Entry> ENTRIES = Map.copyOf(new ErrorTable().entries());

    private ErrorCatalog() {}

    /** Returns the meaning of a code; the message decides if a code has two meanings. */
    static Entry find(@Nullable String code, @Nullable String message) {
        if (code == null) {
            return UNKNOWN;
        }
        return code.equals(NOT_SUPPORTED) && namesClientId(message)
                ? WRONG_CLIENT_ID
                : ENTRIES.getOrDefault(code, UNKNOWN);
    }

    /**
     * Returns whether a refusal means that the device has no data points. The same code can also mean an unknown client
     * id.
     */
    static boolean isNotSupported(@Nullable String code, @Nullable String message) {
        return NOT_SUPPORTED.equals(code) && !namesClientId(message);
    }

    /** Returns whether a refusal means that the data center is not enabled for the project. */
    static boolean isDataCenterDisabled(@Nullable String code) {
        return DATA_CENTER_DISABLED.equals(code);
    }

    /** Returns whether a refusal concerns a project's plan; if so, the data center knows the project. */
    static boolean isAboutPlan(@Nullable String code) {
        return find(code, null).reach().compareTo(Reach.PLAN) >= 0;
    }

    private static boolean namesClientId(@Nullable String message) {
        String letters = message == null ? "" : message.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.contains("clientid");
    }
}

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

    /**
     * The meaning of one code.
     *
     * @param kind the exception that the refusal becomes
     * @param recovery how the client can recover
     * @param reach the scope of the refusal
     * @param problem what is wrong, and what to do about it; null if the code is not known
     * @param wrongRequest whether the request itself is at fault, so that the advice depends on what was requested
     */
    record Entry(
            Kind kind,
            Recovery recovery,
            Reach reach,
            @Nullable String problem,
            boolean wrongRequest) {

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
            if (!wrongRequest) {
                return problem;
            }
            return problem
                    + switch (request.purpose()) {
                        case COMMAND -> COMMAND_ADVICE;
                        case PROPERTIES -> PROPERTIES_ADVICE;
                        case READ, WRITE -> " Compare the call with Tuya's documentation.";
                    };
        }
    }

    private static final String NOT_SUPPORTED = "2009";

    private static final String COMMAND_ADVICE = " getFunctions lists the codes and types that the device accepts, "
            + "Command.checked tests a command against them, and a body of your own must look like "
            + "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}.";
    private static final String PROPERTIES_ADVICE =
            " things().model(id) lists the codes and types of the device's properties.";

    private static final Entry UNKNOWN = new Entry(Kind.API, Recovery.NONE, Reach.CALL, null, false);
    private static final Entry WRONG_CLIENT_ID = new Entry(
            Kind.AUTH,
            Recovery.NONE,
            Reach.CALL,
            "Check apiKey and the region: this data center does not know the key.",
            false);

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

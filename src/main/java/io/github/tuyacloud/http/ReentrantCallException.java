package io.github.tuyacloud.http;

import java.io.Serial;

/**
 * Thrown if the client is called by code that it is running, such as a token store; such a call could wait for itself.
 */
public final class ReentrantCallException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private ReentrantCallException(String message) {
        super(message);
    }

    /**
     * Returns the exception for a call. The declared type is more general, because otherwise the first call of every
     * program would load this class.
     *
     * @param caller the code that the client is running
     * @param operation the call
     */
    public static IllegalStateException of(String caller, String operation) {
        return new ReentrantCallException(
                caller + " called the client that is running it (" + operation
                        + "). That call could wait for itself, so it is refused: use another client there, or call before or after");
    }
}

package io.github.tuyacloud.http;

import java.io.Serial;

/**
 * Thrown if code that the client is running, such as a token store, calls the client: the call could wait for itself.
 */
public final class ReentrantCallException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private ReentrantCallException(String message) {
        super(message);
    }

    /**
     * Creates the exception for a call. The declared type is more general so that a program's first call does not
     * load this class.
     *
     * @param caller the code that the client is running
     * @param operation the call that it made
     */
    public static IllegalStateException of(String caller, String operation) {
        return new ReentrantCallException(
                caller + " called the client that is running it (" + operation
                        + "). That call could wait for itself, so it is refused: use another client there, or call before or after");
    }
}
